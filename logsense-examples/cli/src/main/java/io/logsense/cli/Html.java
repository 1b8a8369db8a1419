package io.logsense.cli;

/** HTML text under construction; whatever comes from a log goes in through {@link #text}. */
final class Html {
  private final StringBuilder out = new StringBuilder();

  /** Adds markup of our own. */
  Html raw(String markup) {
    out.append(markup);
    return this;
  }

  /** Adds markup of our own with values put in, escaped, where it says {@code %s}. */
  Html format(String markup, Object... values) {
    String[] escaped = new String[values.length];
    for (int i = 0; i < values.length; i++) {
      escaped[i] = escape(String.valueOf(values[i]));
    }
    out.append(markup.formatted((Object[]) escaped));
    return this;
  }

  /** Adds text of anybody's. */
  Html text(String text) {
    out.append(escape(text));
    return this;
  }

  /** The text with every character that HTML gives a meaning to, or cannot hold, replaced. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '&' -> escaped.append("&amp;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        case '\n', '\t' -> escaped.append(c);
        default -> escaped.append(unprintable(text, i) ? '\ufffd' : c);
      }
    }
    return escaped.toString();
  }

  private static boolean unprintable(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    } else if (Character.isLowSurrogate(c)) {
      return i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
    }
    return Character.isISOControl(c) || Printable.turnsText(c);
  }

  @Override
  public String toString() {
    return out.toString();
  }
}

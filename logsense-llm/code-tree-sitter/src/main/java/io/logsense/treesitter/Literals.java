package io.logsense.treesitter;

/** Texts of literals as the code index wants them. */
final class Literals {
  private static final String FLAGS = "+-#0123456789.*";
  private static final String VERBS = "vTtbcdoOqxXUeEfFgGspwria";

  private Literals() {}

  /**
   * Escapes resolved as far as a message needs it; places of values of printf are <code>{}</code>.
   */
  static String plain(String raw) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < raw.length()) {
      char c = raw.charAt(at);
      int after = c == '%' ? afterVerb(raw, at) : at;
      if (c == '\\' && at + 1 < raw.length()) {
        char escaped = raw.charAt(at + 1);
        out.append("nrt\n".indexOf(escaped) >= 0 ? ' ' : escaped);
        at += 2;
      } else if (after > at) {
        out.append("{}");
        at = after;
      } else {
        out.append(c);
        at++;
      }
    }
    return out.toString();
  }

  /** Where {@code %-5.2f}, {@code %v} or {@code %(name)s} ends; {@code at} where there is none. */
  private static int afterVerb(String text, int at) {
    int end = at + 1;
    if (text.startsWith("(", end)) {
      int close = text.indexOf(')', end);
      end = close < 0 ? end : close + 1;
    }
    while (end < text.length() && FLAGS.indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    return end < text.length() && VERBS.indexOf(text.charAt(end)) >= 0 ? end + 1 : at;
  }
}

package io.logsense.postgres;

import java.util.List;

/**
 * Texts as PostgreSQL can keep them: it has no U+0000, and UTF-8 has no half of a surrogate pair.
 *
 * <p>U+0000 is written as U+F8FE followed by {@code 0}, and U+F8FE, which means nothing to anyone,
 * twice; a half pair becomes U+FFFD for good. Everything else is as it is, so that texts can be
 * compared and searched in their kept form.
 */
final class PgText {
  private static final char ESCAPE = '\uF8FE';
  private static final char NUL = '0';

  /** Stands in no encoded text. */
  static final String SEPARATOR = ESCAPE + "=";

  private PgText() {}

  static String encode(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || c == ESCAPE || Character.isSurrogate(c)) {
        return encodeFrom(text, i);
      }
    }
    return text;
  }

  private static String encodeFrom(String text, int start) {
    StringBuilder encoded = new StringBuilder(text.length() + 16).append(text, 0, start);
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        encoded.append(ESCAPE).append(NUL);
      } else if (c == ESCAPE) {
        encoded.append(ESCAPE).append(ESCAPE);
      } else if (!Character.isSurrogate(c)) {
        encoded.append(c);
      } else if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
        encoded.append(c).append(text.charAt(++i));
      } else {
        encoded.append('\uFFFD');
      }
    }
    return encoded.toString();
  }

  static String decode(String text) {
    int start = text.indexOf(ESCAPE);
    if (start < 0) {
      return text;
    }
    StringBuilder decoded = new StringBuilder(text.length()).append(text, 0, start);
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ESCAPE) {
        decoded.append(c);
      } else if (++i < text.length()) {
        decoded.append(text.charAt(i) == NUL ? '\0' : text.charAt(i));
      }
    }
    return decoded.toString();
  }

  /** An array of encoded texts in PostgreSQL's notation. */
  static String array(List<String> encoded) {
    StringBuilder literal = new StringBuilder("{");
    for (String text : encoded) {
      literal.append(literal.length() == 1 ? "\"" : ",\"");
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '"' || c == '\\') {
          literal.append('\\');
        }
        literal.append(c);
      }
      literal.append('"');
    }
    return literal.append('}').toString();
  }

  /** Two texts as one, encoded, that no other two make. */
  static String pair(String first, String second) {
    return encode(first) + SEPARATOR + encode(second);
  }

  /** Where the separator of a {@link #pair} begins. */
  static int endOfFirst(String pair) {
    int at = pair.indexOf(ESCAPE);
    while (pair.charAt(at + 1) != SEPARATOR.charAt(1)) {
      at = pair.indexOf(ESCAPE, at + 2);
    }
    return at;
  }
}

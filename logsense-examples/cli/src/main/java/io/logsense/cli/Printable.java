package io.logsense.cli;

/**
 * Text from logs made safe for a terminal: no control characters, no escape sequences, no marks
 * that turn the writing direction, and a known width.
 */
final class Printable {
  /** First and last of the ranges that take two columns: Hangul, CJK, full width, emoji. */
  private static final int[] WIDE = {
    0x1100, 0x115f, 0x2e80, 0xa4cf, 0xac00, 0xd7a3, 0xf900, 0xfaff, 0xff00, 0xff60, 0x1f300,
    0x1faff, 0x20000, 0x3fffd
  };

  private Printable() {}

  /** The text on one line; line ends become {@code ⏎}, other control characters {@code ·}. */
  static String line(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        out.append(" ⏎ ");
      } else if (c == '\t') {
        out.append(' ');
      } else if (c != '\r') {
        out.append(hidden(c) ? '·' : c);
      }
    }
    return out.toString().strip();
  }

  /** The text cut to {@code width} columns, an ellipsis at the end when something is missing. */
  static String fit(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    int used = 1;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      used += width(c);
      if (used > width) {
        break;
      }
      out.appendCodePoint(c);
      i += Character.charCount(c);
    }
    return out.append('…').toString();
  }

  /** The text cut or filled up to exactly {@code width} columns. */
  static String pad(String text, int width) {
    String fitted = fit(text, width);
    return fitted + " ".repeat(Math.max(0, width - width(fitted)));
  }

  /** Columns that the text takes. */
  static int width(String text) {
    return text.codePoints().map(Printable::width).sum();
  }

  private static int width(int codePoint) {
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    for (int i = 0; i < WIDE.length; i += 2) {
      if (codePoint >= WIDE[i] && codePoint <= WIDE[i + 1]) {
        return 2;
      }
    }
    return 1;
  }

  /** Whether the character changes the direction or the lines of the text around it. */
  static boolean turnsText(char c) {
    return (c >= 0x200e && c <= 0x200f)
        || (c >= 0x2028 && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069);
  }

  private static boolean hidden(char c) {
    return Character.isISOControl(c) || turnsText(c) || c == 0xfeff;
  }
}

package io.logsense.internal.template;

/** Classes of characters, by table for ASCII; everything above counts as a letter. */
final class Characters {
  static final int DIGIT = 1;
  static final int HEX_LETTER = 2;
  static final int OTHER_LETTER = 4;
  static final int SPACE = 8;

  /** Brackets, quotes and separators, which end a segment of a word. */
  static final int STRUCTURE = 16;

  /** The structure behind which a value may begin: quote, equals sign, opening angle bracket. */
  static final int OPENING = 64;

  /** What stands in paths, hosts, addresses and times. */
  static final int MARK = 32;

  static final int LETTER = HEX_LETTER | OTHER_LETTER;
  static final int ALPHANUMERIC = DIGIT | LETTER;

  private static final byte[] CLASS = new byte[128];

  static {
    for (char c = '0'; c <= '9'; c++) {
      CLASS[c] = DIGIT;
    }
    for (char c = 'a'; c <= 'z'; c++) {
      byte kind = (byte) (c <= 'f' ? HEX_LETTER : OTHER_LETTER);
      CLASS[c] = kind;
      CLASS[c - 32] = kind;
    }
    for (int c = 0; c <= ' '; c++) {
      CLASS[c] = SPACE;
    }
    for (char c : "./\\:@".toCharArray()) {
      CLASS[c] = MARK;
    }
    for (char c : "()[]{}<>\"'`,;|=".toCharArray()) {
      CLASS[c] = STRUCTURE;
    }
    for (char c : "\"=<".toCharArray()) {
      CLASS[c] = STRUCTURE | OPENING;
    }
  }

  private Characters() {}

  static int kind(char c) {
    if (c < 128) {
      return CLASS[c];
    }
    return c == '\u00A0' || c == '\u3000' || (c >= '\u2000' && c <= '\u200A')
        ? SPACE
        : OTHER_LETTER;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }

  static boolean isAlphanumeric(char c) {
    return (kind(c) & ALPHANUMERIC) != 0;
  }

  static boolean isLetter(char c) {
    return (kind(c) & LETTER) != 0;
  }

  static boolean isSpace(char c) {
    return kind(c) == SPACE;
  }
}

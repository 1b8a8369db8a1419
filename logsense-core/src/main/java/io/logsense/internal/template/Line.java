package io.logsense.internal.template;

/**
 * The first line of a message that is not blank. Scratch space: reused from line to line.
 *
 * <p>Not for several threads.
 */
final class Line {
  /** Characters of a line that are looked at. */
  static final int MAX_CHARS = 8192;

  private final FoldedSignature folded = new FoldedSignature();

  char[] text = new char[256];
  int length;

  /** Index in the message of {@code text[0]}. */
  int offset;

  /** Whether the limits cut something off. */
  boolean cut;

  /** Digits in names count as written before this position. */
  int namesEnd() {
    return folded.namesEnd;
  }

  /**
   * Takes the first line of {@code message} that is not blank; answers its hash with the digits
   * folded.
   */
  long load(String message) {
    int from = start(message);
    int total = message.length();
    int limit = (int) Math.min(total, (long) from + MAX_CHARS);
    int wanted = limit - from;
    if (text.length < wanted) {
      text = new char[Math.max(wanted, Math.min(MAX_CHARS, text.length * 2))];
    }
    message.getChars(from, limit, text, 0);
    offset = from;
    long hashed = folded.of(text, wanted);
    length = folded.end;
    cut = length == wanted && limit < total && message.charAt(limit) != '\n';
    while (length > 0 && Characters.isSpace(text[length - 1])) {
      length--;
    }
    return cut ? ~hashed : hashed;
  }

  /** Where the first line of {@code message} that is not blank begins. */
  static int start(String message) {
    int from = 0;
    while (from < message.length() && message.charAt(from) <= ' ' && from <= MAX_CHARS) {
      from++;
    }
    return from;
  }

  /** Where the line of {@code message} that begins at {@code from} ends or is cut off. */
  static int end(String message, int from) {
    int limit = Math.min(message.length(), from + MAX_CHARS);
    int i = from;
    while (i < limit && !isLineBreak(message.charAt(i))) {
      i++;
    }
    return i;
  }

  /** Whether the line of {@code message} at {@code [from, to)} is longer than that. */
  static boolean isCut(String message, int from, int to) {
    return to - from == MAX_CHARS && to < message.length() && !isLineBreak(message.charAt(to));
  }

  private static boolean isLineBreak(char c) {
    return c == '\n' || c == '\r';
  }

  int endOfWord(int from) {
    int i = from;
    while (i < length && !Characters.isSpace(text[i])) {
      i++;
    }
    return i;
  }

  int behindSpaces(int from) {
    int i = from;
    while (i < length && Characters.isSpace(text[i])) {
      i++;
    }
    return i;
  }

  /** Where the colon stands that {@code from} or spaces from there lead to; otherwise 0. */
  int colon(int from) {
    int i = behindSpaces(from);
    return i < length && text[i] == ':' ? i : 0;
  }

  /** The double quote that closes the one at {@code open} and that no backslash escapes, or -1. */
  int closingQuote(int open) {
    for (int i = open + 1; i < length; i++) {
      if (text[i] == '\\') {
        i++;
      } else if (text[i] == '"') {
        return i;
      }
    }
    return -1;
  }

  boolean equal(int from, int to, String word) {
    if (to - from != word.length()) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (text[i] != word.charAt(i - from)) {
        return false;
      }
    }
    return true;
  }

  boolean isPunctuation(int from, int to) {
    for (int i = from; i < to; i++) {
      if (Characters.isAlphanumeric(text[i])) {
        return false;
      }
    }
    return true;
  }

  /** Brackets or quotes around nothing: a value that is missing this time. */
  boolean isEmptyPair(int from, int to) {
    int stop = to;
    while (stop > from
        && (text[stop - 1] == ',' || text[stop - 1] == ';' || text[stop - 1] == ':')) {
      stop--;
    }
    if (stop - from != 2) {
      return false;
    }
    return switch (text[from]) {
      case '(' -> text[from + 1] == ')';
      case '[' -> text[from + 1] == ']';
      case '{' -> text[from + 1] == '}';
      case '"' -> text[from + 1] == '"';
      default -> false;
    };
  }

  static boolean isSentenceEnd(char c) {
    return c == '.' || c == ':' || c == '!' || c == '?' || c == '*';
  }

  /** Index behind a token such as {@code <EMAIL_REDACTED>} or {@code <*>}, otherwise 0. */
  int redacted(int open) {
    int i = open + 1;
    while (i < length
        && (Characters.isUpper(text[i])
            || text[i] == '_'
            || text[i] == '*'
            || (i > open + 1 && Characters.isDigit(text[i])))) {
      i++;
    }
    return i > open + 1 && i < length && text[i] == '>' ? i + 1 : 0;
  }
}

package io.logsense.internal.mask;

/** Values that stand for a secret, or for its absence, and hide nothing. */
final class Placeholders {
  private static final String[] WORDS = {
    "null",
    "nil",
    "none",
    "undefined",
    "true",
    "false",
    "yes",
    "no",
    "empty",
    "n/a",
    "unset",
    "protected",
    "redacted",
    "filtered",
    "hidden",
    "masked",
    "secret",
    "required",
    "optional",
    "string",
    "invalid",
    "missing",
    "xxx",
    "xxxx",
    "xxxxx",
    "xxxxxx",
    "xxxxxxxx",
  };

  private Placeholders() {}

  /** Whether the value from {@code start} to {@code end} is a placeholder. */
  static boolean contains(CharSequence text, int start, int end) {
    boolean format = end - start == 2 && text.charAt(start) == '%';
    return start >= end
        || format
        || begins(text, start)
        || isFiller(text, start, end)
        || isWord(text, start, end);
  }

  /** Whether a placeholder, an object or a token begins at {@code start}. */
  static boolean begins(CharSequence text, int start) {
    char c = Chars.at(text, start);
    return c == '<' || c == '{' || (c == '$' && Chars.at(text, start + 1) == '{');
  }

  private static boolean isFiller(CharSequence text, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (Chars.isAlphanumeric(c) || c > 127) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWord(CharSequence text, int start, int end) {
    for (String word : WORDS) {
      if (end - start == word.length() && Chars.matches(text, start, word)) {
        return true;
      }
    }
    return false;
  }
}

package io.logsense.internal.fingerprint;

import org.jspecify.annotations.Nullable;

/**
 * The part of a message that its author wrote: the first line without numbers, quoted values and
 * words that contain digits. One pass, the first {@value #LONGEST} characters.
 */
final class MessageClass {
  private static final int LONGEST = 256;

  private MessageClass() {}

  static String of(@Nullable String message) {
    if (message == null) {
      return "";
    }
    StringBuilder kept = new StringBuilder();
    int end = Math.min(message.length(), LONGEST);
    int i = 0;
    while (i < end && message.charAt(i) != '\n' && message.charAt(i) != '\r') {
      char c = message.charAt(i);
      if (isQuote(c) && !endsInLetter(kept)) {
        int close = message.indexOf(c, i + 1);
        if (close > 0 && close < end) {
          variable(kept);
          i = close + 1;
          continue;
        }
      }
      if (!isWordPart(c)) {
        kept.append(c);
        i++;
        continue;
      }
      int start = i;
      boolean digits = false;
      while (i < end && isWordPart(message.charAt(i))) {
        digits |= Character.isDigit(message.charAt(i));
        i++;
      }
      if (digits) {
        variable(kept);
      } else {
        kept.append(message, start, i);
      }
    }
    return kept.toString().strip();
  }

  private static void variable(StringBuilder kept) {
    if (kept.length() == 0 || kept.charAt(kept.length() - 1) != '*') {
      kept.append('*');
    }
  }

  private static boolean endsInLetter(StringBuilder kept) {
    return kept.length() > 0 && Character.isLetter(kept.charAt(kept.length() - 1));
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'' || c == '`';
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.' || c == '/';
  }
}

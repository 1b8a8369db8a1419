package io.logsense.internal.stack;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The type and the message that a header line gives. */
record ErrorName(String type, @Nullable String message) {
  private static final String[] PREFIXES = {
    "Caused by:",
    "Wrapped by:",
    "Suppressed:",
    "--->",
    "[cause]:",
    "[ERROR] FATAL UNHANDLED EXCEPTION:",
    "Unhandled exception.",
    "Unhandled Exception:",
    "Unhandled exception:",
    "Uncaught",
    "error:",
    "PHP Fatal error:",
    "Fatal error:",
    "Next"
  };

  /** Of a line that begins with the type: {@code ValueError: no such item}. */
  static ErrorName leading(String line) {
    String text = withoutPrefixes(line);
    int end = typeEnd(text);
    if (end == 0) {
      return new ErrorName("", text.isEmpty() ? null : text);
    }
    return new ErrorName(text.substring(0, end), message(text, end));
  }

  /** Of a line that holds the type somewhere, behind the fields of a log line perhaps. */
  static ErrorName anywhere(String line) {
    String text = withoutPrefixes(line);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long found = HeaderFinder.typeOf(bytes, 0, bytes.length);
    int start = HeaderFinder.startOf(found);
    int end = HeaderFinder.endOf(found);
    if (end == 0) {
      int leading = typeEnd(text);
      boolean qualified = leading > 0 && text.substring(0, leading).indexOf('.') > 0;
      return qualified || !text.equals(line.strip())
          ? leading(text)
          : new ErrorName("", text.isEmpty() ? null : text);
    }
    String type = new String(bytes, start, end - start, StandardCharsets.UTF_8);
    String rest = new String(bytes, end, bytes.length - end, StandardCharsets.UTF_8);
    return new ErrorName(type, message(rest, 0));
  }

  private static String withoutPrefixes(String line) {
    String text = line.strip();
    boolean again = true;
    while (again) {
      again = false;
      for (String prefix : PREFIXES) {
        if (text.startsWith(prefix)) {
          text = text.substring(prefix.length()).strip();
          again = true;
        }
      }
      if (text.startsWith("Exception in thread \"")) {
        text = text.substring(threadEnd(text)).strip();
        again = true;
      }
      if (text.startsWith("(Inner Exception #")) {
        text = text.substring(text.indexOf(')') + 1).strip();
      }
    }
    return text;
  }

  /** Behind the quote that closes the thread's name, which may hold quotes itself. */
  private static int threadEnd(String text) {
    int message = text.indexOf(": ");
    int quote = text.lastIndexOf("\" ", message < 0 ? text.length() : message);
    return quote < 21 ? 21 : quote + 2;
  }

  private static int typeEnd(String text) {
    int i = text.startsWith("[") ? 1 : 0;
    int depth = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      boolean part =
          Character.isJavaIdentifierPart(c)
              || ".\\`/+-@".indexOf(c) >= 0
              || (c == '[' && depth >= 0 && i > 0);
      if (c == '[') {
        depth++;
      } else if (c == ']' && depth > 0) {
        depth--;
        part = true;
      } else if (depth > 0) {
        part = c != '\n';
      }
      if (!part) {
        break;
      }
      i++;
    }
    while (i > 0 && "./+-".indexOf(text.charAt(i - 1)) >= 0) {
      i--;
    }
    return i;
  }

  private static @Nullable String message(String text, int typeEnd) {
    String rest = text.substring(typeEnd);
    if (rest.startsWith(" [")) {
      int close = rest.indexOf("]:");
      if (close > 0) {
        rest = rest.substring(close + 1);
      }
    }
    if (rest.startsWith(":")) {
      return rest.substring(1).strip();
    }
    rest = rest.strip();
    return rest.isEmpty() ? null : rest;
  }
}

package io.logsense;

import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A throwable that was logged without frames: a line of its own behind the message, such as {@code
 * java.lang.NullPointerException: null}. A JVM prints it for implicit exceptions that compiled code
 * throws often.
 */
final class BareThrowable {
  private static final String[] SUFFIXES = {"Exception", "Error", "Throwable"};

  private BareThrowable() {}

  /** The first such line behind the first line of {@code text}, or null. */
  static @Nullable StackTrace find(String text) {
    int number = 1;
    for (int from = text.indexOf('\n') + 1; from > 0; number++) {
      int end = text.indexOf('\n', from);
      StackTrace trace = read(text.substring(from, end < 0 ? text.length() : end), number);
      if (trace != null) {
        return trace;
      }
      from = end + 1;
    }
    return null;
  }

  private static @Nullable StackTrace read(String line, int number) {
    int end = 0;
    while (end < line.length() && isTypePart(line.charAt(end))) {
      end++;
    }
    String type = line.substring(0, end);
    if (!isThrowableType(type) || (end < line.length() && line.charAt(end) != ':')) {
      return null;
    }
    String message = end < line.length() ? line.substring(end + 1).strip() : null;
    ThrownError error = new ThrownError(type, message, List.of(), 0, null, List.of());
    return new StackTrace("java", error, number, 1, false);
  }

  private static boolean isTypePart(char c) {
    return Character.isJavaIdentifierPart(c) || c == '.';
  }

  private static boolean isThrowableType(String type) {
    int dot = type.lastIndexOf('.');
    if (dot < 1 || dot + 1 >= type.length() || !Character.isUpperCase(type.charAt(dot + 1))) {
      return false;
    }
    for (String suffix : SUFFIXES) {
      if (type.endsWith(suffix)) {
        return true;
      }
    }
    return false;
  }
}

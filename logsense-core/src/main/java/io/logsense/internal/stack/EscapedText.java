package io.logsense.internal.stack;

import static io.logsense.internal.text.Ascii.bytes;

import io.logsense.internal.text.Ascii;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A line that holds a whole stack trace with its line feeds escaped: {@code \n} of JSON and {@code
 * #012} of syslog.
 */
final class EscapedText {
  private static final byte[] JSON_LINE_FEED = bytes("\\n");
  private static final byte[] SYSLOG_LINE_FEED = bytes("#012");

  private EscapedText() {}

  /** The line with line feeds, tabs and quotes restored; null when it has no escaped line feed. */
  static byte @Nullable [] decode(byte[] b, int from, int to) {
    boolean json = Ascii.indexOf(b, from, to, JSON_LINE_FEED) >= 0;
    if (!json && Ascii.indexOf(b, from, to, SYSLOG_LINE_FEED) < 0) {
      return null;
    }
    byte[] out = new byte[to - from];
    int length = 0;
    int i = from;
    while (i < to) {
      byte c = b[i];
      if (c == '\\' && i + 1 < to) {
        i++;
        c = unescaped(b[i]);
      } else if (c == '#' && Ascii.startsWith(b, i, to, SYSLOG_LINE_FEED)) {
        c = '\n';
        i += 3;
      } else if (c == '"' && json) {
        // An unescaped quote ends the string that the trace is in.
        c = '\n';
      }
      out[length++] = c;
      i++;
    }
    return Arrays.copyOf(out, length);
  }

  private static byte unescaped(byte c) {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> ' ';
      default -> c;
    };
  }
}

package io.logsense.docker;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Times as the engine writes them: RFC 3339 with up to nine digits of a second. */
final class DockerTime {
  private static final int LONGEST = 35;

  private DockerTime() {}

  /** The length of the time and the blank that {@code line} begins with; 0 without one. */
  static int prefixLength(byte[] line, int length) {
    for (int i = 0; i < Math.min(length, LONGEST + 1); i++) {
      if (line[i] == ' ') {
        return i + 1;
      }
    }
    return 0;
  }

  /** The time in {@code line} up to {@code end}; null when there is none. */
  static @Nullable Instant parse(byte[] line, int end) {
    try {
      String text = new String(line, 0, end, StandardCharsets.ISO_8859_1);
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  static long epochNanos(Instant time) {
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
  }
}

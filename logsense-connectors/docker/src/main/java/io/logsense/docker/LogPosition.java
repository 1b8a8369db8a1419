package io.logsense.docker;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.Checkpoint;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * A place behind a line of a container's log. The engine numbers no lines, so a line is known by
 * its time and by how many of the same time came before it in a row.
 *
 * @param time of the last line
 * @param lines how many lines of that time have been seen, the last one included; 0 when the place
 *     is before all lines of that time
 */
record LogPosition(Instant time, int lines) {
  /** Before the first line. */
  static final LogPosition START = new LogPosition(Instant.EPOCH, 0);

  /** Its multiples lie far apart: 2 to the 64th, divided by the golden ratio. */
  static final long FAR = 0x9E3779B97F4A7C15L;

  /** The place behind one more line. */
  LogPosition after(Instant next) {
    return new LogPosition(next, next.equals(time) ? lines + 1 : 1);
  }

  /**
   * A number for the last line: nanoseconds since the epoch; far from there for each further line
   * of that time. Lines of which a thousand have the same time are equal to none within 80 days.
   */
  long offset() {
    return DockerTime.epochNanos(time) + (lines - 1) * FAR;
  }

  Checkpoint toCheckpoint() {
    return equals(START) ? Checkpoint.START : new Checkpoint(time + " " + lines);
  }

  static LogPosition of(Checkpoint checkpoint) {
    String value = checkpoint.value();
    if (value.isEmpty()) {
      return START;
    }
    int blank = value.indexOf(' ');
    try {
      return new LogPosition(
          Instant.parse(value.substring(0, Math.max(0, blank))),
          Integer.parseInt(value.substring(blank + 1)));
    } catch (DateTimeException | NumberFormatException e) {
      throw new LogSenseException(
          Category.USAGE, "'" + value + "' is no checkpoint of a container's log", e);
    }
  }
}

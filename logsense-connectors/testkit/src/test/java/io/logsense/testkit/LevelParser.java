package io.logsense.testkit;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.parse.LogParser;
import io.logsense.api.source.RecordBatch;
import java.nio.charset.StandardCharsets;

/** Lines of a level, a colon and a message. */
class LevelParser implements LogParser {
  @Override
  public String name() {
    return "level";
  }

  @Override
  public double confidence(RecordBatch sample) {
    int starts = 0;
    for (int i = 0; i < sample.size(); i++) {
      starts += startsRecord(sample.buffer(), sample.start(i), sample.length(i)) ? 1 : 0;
    }
    return sample.isEmpty() ? 0 : 0.9 * starts / sample.size();
  }

  @Override
  public boolean startsRecord(byte[] buffer, int offset, int length) {
    return level(buffer, offset, length) != Severity.UNSPECIFIED;
  }

  @Override
  public boolean parse(byte[] buffer, int offset, int length, LogEvent.Builder out) {
    Severity level = level(buffer, offset, length);
    if (level == Severity.UNSPECIFIED) {
      return false;
    }
    int head = level.name().length() + 2;
    String message = new String(buffer, offset + head, length - head, StandardCharsets.UTF_8);
    out.severity(level).message(message);
    return true;
  }

  private static Severity level(byte[] buffer, int offset, int length) {
    for (Severity severity : Severity.values()) {
      byte[] head = (severity.name() + ": ").getBytes(StandardCharsets.US_ASCII);
      if (severity != Severity.UNSPECIFIED
          && length >= head.length
          && matches(buffer, offset, head)) {
        return severity;
      }
    }
    return Severity.UNSPECIFIED;
  }

  private static boolean matches(byte[] buffer, int offset, byte[] head) {
    for (int i = 0; i < head.length; i++) {
      if (buffer[offset + i] != head[i]) {
        return false;
      }
    }
    return true;
  }
}

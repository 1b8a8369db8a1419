package io.logsense.internal.parse;

import io.logsense.api.event.LogEvent;
import io.logsense.api.parse.LogParser;
import io.logsense.api.source.RecordBatch;
import io.logsense.internal.text.Ascii;

/**
 * Lines of {@code key=value} pairs: logfmt, and what logs in the same manner. A line without a
 * message field has the whole line as its message.
 */
final class KeyValueParser implements LogParser {
  private static final int FEWEST_PAIRS = 3;

  private final String name;
  private final boolean logfmt;
  private final Timestamps timestamps;
  private final RepeatedNames<FieldPath, FieldPath> paths = FieldPath.table();
  private final RepeatedTexts texts = new RepeatedTexts();

  /** {@code logfmt}: there must be a level or a message field, as logfmt's libraries write. */
  KeyValueParser(String name, boolean logfmt, Timestamps timestamps) {
    this.name = name;
    this.logfmt = logfmt;
    this.timestamps = timestamps;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double confidence(RecordBatch batch) {
    return (logfmt ? 0.94 : 0.85) * Sample.of(batch).share(this::evidence);
  }

  private boolean evidence(byte[] b, int from, int to) {
    if (!startsRecord(b, from, to - from)) {
      return false;
    }
    if (!logfmt) {
      return true;
    }
    boolean message = find(b, from, to, "msg=") >= 0 || find(b, from, to, "message=") >= 0;
    return message && (find(b, from, to, "level=") >= 0 || find(b, from, to, "lvl=") >= 0);
  }

  private static int find(byte[] b, int from, int to, String key) {
    for (int p = from; p < to; p++) {
      if ((p == from || Ascii.isBlank(b[p - 1])) && Ascii.startsWith(b, p, to, key)) {
        return p;
      }
    }
    return -1;
  }

  @Override
  public boolean startsRecord(byte[] buffer, int offset, int length) {
    return length > 0
        && !Ascii.isBlank(buffer[offset])
        && KeyValues.count(buffer, offset, offset + length, FEWEST_PAIRS) >= FEWEST_PAIRS;
  }

  @Override
  public boolean parse(byte[] buffer, int offset, int length, LogEvent.Builder out) {
    int end = Ascii.trimEnd(buffer, offset, offset + length);
    if (KeyValues.count(buffer, offset, end, 1) == 0) {
      return false;
    }
    FieldEvent event = new FieldEvent(timestamps);
    KeyValues.read(buffer, offset, end, paths, texts, event);
    boolean message = event.hasMessage();
    event.into(out);
    if (!message) {
      out.message(Ascii.text(buffer, offset, end));
    }
    return true;
  }
}

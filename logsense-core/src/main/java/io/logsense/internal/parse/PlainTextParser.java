package io.logsense.internal.parse;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.parse.LogParser;
import io.logsense.api.source.RecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * The format of last resort: every line that is neither blank nor indented is a record and its text
 * the message. A timestamp or severity word at its beginning is noted and left where it is.
 */
final class PlainTextParser implements LogParser {
  static final String NAME = "plain-text";
  private static final double CONFIDENCE = 0.05;

  private final Timestamps timestamps;

  PlainTextParser(Timestamps timestamps) {
    this.timestamps = timestamps;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double confidence(RecordBatch sample) {
    return CONFIDENCE;
  }

  @Override
  public boolean startsRecord(byte[] buffer, int offset, int length) {
    return length > 0 && !Ascii.blank(buffer[offset]);
  }

  @Override
  public boolean parse(byte[] buffer, int offset, int length, LogEvent.Builder out) {
    int end = Ascii.trimEnd(buffer, offset, offset + length);
    int start = Ascii.skipBlanks(buffer, offset, end);
    Cursor c = new Cursor(buffer, start, end, timestamps, out);
    new Element.Time(false).match(c);
    severity(buffer, c.at, end, out);
    out.message(Ascii.text(buffer, start, end));
    return true;
  }

  private static void severity(byte[] b, int from, int end, LogEvent.Builder out) {
    int p = from;
    while (p < end && !Ascii.letter(b[p])) {
      p++;
    }
    int q = p;
    while (q < end && Ascii.letter(b[q])) {
      q++;
    }
    @Nullable Severity severity = SeverityWords.of(b, p, q);
    boolean marked = q < end && (b[q] == ':' || b[q] == ']');
    if (severity != null && (marked || b[p] < 'a')) {
      out.severity(severity);
    }
  }
}

package io.logsense.internal.parse;

import io.logsense.api.event.LogEvent;
import io.logsense.api.parse.LogParser;
import io.logsense.api.source.RecordBatch;
import io.logsense.internal.text.Ascii;

/**
 * The format of last resort: every line that is neither blank nor indented is a record and its text
 * the message. A timestamp or severity word at its beginning is noted and left where it is.
 */
final class PlainTextParser implements LogParser {
  static final String NAME = "plain-text";
  private static final double CONFIDENCE = 0.05;

  private final Timestamps timestamps;
  private final RepeatedTexts texts = new RepeatedTexts();

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
    return length > 0 && !Ascii.isBlank(buffer[offset]);
  }

  @Override
  public boolean parse(byte[] buffer, int offset, int length, LogEvent.Builder out) {
    int end = Ascii.trimEnd(buffer, offset, offset + length);
    int start = Ascii.skipBlanks(buffer, offset, end);
    Draft draft = new Draft(out, timestamps, texts);
    int time = Element.Time.ANY.match(buffer, start, end, draft);
    SeverityWords.leading(buffer, Math.max(start, time), end, out);
    draft.takeMessage(buffer, start, end);
    return true;
  }
}

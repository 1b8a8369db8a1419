package io.logsense.internal.parse;

import io.logsense.api.event.LogEvent;
import io.logsense.api.parse.LogParser;
import io.logsense.api.source.RecordBatch;
import io.logsense.internal.text.Ascii;
import org.jspecify.annotations.Nullable;

/**
 * The console format of .NET: {@code fail: Category[7]} on the first line, the message indented on
 * the second.
 */
final class DotnetConsoleParser implements LogParser {
  private static final Slot EVENT = Slot.attribute("event.id");

  private final Timestamps timestamps;
  private final RepeatedTexts texts = new RepeatedTexts();

  DotnetConsoleParser(Timestamps timestamps) {
    this.timestamps = timestamps;
  }

  @Override
  public String name() {
    return "dotnet-console";
  }

  @Override
  public int headLines() {
    return 2;
  }

  @Override
  public double confidence(RecordBatch sample) {
    return 0.95 * Sample.of(sample).share(this);
  }

  @Override
  public boolean startsRecord(byte[] buffer, int offset, int length) {
    return length > 4
        && buffer[offset + 4] == ':'
        && header(buffer, offset, lineEnd(buffer, offset, offset + length), null);
  }

  /** A level of four letters, and a category with the number of the event, to the line's end. */
  private static boolean header(byte[] b, int from, int to, @Nullable Draft draft) {
    int level = Element.Level.WORD.match(b, from, to, draft);
    if (level < 0 || level >= to || b[level] != ':') {
      return false;
    }
    int name = Ascii.skipBlanks(b, level + 1, to);
    int end = Ascii.trimEnd(b, name, to);
    int open = Ascii.indexOf(b, name, end, '[');
    if (open <= name
        || Ascii.tokenEnd(b, name, end) != end
        || b[end - 1] != ']'
        || !Ascii.allDigits(b, open + 1, end - 1)) {
      return false;
    }
    if (draft != null) {
      draft.take(Slot.LOGGER, b, name, open);
      draft.take(EVENT, b, open + 1, end - 1);
    }
    return true;
  }

  @Override
  public boolean parse(byte[] buffer, int offset, int length, LogEvent.Builder out) {
    int end = offset + length;
    int lineEnd = lineEnd(buffer, offset, end);
    Draft draft = new Draft(out, timestamps, texts);
    if (!header(buffer, offset, lineEnd, draft)) {
      return false;
    }
    draft.takeMessage(buffer, lineEnd, end);
    return true;
  }

  private static int lineEnd(byte[] b, int from, int to) {
    int end = Ascii.indexOf(b, from, to, '\n');
    return end < 0 ? to : end;
  }
}

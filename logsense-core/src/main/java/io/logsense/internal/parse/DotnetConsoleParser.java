package io.logsense.internal.parse;

import io.logsense.api.event.LogEvent;
import io.logsense.api.parse.LogParser;
import io.logsense.api.source.RecordBatch;
import io.logsense.internal.text.Ascii;

/**
 * The console format of .NET: {@code fail: Category[7]} on the first line, the message indented on
 * the second.
 */
final class DotnetConsoleParser implements LogParser {
  private static final Element LEVEL = new Element.Level(false, false);

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
        && header(Cursor.over(buffer, offset, lineEnd(buffer, offset, offset + length)));
  }

  /** A level of four letters, and a category with the number of the event, to the line's end. */
  private static boolean header(Cursor c) {
    if (!LEVEL.match(c) || !c.has(':')) {
      return false;
    }
    int from = Ascii.skipBlanks(c.bytes, c.at + 1, c.end);
    int to = Ascii.trimEnd(c.bytes, from, c.end);
    int open = Ascii.indexOf(c.bytes, from, to, '[');
    if (open <= from || Ascii.tokenEnd(c.bytes, from, to) != to) {
      return false;
    }
    c.take(Slot.LOGGER, from, open);
    c.take(Slot.attribute("event.id"), open + 1, to - 1);
    return c.bytes[to - 1] == ']' && Ascii.allDigits(c.bytes, open + 1, to - 1);
  }

  @Override
  public boolean parse(byte[] buffer, int offset, int length, LogEvent.Builder out) {
    int end = offset + length;
    int lineEnd = lineEnd(buffer, offset, end);
    if (!header(new Cursor(buffer, offset, lineEnd, null, out))) {
      return false;
    }
    int from = Ascii.skipBlanks(buffer, lineEnd, end);
    out.message(Ascii.text(buffer, from, Ascii.trimEnd(buffer, from, end)));
    return true;
  }

  private static int lineEnd(byte[] b, int from, int to) {
    int end = Ascii.indexOf(b, from, to, '\n');
    return end < 0 ? to : end;
  }
}

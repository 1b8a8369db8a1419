package io.logsense.internal.parse;

import io.logsense.api.event.LogEvent;
import io.logsense.api.parse.LogParser;
import io.logsense.api.source.RecordBatch;
import io.logsense.internal.text.Ascii;

/**
 * Spring Boot's default console format: {@code time LEVEL [correlation] pid --- [app] [thread]
 * [trace-span] logger : message}, every bracket optional.
 */
final class SpringBootParser implements LogParser {
  private static final Element TIME = new Element.Time(false);
  private static final Element LEVEL = new Element.Level(false, true);

  private final Timestamps timestamps;

  SpringBootParser(Timestamps timestamps) {
    this.timestamps = timestamps;
  }

  @Override
  public String name() {
    return "spring-boot";
  }

  @Override
  public double confidence(RecordBatch sample) {
    return 0.99 * Sample.of(sample).share(this);
  }

  @Override
  public boolean startsRecord(byte[] buffer, int offset, int length) {
    return header(Cursor.over(buffer, offset, offset + length));
  }

  @Override
  public boolean parse(byte[] buffer, int offset, int length, LogEvent.Builder out) {
    Cursor c = new Cursor(buffer, offset, offset + length, timestamps, out);
    if (!header(c)) {
      return false;
    }
    brackets(c);
    c.skipBlanks();
    int loggerEnd = Ascii.tokenEnd(buffer, c.at, c.end);
    int colon = Ascii.skipBlanks(buffer, loggerEnd, c.end);
    if (colon < c.end && buffer[colon] == ':') {
      c.take(Slot.LOGGER, c.at, loggerEnd);
      c.at = colon + 1;
    }
    Layout.takeMessage(c);
    return true;
  }

  private static boolean header(Cursor c) {
    if (!TIME.match(c) || !LEVEL.match(c)) {
      return false;
    }
    c.skipBlanks();
    if (c.has('[')) {
      int end = Ascii.bracketEnd(c.bytes, c.at, c.end);
      if (end < 0) {
        return false;
      }
      correlation(c, c.at + 1, end - 1);
      c.at = end;
      c.skipBlanks();
    }
    int pidEnd = Ascii.tokenEnd(c.bytes, c.at, c.end);
    int dashes = Ascii.skipBlanks(c.bytes, pidEnd, c.end);
    if (!Ascii.startsWith(c.bytes, dashes, c.end, "--- ")) {
      return false;
    }
    c.take(Slot.attribute("pid"), c.at, pidEnd);
    c.at = dashes + 4;
    return true;
  }

  /** One bracket is the thread; before it may stand the application, behind it trace and span. */
  private static void brackets(Cursor c) {
    int[] starts = new int[3];
    int[] ends = new int[3];
    int count = 0;
    while (count < 3) {
      int p = Ascii.skipBlanks(c.bytes, c.at, c.end);
      int end = p < c.end && c.bytes[p] == '[' ? Ascii.bracketEnd(c.bytes, p, c.end) : -1;
      if (end < 0) {
        break;
      }
      starts[count] = Ascii.skipBlanks(c.bytes, p + 1, end - 1);
      ends[count++] = Ascii.trimEnd(c.bytes, starts[count - 1], end - 1);
      c.at = end;
    }
    int thread = count;
    if (count > 1 && correlated(c.bytes, starts[count - 1], ends[count - 1])) {
      thread--;
      correlation(c, starts[thread], ends[thread]);
    }
    if (thread > 0) {
      c.take(Slot.THREAD, starts[thread - 1], ends[thread - 1]);
    }
    if (thread > 1) {
      c.take(Slot.SERVICE, starts[0], ends[0]);
    }
  }

  /** {@code traceId-spanId}, or blank where there is none at the moment. */
  private static boolean correlated(byte[] b, int from, int to) {
    int p = from;
    while (p < to && Ascii.isHexDigit(b[p])) {
      p++;
    }
    return from == to || (p - from >= 16 && (p == to || b[p] == '-' || b[p] == ','));
  }

  private static void correlation(Cursor c, int from, int to) {
    int p = from;
    for (int start = from; start < to; start = p + 1) {
      p = start;
      while (p < to && c.bytes[p] != ',' && c.bytes[p] != '-') {
        p++;
      }
      if (correlated(c.bytes, start, p) && p > start) {
        c.take(Slot.TRACE_ID, start, p);
        if (p + 1 < to) {
          c.take(Slot.attribute("span.id"), p + 1, spanEnd(c.bytes, p + 1, to));
        }
        return;
      }
      if (start == from && p < to && c.bytes[p] == ',') {
        c.take(Slot.SERVICE, start, p);
      }
    }
  }

  private static int spanEnd(byte[] b, int from, int to) {
    int p = from;
    while (p < to && Ascii.isHexDigit(b[p])) {
      p++;
    }
    return p;
  }
}

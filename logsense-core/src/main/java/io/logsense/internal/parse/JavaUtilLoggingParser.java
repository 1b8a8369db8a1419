package io.logsense.internal.parse;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.parse.LogParser;
import io.logsense.api.source.RecordBatch;
import io.logsense.internal.text.Ascii;
import org.jspecify.annotations.Nullable;

/**
 * The default format of {@code java.util.logging}: date, class and method on the first line, {@code
 * LEVEL: message} on the second. A level in another language leaves the severity unspecified.
 */
final class JavaUtilLoggingParser implements LogParser {
  private static final Element TIME = new Element.Time(false);

  private final Timestamps timestamps;

  JavaUtilLoggingParser(Timestamps timestamps) {
    this.timestamps = timestamps;
  }

  @Override
  public String name() {
    return "java-util-logging";
  }

  @Override
  public int headLines() {
    return 2;
  }

  @Override
  public double confidence(RecordBatch batch) {
    Sample sample = Sample.of(batch);
    int headers = 0;
    int messages = 0;
    boolean afterHeader = false;
    for (int i = 0; i < sample.size; i++) {
      boolean header =
          startsRecord(sample.bytes, sample.starts[i], sample.ends[i] - sample.starts[i]);
      headers += header ? 1 : 0;
      messages +=
          afterHeader && levelEnd(sample.bytes, sample.starts[i], sample.ends[i]) > 0 ? 1 : 0;
      afterHeader = header;
    }
    double share = sample.size == 0 ? 0 : (double) (headers + messages) / sample.size;
    return messages == 0 ? 0 : 0.97 * Math.min(1, share);
  }

  @Override
  public boolean startsRecord(byte[] buffer, int offset, int length) {
    int end = lineEnd(buffer, offset, offset + length);
    Cursor c = Cursor.over(buffer, offset, end);
    return length > 0 && !Ascii.isBlank(buffer[offset]) && header(c);
  }

  /** A time, a dotted name, and at most one word, to the end of the line. */
  private static boolean header(Cursor c) {
    if (!TIME.match(c)) {
      return false;
    }
    c.skipBlanks();
    int from = c.at;
    int nameEnd = Ascii.tokenEnd(c.bytes, from, c.end);
    int method = Ascii.skipBlanks(c.bytes, nameEnd, c.end);
    int methodEnd = Ascii.tokenEnd(c.bytes, method, c.end);
    boolean end = Ascii.skipBlanks(c.bytes, methodEnd, c.end) == c.end;
    if (!end || nameEnd == from || !name(c.bytes, from, nameEnd)) {
      return false;
    }
    c.take(Slot.LOGGER, from, nameEnd);
    c.take(Slot.attribute("method"), method, methodEnd);
    c.at = c.end;
    return true;
  }

  private static boolean name(byte[] b, int from, int to) {
    for (int p = from; p < to; p++) {
      int c = b[p];
      if (!Ascii.isLetter(c)
          && !Ascii.isDigit(c)
          && c != '.'
          && c != '$'
          && c != '_'
          && c != '/'
          && c >= 0) {
        return false;
      }
    }
    return Ascii.isLetter(b[from]);
  }

  @Override
  public boolean parse(byte[] buffer, int offset, int length, LogEvent.Builder out) {
    int end = offset + length;
    int lineEnd = lineEnd(buffer, offset, end);
    if (!header(new Cursor(buffer, offset, lineEnd, timestamps, out))) {
      return false;
    }
    int second = Math.min(end, lineEnd + 1);
    int colon = levelEnd(buffer, second, end);
    if (colon > 0) {
      @Nullable Severity severity = SeverityWords.of(buffer, second, colon);
      out.severity(severity == null ? Severity.UNSPECIFIED : severity);
      second = colon + 1;
    }
    int from = Ascii.skipBlanks(buffer, second, end);
    out.message(Ascii.text(buffer, from, Ascii.trimEnd(buffer, from, end)));
    return true;
  }

  private static int lineEnd(byte[] b, int from, int to) {
    int end = Ascii.indexOf(b, from, to, '\n');
    return end < 0 ? to : end;
  }

  /** Where the colon behind a level stands: one word, or two as in French; -1 without. */
  private static int levelEnd(byte[] b, int from, int to) {
    int limit = Math.min(to, from + 24);
    for (int p = from; p < limit; p++) {
      if (b[p] == ':') {
        return p > from && p + 1 < to && b[p + 1] == ' ' ? p : -1;
      }
      if (!Ascii.isLetter(b[p]) && b[p] >= 0 && b[p] != ' ') {
        return -1;
      }
    }
    return -1;
  }
}

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
  private static final Slot METHOD = Slot.attribute("method");

  private final Timestamps timestamps;
  private final RepeatedTexts texts = new RepeatedTexts();

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
    return length > 0 && !Ascii.isBlank(buffer[offset]) && header(buffer, offset, end, null);
  }

  /** A time, a dotted name, and at most one word, to the end of the line. */
  private static boolean header(byte[] b, int from, int to, @Nullable Draft draft) {
    int time = Element.Time.ANY.match(b, from, to, draft);
    if (time < 0) {
      return false;
    }
    int name = Ascii.skipBlanks(b, time, to);
    int nameEnd = Ascii.tokenEnd(b, name, to);
    int method = Ascii.skipBlanks(b, nameEnd, to);
    int methodEnd = Ascii.tokenEnd(b, method, to);
    if (Ascii.skipBlanks(b, methodEnd, to) != to || nameEnd == name || !name(b, name, nameEnd)) {
      return false;
    }
    if (draft != null) {
      draft.take(Slot.LOGGER, b, name, nameEnd);
      draft.take(METHOD, b, method, methodEnd);
    }
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
    Draft draft = new Draft(out, timestamps, texts);
    if (!header(buffer, offset, lineEnd, draft)) {
      return false;
    }
    int second = Math.min(end, lineEnd + 1);
    int colon = levelEnd(buffer, second, end);
    if (colon > 0) {
      @Nullable Severity severity = SeverityWords.of(buffer, second, colon);
      out.severity(severity == null ? Severity.UNSPECIFIED : severity);
      second = colon + 1;
    }
    draft.takeMessage(buffer, second, end);
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

package io.logsense.internal.parse;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.parse.LogParser;
import io.logsense.api.source.RecordBatch;
import io.logsense.internal.text.Ascii;

/**
 * The common and combined access log of Apache and nginx. The message is the request, the status
 * and what follows; the severity is that of the status: 5xx error, 4xx warning.
 */
final class AccessLogParser implements LogParser {
  private final Timestamps timestamps;

  AccessLogParser(Timestamps timestamps) {
    this.timestamps = timestamps;
  }

  @Override
  public String name() {
    return "access-log";
  }

  @Override
  public double confidence(RecordBatch sample) {
    return 0.98 * Sample.of(sample).share(this);
  }

  @Override
  public boolean startsRecord(byte[] buffer, int offset, int length) {
    Cursor c = Cursor.over(buffer, offset, offset + length);
    return header(c);
  }

  /** Host, identity, user and time; leaves the cursor at the quote of the request. */
  private static boolean header(Cursor c) {
    for (Slot slot :
        new Slot[] {Slot.attribute("client.address"), Slot.NONE, Slot.attribute("user.name")}) {
      c.skipBlanks();
      int end = Ascii.tokenEnd(c.bytes, c.at, c.end);
      if (end == c.at || c.bytes[c.at] == '[') {
        return false;
      }
      if (end - c.at > 1 || c.bytes[c.at] != '-') {
        c.take(slot, c.at, end);
      }
      c.at = end;
    }
    c.skipBlanks();
    if (!c.has('[') || !new Element.Time(false).match(c)) {
      return false;
    }
    c.skipBlanks();
    return c.has('"');
  }

  @Override
  public boolean parse(byte[] buffer, int offset, int length, LogEvent.Builder out) {
    Cursor c = new Cursor(buffer, offset, offset + length, timestamps, out);
    if (!header(c)) {
      return false;
    }
    int requestEnd = KeyValues.quoteEnd(c.bytes, c.at, c.end);
    request(c, c.at + 1, requestEnd - 1);
    Layout.takeMessage(c);
    c.at = requestEnd;
    status(c);
    return true;
  }

  private static void request(Cursor c, int from, int to) {
    int method = Ascii.tokenEnd(c.bytes, from, to);
    int path = Ascii.skipBlanks(c.bytes, method, to);
    c.take(Slot.attribute("http.request.method"), from, method);
    c.take(Slot.attribute("url.path"), path, Ascii.tokenEnd(c.bytes, path, to));
  }

  private static void status(Cursor c) {
    c.skipBlanks();
    int end = Ascii.tokenEnd(c.bytes, c.at, c.end);
    int status = Ascii.number(c.bytes, c.at, end);
    c.take(Slot.attribute("http.response.status_code"), c.at, end);
    if (c.out != null) {
      c.out.severity(
          status >= 500 ? Severity.ERROR : status >= 400 ? Severity.WARN : Severity.INFO);
    }
    c.at = end;
    c.skipBlanks();
    end = Ascii.tokenEnd(c.bytes, c.at, c.end);
    if (Ascii.allDigits(c.bytes, c.at, end)) {
      c.take(Slot.attribute("http.response.body.bytes"), c.at, end);
    }
    c.at = end;
    quoted(c, "http.request.referrer");
    quoted(c, "user_agent.original");
  }

  private static void quoted(Cursor c, String name) {
    c.skipBlanks();
    if (c.has('"')) {
      int end = KeyValues.quoteEnd(c.bytes, c.at, c.end);
      if (end - c.at != 3 || c.bytes[c.at + 1] != '-') {
        c.take(Slot.attribute(name), c.at + 1, end - 1);
      }
      c.at = end;
    }
  }
}

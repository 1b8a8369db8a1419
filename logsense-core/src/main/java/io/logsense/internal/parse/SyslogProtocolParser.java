package io.logsense.internal.parse;

import io.logsense.api.event.LogEvent;
import io.logsense.api.parse.LogParser;
import io.logsense.api.source.RecordBatch;
import io.logsense.internal.text.Ascii;

/** Syslog of RFC 5424. Structured data become attributes {@code element.parameter}. */
final class SyslogProtocolParser implements LogParser {
  private final Timestamps timestamps;

  SyslogProtocolParser(Timestamps timestamps) {
    this.timestamps = timestamps;
  }

  @Override
  public String name() {
    return "syslog-rfc5424";
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
    token(c, Slot.attribute("host"));
    token(c, Slot.LOGGER);
    token(c, Slot.THREAD);
    token(c, Slot.attribute("msgid"));
    structuredData(c);
    c.skipBlanks();
    boolean byteOrderMark =
        c.at + 3 <= c.end && c.bytes[c.at] == (byte) 0xEF && c.bytes[c.at + 1] == (byte) 0xBB;
    if (byteOrderMark) {
      c.at += 3;
    }
    Layout.takeMessage(c);
    return true;
  }

  private static boolean header(Cursor c) {
    int close = priority(c);
    if (close < 0 || close + 2 >= c.end || c.bytes[close] != '1' || c.bytes[close + 1] != ' ') {
      return false;
    }
    c.at = close + 2;
    if (c.has('-')) {
      c.at++;
      return true;
    }
    return new Element.Time(false).match(c);
  }

  /** The index behind {@code <priority>}, whose severity is taken; -1 without one. */
  static int priority(Cursor c) {
    if (!c.has('<')) {
      return -1;
    }
    int end = Ascii.skipDigits(c.bytes, c.at + 1, Math.min(c.end, c.at + 5));
    int value = Ascii.number(c.bytes, c.at + 1, end);
    if (value < 0 || value > 191 || end >= c.end || c.bytes[end] != '>') {
      return -1;
    }
    if (c.out != null) {
      c.out.severity(SeverityWords.ofSyslog(value & 7)).attribute("facility", "" + (value >> 3));
    }
    return end + 1;
  }

  private static void token(Cursor c, Slot slot) {
    c.skipBlanks();
    int end = Ascii.tokenEnd(c.bytes, c.at, c.end);
    if (end - c.at != 1 || c.bytes[c.at] != '-') {
      c.take(slot, c.at, end);
    }
    c.at = end;
  }

  private static void structuredData(Cursor c) {
    c.skipBlanks();
    if (c.has('-')) {
      c.at++;
      return;
    }
    while (c.has('[')) {
      int idEnd = c.at + 1;
      while (idEnd < c.end && c.bytes[idEnd] != ' ' && c.bytes[idEnd] != ']') {
        idEnd++;
      }
      String id = Ascii.text(c.bytes, c.at + 1, idEnd);
      c.at = parameters(c, id, idEnd);
    }
  }

  private static int parameters(Cursor c, String id, int from) {
    int p = from;
    while (p < c.end && c.bytes[p] != ']') {
      p = Ascii.skipBlanks(c.bytes, p, c.end);
      int equals = Ascii.indexOf(c.bytes, p, c.end, '=');
      if (p < c.end && c.bytes[p] == ']') {
        break;
      }
      if (equals < 0 || equals + 1 >= c.end || c.bytes[equals + 1] != '"') {
        return Ascii.tokenEnd(c.bytes, p, c.end);
      }
      int close = KeyValues.quoteEnd(c.bytes, equals + 1, c.end);
      String name = Ascii.text(c.bytes, p, equals);
      if (c.out != null) {
        slot(id, name).put(c.out, KeyValues.value(c.bytes, equals + 1, close));
      }
      p = close;
    }
    return Math.min(c.end, p + 1);
  }

  private static Slot slot(String id, String name) {
    Slot known = Slot.ofKey(name);
    return known == Slot.TRACE_ID || known == Slot.REQUEST_ID
        ? known
        : Slot.attribute(id + "." + name);
  }
}

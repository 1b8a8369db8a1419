package io.logsense.internal.parse;

import io.logsense.api.event.Severity;
import io.logsense.internal.text.Ascii;
import org.jspecify.annotations.Nullable;

/** The elements that only one named format has. */
final class FormatElements {
  private FormatElements() {}

  /** Syslog's {@code <34>}, or nothing. */
  static boolean optionalPriority(Cursor c) {
    int end = SyslogProtocolParser.priority(c);
    c.at = end < 0 ? c.at : end;
    return true;
  }

  /** A timestamp that begins with the name of a month, or has {@code T} and a zone. */
  static boolean syslogTime(Cursor c) {
    int from = c.at;
    if (from >= c.end || Ascii.isBlank(c.bytes[from]) || !new Element.Time(false).match(c)) {
      return false;
    }
    boolean iso = Ascii.isDigit(c.bytes[from]) && c.at - from > 20 && c.bytes[from + 10] == 'T';
    return Ascii.isLetter(c.bytes[from]) || iso;
  }

  /** All that makes a line look like syslog: a priority, or a tag behind the host. */
  static boolean syslogLine(Cursor c) {
    boolean priority = SyslogProtocolParser.priority(c) > 0;
    return optionalPriority(c)
        && syslogTime(c)
        && host(c)
        && (priority || new Element.Tag(1).match(c));
  }

  /** A host: one word that is no severity, with nothing of a sentence in it. */
  static boolean host(Cursor c) {
    c.skipBlanks();
    int end = Ascii.tokenEnd(c.bytes, c.at, c.end);
    for (int p = c.at; p < end; p++) {
      int b = c.bytes[p];
      if (b == '[' || b == ']' || b == '"' || b == '=' || b == ',' || b == '(') {
        return false;
      }
    }
    if (end == c.at || c.bytes[end - 1] == ':' || SeverityWords.of(c.bytes, c.at, end) != null) {
      return false;
    }
    c.take(Slot.attribute("host"), c.at, end);
    c.at = end;
    return true;
  }

  /** Logcat's {@code D Tag: } and {@code D/Tag( 123): }. */
  static boolean logcatTag(Cursor c) {
    c.skipBlanks();
    byte[] b = c.bytes;
    if (c.at + 2 >= c.end || "VDIWEFAS".indexOf(b[c.at]) < 0) {
      return false;
    }
    boolean slash = b[c.at + 1] == '/';
    if (!slash && b[c.at + 1] != ' ') {
      return false;
    }
    int from = Ascii.skipBlanks(b, c.at + 2, c.end);
    int colon = colonAndBlank(b, from, Math.min(c.end, from + 128), c.end);
    if (colon < 0) {
      return false;
    }
    int nameEnd = Ascii.trimEnd(b, from, colon);
    if (slash) {
      int open = nameEnd - 1;
      while (open > from && b[open] != '(') {
        open--;
      }
      if (open <= from || b[nameEnd - 1] != ')') {
        return false;
      }
      c.take(Slot.THREAD, Ascii.skipBlanks(b, open + 1, nameEnd), nameEnd - 1);
      nameEnd = Ascii.trimEnd(b, from, open);
    }
    letter(c, b[c.at]);
    c.take(Slot.LOGGER, from, nameEnd);
    c.at = colon + 1;
    return true;
  }

  private static int colonAndBlank(byte[] b, int from, int limit, int to) {
    for (int p = from; p < limit; p++) {
      if (b[p] == ':' && (p + 1 == to || b[p + 1] == ' ')) {
        return p;
      }
    }
    return -1;
  }

  private static void letter(Cursor c, byte letter) {
    @Nullable Severity severity = SeverityWords.ofLetter(letter);
    if (c.out != null && severity != null) {
      c.out.severity(severity);
    }
  }

  /** The {@code I0112 03:04:05.123456} of glog and klog. */
  static boolean glogStart(Cursor c) {
    byte[] b = c.bytes;
    int p = c.at;
    if (p + 14 > c.end || "IWEFD".indexOf(b[p]) < 0 || b[p + 5] != ' ') {
      return false;
    }
    int month = Ascii.number(b, p + 1, p + 3);
    int day = Ascii.number(b, p + 3, p + 5);
    if (month < 1 || month > 12 || day < 1 || day > 31) {
      return false;
    }
    int end = Timestamps.scan(b, p + 6, c.end, c.fields);
    if (end < 0) {
      return false;
    }
    c.fields.month = month;
    c.fields.day = day;
    c.takeTime();
    letter(c, b[p]);
    c.at = end;
    return true;
  }

  /** {@code file.go:123]}. */
  static boolean glogCaller(Cursor c) {
    c.skipBlanks();
    int end = Ascii.tokenEnd(c.bytes, c.at, c.end);
    if (end - c.at < 4 || c.bytes[end - 1] != ']') {
      return false;
    }
    c.take(Slot.attribute("caller"), c.at, end - 1);
    c.at = end;
    return true;
  }

  /** nginx's {@code 123#456:}. */
  static boolean nginxProcess(Cursor c) {
    c.skipBlanks();
    int hash = Ascii.skipDigits(c.bytes, c.at, c.end);
    int end = hash < c.end ? Ascii.skipDigits(c.bytes, hash + 1, c.end) : c.end;
    if (hash == c.at || end >= c.end || c.bytes[hash] != '#' || c.bytes[end] != ':') {
      return false;
    }
    c.take(Slot.THREAD, c.at, end);
    c.at = end + 1;
    return true;
  }

  /** Python's {@code :logger:} between level and message. */
  static boolean pythonLogger(Cursor c) {
    int end = c.at + 1;
    while (end < c.end && !Ascii.isBlank(c.bytes[end]) && c.bytes[end] != ':') {
      end++;
    }
    if (!c.has(':') || end == c.at + 1 || end >= c.end || c.bytes[end] != ':') {
      return false;
    }
    c.take(Slot.LOGGER, c.at + 1, end);
    c.at = end + 1;
    return true;
  }

  /** Apache's {@code [Sun Dec 04 04:47:44 2005]} and the blank behind it. */
  static boolean apacheTime(Cursor c) {
    boolean weekday = c.has('[') && c.at + 1 < c.end && Ascii.isLetter(c.bytes[c.at + 1]);
    return weekday && new Element.Time(false).match(c) && c.has(' ');
  }

  /** Apache's {@code [error]} or {@code [core:error]}. */
  static boolean apacheLevel(Cursor c) {
    c.skipBlanks();
    int end = c.has('[') ? Ascii.bracketEnd(c.bytes, c.at, c.end) : -1;
    if (end < 0) {
      return false;
    }
    int colon = Ascii.indexOf(c.bytes, c.at, end, ':');
    int from = colon < 0 ? c.at + 1 : colon + 1;
    int to = end - 1;
    if (to - from > 5 && Ascii.startsWith(c.bytes, from, to, "trace")) {
      to = from + 5;
    }
    @Nullable Severity severity = SeverityWords.of(c.bytes, from, to);
    if (severity == null) {
      return false;
    }
    if (c.out != null) {
      c.out.severity(severity);
    }
    if (colon > 0) {
      c.take(Slot.LOGGER, c.at + 1, colon);
    }
    c.at = end;
    return true;
  }

  /** Apache's {@code [pid 1:tid 2]}, or nothing; the client behind it is noted and stays. */
  static boolean apacheProcess(Cursor c) {
    c.skipBlanks();
    if (Ascii.startsWith(c.bytes, c.at, c.end, "[pid ")) {
      int end = Ascii.bracketEnd(c.bytes, c.at, c.end);
      if (end > 0) {
        c.take(Slot.THREAD, c.at + 5, end - 1);
        c.at = end;
        c.skipBlanks();
      }
    }
    if (Ascii.startsWith(c.bytes, c.at, c.end, "[client ")) {
      int end = Ascii.bracketEnd(c.bytes, c.at, c.end);
      if (end > 0) {
        c.take(Slot.attribute("client.address"), c.at + 8, end - 1);
      }
    }
    return true;
  }
}

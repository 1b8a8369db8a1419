package io.logsense.internal.parse;

import static io.logsense.internal.text.Ascii.isBlank;
import static io.logsense.internal.text.Ascii.isDigit;
import static io.logsense.internal.text.Ascii.isLetter;

import io.logsense.api.event.Severity;
import io.logsense.internal.text.Ascii;
import org.jspecify.annotations.Nullable;

/** The elements that only one named format has. */
final class FormatElements {
  private static final Slot CALLER = Slot.attribute("caller");
  private static final Slot CLIENT = Slot.attribute("client.address");
  private static final Element PROGRAM = new Element.Tag(1);

  private FormatElements() {}

  /** Syslog's {@code <34>}, or nothing. */
  static int optionalPriority(byte[] b, int from, int to, @Nullable Draft draft) {
    return Math.max(from, SyslogElements.priority(b, from, to, draft));
  }

  /** A timestamp that begins with the name of a month, or has {@code T} and a zone. */
  static int syslogTime(byte[] b, int from, int to, @Nullable Draft draft) {
    if (from >= to || isBlank(b[from])) {
      return -1;
    }
    int end = Element.Time.ANY.match(b, from, to, draft);
    boolean iso = isDigit(b[from]) && end - from > 20 && b[from + 10] == 'T';
    return isLetter(b[from]) || iso ? end : -1;
  }

  /** All that makes a line look like syslog: a priority, or a tag behind the host. */
  static int syslogLine(byte[] b, int from, int to, @Nullable Draft draft) {
    int time = optionalPriority(b, from, to, draft);
    int timeEnd = syslogTime(b, time, to, draft);
    int hostEnd = timeEnd < 0 ? -1 : host(b, timeEnd, to, draft);
    return time > from || hostEnd < 0 ? hostEnd : PROGRAM.match(b, hostEnd, to, draft);
  }

  /** A host: one word that is no severity, with nothing of a sentence in it. */
  static int host(byte[] b, int from, int to, @Nullable Draft draft) {
    int start = Ascii.skipBlanks(b, from, to);
    int end = Ascii.tokenEnd(b, start, to);
    for (int p = start; p < end; p++) {
      int c = b[p];
      if (c == '[' || c == ']' || c == '"' || c == '=' || c == ',' || c == '(') {
        return -1;
      }
    }
    if (end == start || b[end - 1] == ':' || SeverityWords.of(b, start, end) != null) {
      return -1;
    }
    if (draft != null) {
      draft.take(Slot.HOST, b, start, end);
    }
    return end;
  }

  /** Logcat's {@code D Tag: } and {@code D/Tag( 123): }. */
  static int logcatTag(byte[] b, int from, int to, @Nullable Draft draft) {
    int start = Ascii.skipBlanks(b, from, to);
    if (start + 2 >= to || "VDIWEFAS".indexOf(b[start]) < 0) {
      return -1;
    }
    boolean slash = b[start + 1] == '/';
    if (!slash && b[start + 1] != ' ') {
      return -1;
    }
    int name = Ascii.skipBlanks(b, start + 2, to);
    int colon = colonAndBlank(b, name, Math.min(to, name + 128), to);
    if (colon < 0) {
      return -1;
    }
    int nameEnd = Ascii.trimEnd(b, name, colon);
    if (slash) {
      int open = Ascii.lastIndexOf(b, name, nameEnd, '(');
      if (open <= name || b[nameEnd - 1] != ')') {
        return -1;
      }
      if (draft != null) {
        draft.take(Slot.THREAD, b, Ascii.skipBlanks(b, open + 1, nameEnd), nameEnd - 1);
      }
      nameEnd = Ascii.trimEnd(b, name, open);
    }
    if (draft != null) {
      letter(b[start], draft);
      draft.take(Slot.LOGGER, b, name, nameEnd);
    }
    return colon + 1;
  }

  private static int colonAndBlank(byte[] b, int from, int limit, int to) {
    for (int p = from; p < limit; p++) {
      if (b[p] == ':' && (p + 1 == to || b[p + 1] == ' ')) {
        return p;
      }
    }
    return -1;
  }

  private static void letter(byte letter, Draft draft) {
    Severity severity = SeverityWords.ofLetter(letter);
    if (severity != null) {
      draft.take(severity);
    }
  }

  /** The {@code I0112 03:04:05.123456} of glog and klog. */
  static int glogStart(byte[] b, int from, int to, @Nullable Draft draft) {
    if (from + 14 > to || "IWEFD".indexOf(b[from]) < 0 || b[from + 5] != ' ') {
      return -1;
    }
    int month = Ascii.number(b, from + 1, from + 3);
    int day = Ascii.number(b, from + 3, from + 5);
    if (month < 1 || month > 12 || day < 1 || day > 31) {
      return -1;
    }
    int end = TimestampScanner.scan(b, from + 6, to, draft == null ? null : draft.fields);
    if (end >= 0 && draft != null) {
      draft.fields.month = month;
      draft.fields.day = day;
      draft.takeTime();
      letter(b[from], draft);
    }
    return end;
  }

  /** {@code file.go:123]}. */
  static int glogCaller(byte[] b, int from, int to, @Nullable Draft draft) {
    int start = Ascii.skipBlanks(b, from, to);
    int end = Ascii.tokenEnd(b, start, to);
    if (end - start < 4 || b[end - 1] != ']') {
      return -1;
    }
    if (draft != null) {
      draft.take(CALLER, b, start, end - 1);
    }
    return end;
  }

  /** nginx's {@code 123#456:}. */
  static int nginxProcess(byte[] b, int from, int to, @Nullable Draft draft) {
    int start = Ascii.skipBlanks(b, from, to);
    int hash = Ascii.skipDigits(b, start, to);
    int end = hash < to ? Ascii.skipDigits(b, hash + 1, to) : to;
    if (hash == start || end >= to || b[hash] != '#' || b[end] != ':') {
      return -1;
    }
    if (draft != null) {
      draft.take(Slot.THREAD, b, start, end);
    }
    return end + 1;
  }

  /** Python's {@code :logger:} between level and message. */
  static int pythonLogger(byte[] b, int from, int to, @Nullable Draft draft) {
    if (from >= to || b[from] != ':') {
      return -1;
    }
    int end = from + 1;
    while (end < to && !isBlank(b[end]) && b[end] != ':') {
      end++;
    }
    if (end == from + 1 || end >= to || b[end] != ':') {
      return -1;
    }
    if (draft != null) {
      draft.take(Slot.LOGGER, b, from + 1, end);
    }
    return end + 1;
  }

  /** Apache's {@code [Sun Dec 04 04:47:44 2005]} and the blank behind it. */
  static int apacheTime(byte[] b, int from, int to, @Nullable Draft draft) {
    if (from + 1 >= to || b[from] != '[' || !isLetter(b[from + 1])) {
      return -1;
    }
    int end = Element.Time.ANY.match(b, from, to, draft);
    return end >= 0 && end < to && b[end] == ' ' ? end : -1;
  }

  /** Apache's {@code [error]} or {@code [core:error]}. */
  static int apacheLevel(byte[] b, int from, int to, @Nullable Draft draft) {
    int start = Ascii.skipBlanks(b, from, to);
    int end = start < to && b[start] == '[' ? Ascii.bracketEnd(b, start, to) : -1;
    if (end < 0) {
      return -1;
    }
    int colon = Ascii.indexOf(b, start, end, ':');
    int word = colon < 0 ? start + 1 : colon + 1;
    int wordEnd = end - 1;
    if (wordEnd - word > 5 && Ascii.startsWith(b, word, wordEnd, "trace")) {
      wordEnd = word + 5;
    }
    Severity severity = SeverityWords.of(b, word, wordEnd);
    if (severity == null) {
      return -1;
    }
    if (draft != null) {
      draft.take(severity);
      draft.take(Slot.LOGGER, b, start + 1, Math.max(colon, start + 1));
    }
    return end;
  }

  /** Apache's {@code [pid 1:tid 2]}, or nothing; the client behind it is noted and stays. */
  static int apacheProcess(byte[] b, int from, int to, @Nullable Draft draft) {
    int p = Ascii.skipBlanks(b, from, to);
    if (Ascii.startsWith(b, p, to, "[pid ")) {
      int end = Ascii.bracketEnd(b, p, to);
      if (end > 0) {
        if (draft != null) {
          draft.take(Slot.THREAD, b, p + 5, end - 1);
        }
        p = Ascii.skipBlanks(b, end, to);
      }
    }
    if (draft != null && Ascii.startsWith(b, p, to, "[client ")) {
      int end = Ascii.bracketEnd(b, p, to);
      if (end > 0) {
        draft.take(CLIENT, b, p + 8, end - 1);
      }
    }
    return p;
  }
}

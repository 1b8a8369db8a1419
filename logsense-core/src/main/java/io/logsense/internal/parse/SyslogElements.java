package io.logsense.internal.parse;

import io.logsense.internal.text.Ascii;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Syslog of RFC 5424. Structured data become attributes {@code element.parameter}. */
final class SyslogElements {
  private static final int PRIORITIES = 192;
  private static final Slot FACILITY = Slot.attribute("facility");
  private static final Slot MESSAGE_ID = Slot.attribute("msgid");
  private static final String[] FACILITIES =
      IntStream.range(0, PRIORITIES / 8).mapToObj(Integer::toString).toArray(String[]::new);

  private SyslogElements() {}

  /** Priority, version and time. */
  static int start(byte[] b, int from, int to, @Nullable Draft draft) {
    int close = priority(b, from, to, draft);
    if (close < 0 || close + 2 >= to || b[close] != '1' || b[close + 1] != ' ') {
      return -1;
    }
    return b[close + 2] == '-' ? close + 3 : Element.Time.ANY.match(b, close + 2, to, draft);
  }

  /** The index behind {@code <priority>}, whose severity is taken; -1 without one. */
  static int priority(byte[] b, int from, int to, @Nullable Draft draft) {
    if (from >= to || b[from] != '<') {
      return -1;
    }
    int end = Ascii.skipDigits(b, from + 1, Math.min(to, from + 5));
    int value = Ascii.number(b, from + 1, end);
    if (value < 0 || value >= PRIORITIES || end >= to || b[end] != '>') {
      return -1;
    }
    if (draft != null) {
      draft.take(SeverityWords.ofSyslog(value & 7));
      draft.take(FACILITY, FACILITIES[value >> 3]);
    }
    return end + 1;
  }

  /** Host, program, process and message id. */
  static int names(byte[] b, int from, int to, @Nullable Draft draft) {
    int p = name(Slot.HOST, b, from, to, draft);
    p = name(Slot.LOGGER, b, p, to, draft);
    p = name(Slot.THREAD, b, p, to, draft);
    return name(MESSAGE_ID, b, p, to, draft);
  }

  private static int name(Slot slot, byte[] b, int from, int to, @Nullable Draft draft) {
    int start = Ascii.skipBlanks(b, from, to);
    int end = Ascii.tokenEnd(b, start, to);
    if (draft != null && (end - start != 1 || b[start] != '-')) {
      draft.take(slot, b, start, end);
    }
    return end;
  }

  /** Elements of structured data; remembers what the names of parameters mean. */
  static Element structuredData() {
    RepeatedNames<String, Slot> slots = new RepeatedNames<>(SyslogElements::slot);
    return (b, from, to, draft) -> {
      int p = Ascii.skipBlanks(b, from, to);
      if (p < to && b[p] == '-') {
        return p + 1;
      }
      while (p < to && b[p] == '[') {
        p = element(b, p, to, draft, slots);
      }
      return p;
    };
  }

  private static int element(
      byte[] b, int from, int to, @Nullable Draft draft, RepeatedNames<String, Slot> slots) {
    int idEnd = from + 1;
    while (idEnd < to && b[idEnd] != ' ' && b[idEnd] != ']') {
      idEnd++;
    }
    int p = Ascii.skipBlanks(b, idEnd, to);
    while (p < to && b[p] != ']') {
      int equals = Ascii.indexOf(b, p, to, '=');
      if (equals < 0 || equals + 1 >= to || b[equals + 1] != '"') {
        return Ascii.tokenEnd(b, p, to);
      }
      int close = KeyValues.quoteEnd(b, equals + 1, to);
      if (draft != null) {
        String id = draft.texts().text(b, from + 1, idEnd);
        Slot slot = slots.of(id, draft.texts().text(b, p, equals));
        draft.take(slot, KeyValues.value(b, equals + 1, close, draft.texts()));
      }
      p = Ascii.skipBlanks(b, close, to);
    }
    return Math.min(to, p + 1);
  }

  private static Slot slot(String id, String name) {
    Slot known = Slot.ofKey(name);
    return known.equals(Slot.TRACE_ID) || known.equals(Slot.REQUEST_ID)
        ? known
        : Slot.attribute(id + "." + name);
  }

  /** The mark that a message in UTF-8 begins with, or nothing. */
  static int byteOrderMark(byte[] b, int from, int to, @Nullable Draft draft) {
    int p = Ascii.skipBlanks(b, from, to);
    boolean mark = p + 3 <= to && b[p] == (byte) 0xEF && b[p + 1] == (byte) 0xBB;
    return mark ? p + 3 : p;
  }
}

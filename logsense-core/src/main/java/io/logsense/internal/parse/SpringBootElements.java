package io.logsense.internal.parse;

import io.logsense.internal.text.Ascii;
import org.jspecify.annotations.Nullable;

/**
 * Spring Boot's default console format: {@code time LEVEL [correlation] pid --- [app] [thread]
 * [trace-span] logger : message}, every bracket optional.
 */
final class SpringBootElements {
  private static final Element LEVEL = new Element.Level(false, true);
  private static final Slot SPAN = Slot.attribute("span.id");

  private SpringBootElements() {}

  /** All up to the dashes. */
  static int start(byte[] b, int from, int to, @Nullable Draft draft) {
    int time = Element.Time.ANY.match(b, from, to, draft);
    int level = time < 0 ? -1 : LEVEL.match(b, time, to, draft);
    if (level < 0) {
      return -1;
    }
    int p = Ascii.skipBlanks(b, level, to);
    if (p < to && b[p] == '[') {
      int end = Ascii.bracketEnd(b, p, to);
      if (end < 0) {
        return -1;
      }
      if (draft != null) {
        correlation(b, p + 1, end - 1, draft);
      }
      p = Ascii.skipBlanks(b, end, to);
    }
    int pidEnd = Ascii.tokenEnd(b, p, to);
    int dashes = Ascii.skipBlanks(b, pidEnd, to);
    if (!Ascii.startsWith(b, dashes, to, "--- ")) {
      return -1;
    }
    if (draft != null) {
      draft.take(Slot.PROCESS, b, p, pidEnd);
    }
    return dashes + 4;
  }

  /** One bracket is the thread; before it may stand the application, behind it trace and span. */
  static int brackets(byte[] b, int from, int to, @Nullable Draft draft) {
    int first = bracketEnd(b, from, to);
    if (first < 0 || draft == null) {
      return Math.max(from, first);
    }
    int second = bracketEnd(b, first, to);
    int third = second < 0 ? -1 : bracketEnd(b, second, to);
    boolean ids =
        third > 0 ? correlated(b, second, third) : second > 0 && correlated(b, first, second);
    if (ids) {
      int open = third > 0 ? second : first;
      int end = Math.max(second, third);
      int start = inside(b, open, end);
      correlation(b, start, Ascii.trimEnd(b, start, end - 1), draft);
    }
    int named = (third > 0 ? 3 : second > 0 ? 2 : 1) - (ids ? 1 : 0);
    if (named == 3) {
      take(Slot.THREAD, b, second, third, draft);
    } else if (named == 2) {
      take(Slot.THREAD, b, first, second, draft);
    }
    take(named == 1 ? Slot.THREAD : Slot.SERVICE, b, from, first, draft);
    return Math.max(first, Math.max(second, third));
  }

  private static int bracketEnd(byte[] b, int from, int to) {
    int p = Ascii.skipBlanks(b, from, to);
    return p < to && b[p] == '[' ? Ascii.bracketEnd(b, p, to) : -1;
  }

  /** Where the text in the bracket begins that opens behind the blanks at {@code from}. */
  private static int inside(byte[] b, int from, int end) {
    return Ascii.skipBlanks(b, Ascii.skipBlanks(b, from, end) + 1, end - 1);
  }

  private static void take(Slot slot, byte[] b, int from, int end, Draft draft) {
    int start = inside(b, from, end);
    draft.take(slot, b, start, Ascii.trimEnd(b, start, end - 1));
  }

  /** Whether a bracket holds {@code traceId-spanId}, or is blank for want of them. */
  private static boolean correlated(byte[] b, int from, int end) {
    int start = inside(b, from, end);
    return isTrace(b, start, Ascii.trimEnd(b, start, end - 1));
  }

  private static boolean isTrace(byte[] b, int from, int to) {
    int p = hexEnd(b, from, to);
    return from == to || (p - from >= 16 && (p == to || b[p] == '-' || b[p] == ','));
  }

  private static void correlation(byte[] b, int from, int to, Draft draft) {
    int p = from;
    for (int start = from; start < to; start = p + 1) {
      p = start;
      while (p < to && b[p] != ',' && b[p] != '-') {
        p++;
      }
      if (isTrace(b, start, p) && p > start) {
        draft.take(Slot.TRACE_ID, b, start, p);
        if (p + 1 < to) {
          draft.take(SPAN, b, p + 1, hexEnd(b, p + 1, to));
        }
        return;
      }
      if (start == from && p < to && b[p] == ',') {
        draft.take(Slot.SERVICE, b, start, p);
      }
    }
  }

  private static int hexEnd(byte[] b, int from, int to) {
    int p = from;
    while (p < to && Ascii.isHexDigit(b[p])) {
      p++;
    }
    return p;
  }

  /** The logger, if a colon follows. */
  static int logger(byte[] b, int from, int to, @Nullable Draft draft) {
    int start = Ascii.skipBlanks(b, from, to);
    int end = Ascii.tokenEnd(b, start, to);
    int colon = Ascii.skipBlanks(b, end, to);
    if (colon >= to || b[colon] != ':') {
      return -1;
    }
    if (draft != null) {
      draft.take(Slot.LOGGER, b, start, end);
    }
    return colon + 1;
  }
}

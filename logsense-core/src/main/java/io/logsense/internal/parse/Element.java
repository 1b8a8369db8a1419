package io.logsense.internal.parse;

import io.logsense.api.event.Severity;
import io.logsense.internal.text.Ascii;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One part of a {@link Layout}: matches at the cursor and moves it, or leaves the line unmatched.
 */
interface Element {
  boolean match(Cursor c);

  /** Fixed text. A run of blanks in it stands for one or more blanks. */
  final class Literal implements Element {
    private final byte[] text;

    Literal(String text) {
      this.text = text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean match(Cursor c) {
      int end = endOf(c.bytes, c.at, c.end);
      c.at = Math.max(end, c.at);
      return end >= 0;
    }

    boolean isEmpty() {
      return text.length == 0;
    }

    /** An element for this text at the cursor, blanks before and behind it ignored. */
    Element leadingOptional() {
      Literal word = new Literal(new String(text, StandardCharsets.UTF_8).strip());
      return c -> {
        c.skipBlanks();
        return word.match(c);
      };
    }

    int first() {
      return text[0];
    }

    /** Where this text ends if it stands at {@code from}, or -1. */
    int endOf(byte[] b, int from, int to) {
      int p = from;
      for (int i = 0; i < text.length; i++) {
        if (Ascii.isBlank(text[i])) {
          if (i > 0 && Ascii.isBlank(text[i - 1])) {
            continue;
          }
          int next = Ascii.skipBlanks(b, p, to);
          // A message may be empty, and editors cut blanks off the ends of lines.
          if (next == p && p < to) {
            return -1;
          }
          p = next;
        } else if (p >= to || b[p++] != text[i]) {
          return -1;
        }
      }
      return p;
    }
  }

  /** A timestamp in any format that {@link Timestamps} knows, bare or in brackets. */
  final class Time implements Element {
    private final boolean dateOnly;

    Time(boolean dateOnly) {
      this.dateOnly = dateOnly;
    }

    @Override
    public boolean match(Cursor c) {
      c.skipBlanks();
      int p = c.at;
      boolean bracket = p < c.end && (c.bytes[p] == '[' || c.bytes[p] == '(' || c.bytes[p] == '<');
      int from = bracket ? p + 1 : p;
      int end =
          dateOnly
              ? Timestamps.scanWithDate(c.bytes, from, c.end, c.fields)
              : Timestamps.scan(c.bytes, from, c.end, c.fields);
      if (end < 0) {
        return false;
      }
      if (bracket) {
        end = Ascii.skipBlanks(c.bytes, end, c.end);
        if (end >= c.end || (c.bytes[end] != ']' && c.bytes[end] != ')' && c.bytes[end] != '>')) {
          return false;
        }
        end++;
      }
      c.takeTime();
      c.at = end;
      return true;
    }
  }

  /** Seconds or a finer unit since the epoch. */
  final class Epoch implements Element {
    @Override
    public boolean match(Cursor c) {
      c.skipBlanks();
      int end = Timestamps.scanEpoch(c.bytes, c.at, c.end, c.fields);
      if (end < 0) {
        return false;
      }
      c.takeTime();
      c.at = end;
      return true;
    }
  }

  /** A severity word, bare or in brackets; optionally also a letter, or a word nobody knows. */
  final class Level implements Element {
    private final boolean letters;
    private final boolean lenient;

    Level(boolean letters, boolean lenient) {
      this.letters = letters;
      this.lenient = lenient;
    }

    boolean letters() {
      return letters;
    }

    @Override
    public boolean match(Cursor c) {
      c.skipBlanks();
      byte[] b = c.bytes;
      boolean bracket = c.at < c.end && (b[c.at] == '[' || b[c.at] == '(' || b[c.at] == '<');
      int from = bracket ? Ascii.skipBlanks(b, c.at + 1, c.end) : c.at;
      int to = from;
      while (to < c.end && (Ascii.isLetter(b[to]) || (to > from && Ascii.isDigit(b[to])))) {
        to++;
      }
      Severity severity = severity(b, from, to);
      int end = to;
      if (bracket) {
        end = Ascii.skipBlanks(b, to, c.end);
        if (end >= c.end || (b[end] != ']' && b[end] != ')' && b[end] != '>')) {
          return false;
        }
        end++;
      } else if (end < c.end && !Ascii.isBlank(b[end]) && ":,|;-]*/".indexOf(b[end]) < 0) {
        return false;
      }
      if (severity == null) {
        return false;
      }
      if (c.out != null) {
        c.out.severity(severity);
      }
      c.at = end;
      return true;
    }

    private @Nullable Severity severity(byte[] b, int from, int to) {
      if (to - from == 1) {
        return letters ? SeverityWords.ofLetter(b[from]) : null;
      }
      Severity word = SeverityWords.of(b, from, to);
      return word != null || !lenient || !capitals(b, from, to) ? word : Severity.UNSPECIFIED;
    }

    private static boolean capitals(byte[] b, int from, int to) {
      for (int p = from; p < to; p++) {
        if (b[p] < 'A' || b[p] > 'Z') {
          return false;
        }
      }
      return to - from >= 3 && to - from <= 12;
    }
  }

  /** Text up to a fixed text; brackets inside are balanced when that text closes one. */
  final class Until implements Element {
    private final Slot slot;
    private final Literal stop;
    private final boolean oneWord;

    Until(Slot slot, Literal stop, boolean oneWord) {
      this.slot = slot;
      this.stop = stop;
      this.oneWord = oneWord;
    }

    @Override
    public boolean match(Cursor c) {
      byte[] b = c.bytes;
      int from = oneWord ? Ascii.skipBlanks(b, c.at, c.end) : c.at;
      int close = stop.first();
      int open = close == ']' ? '[' : close == ')' ? '(' : 0;
      int depth = 0;
      int fallback = -1;
      for (int p = from; p < c.end; p++) {
        if (b[p] == open) {
          depth++;
        } else if (mayStop(b, from, p, close) && stop.endOf(b, p, c.end) >= 0) {
          if (depth == 0) {
            return take(c, from, p);
          }
          fallback = fallback < 0 ? p : fallback;
          depth--;
        } else if (b[p] == close && open != 0) {
          depth = Math.max(0, depth - 1);
        }
        boolean firstBlank = Ascii.isBlank(b[p]) && (p == from || !Ascii.isBlank(b[p - 1]));
        if (oneWord && firstBlank && !blanksThenStop(b, p, c.end)) {
          break;
        }
      }
      if (fallback < 0 && Ascii.isBlank(close) && stop.endOf(b, c.end, c.end) >= 0) {
        return take(c, from, c.end);
      }
      return fallback >= 0 && take(c, from, fallback);
    }

    /** Only the first of a run of blanks is tried, or the time would grow with its square. */
    private static boolean mayStop(byte[] b, int from, int p, int close) {
      return Ascii.isBlank(close)
          ? Ascii.isBlank(b[p]) && (p == from || !Ascii.isBlank(b[p - 1]))
          : b[p] == close;
    }

    private boolean blanksThenStop(byte[] b, int from, int to) {
      int p = Ascii.skipBlanks(b, from, to);
      return stop.endOf(b, p, to) >= 0 || stop.endOf(b, p - 1, to) >= 0;
    }

    private boolean take(Cursor c, int from, int to) {
      int start = Ascii.skipBlanks(c.bytes, from, to);
      c.take(slot, start, Ascii.trimEnd(c.bytes, start, to));
      c.at = to;
      return true;
    }
  }

  /** One token: what stands up to a blank, or a whole bracket. */
  final class Token implements Element {
    private final Slot slot;
    private final boolean pipes;

    Token(Slot slot, boolean pipes) {
      this.slot = slot;
      this.pipes = pipes;
    }

    @Override
    public boolean match(Cursor c) {
      c.skipBlanks();
      int end = end(c.bytes, c.at, c.end, pipes);
      if (end == c.at) {
        return false;
      }
      boolean bracket = c.bytes[c.at] == '[' && c.bytes[end - 1] == ']';
      c.take(slot, bracket ? c.at + 1 : c.at, bracket ? end - 1 : end);
      c.at = end;
      return true;
    }

    /** The end of the token at {@code from}; {@code from} when there is none. */
    static int end(byte[] b, int from, int to, boolean pipes) {
      if (from < to && (b[from] == '[' || b[from] == '(')) {
        int end = Ascii.bracketEnd(b, from, Math.min(to, from + 200));
        if (end > 0) {
          return end;
        }
      }
      int p = from;
      while (p < to && !Ascii.isBlank(b[p]) && !(pipes && b[p] == '|')) {
        p++;
      }
      return p;
    }
  }

  /** A whole number. */
  final class Whole implements Element {
    private final Slot slot;

    Whole(Slot slot) {
      this.slot = slot;
    }

    @Override
    public boolean match(Cursor c) {
      c.skipBlanks();
      int digits = c.has('-') ? c.at + 1 : c.at;
      int end = Ascii.skipDigits(c.bytes, digits, c.end);
      if (end == digits
          || (end < c.end && !Ascii.isBlank(c.bytes[end]) && ",:|;]".indexOf(c.bytes[end]) < 0)) {
        return false;
      }
      c.take(slot, c.at, end);
      c.at = end;
      return true;
    }
  }

  /** A bracket and what is in it. */
  final class Bracket implements Element {
    private final Slot slot;

    Bracket(Slot slot) {
      this.slot = slot;
    }

    @Override
    public boolean match(Cursor c) {
      c.skipBlanks();
      if (c.at >= c.end || "[(<{".indexOf(c.bytes[c.at]) < 0) {
        return false;
      }
      int end = Ascii.bracketEnd(c.bytes, c.at, Math.min(c.end, c.at + 400));
      if (end < 0) {
        return false;
      }
      c.take(slot, c.at + 1, end - 1);
      c.at = end;
      return true;
    }
  }

  /**
   * A program or logger, {@code name[pid]:}, {@code name[pid] (part):} or {@code name:}, with a
   * blank or nothing behind the colon.
   */
  final class Tag implements Element {
    private static final int LONGEST = 120;
    private final int words;

    /** A tag whose name has at most {@code words} words. */
    Tag(int words) {
      this.words = words;
    }

    @Override
    public boolean match(Cursor c) {
      c.skipBlanks();
      byte[] b = c.bytes;
      int colon = colon(b, c.at, c.end);
      if (colon <= c.at) {
        return false;
      }
      int nameEnd = colon;
      int part = -1;
      if (b[nameEnd - 1] == ')') {
        int open = lastIndexOf(b, c.at, nameEnd, '(');
        if (open > c.at && b[open - 1] == ' ') {
          part = open;
          nameEnd = Ascii.trimEnd(b, c.at, open);
        }
      }
      int pid = -1;
      if (b[nameEnd - 1] == ']') {
        int open = lastIndexOf(b, c.at, nameEnd, '[');
        if (open > c.at && b[open - 1] != ' ') {
          pid = open;
        }
      }
      int pidEnd = nameEnd - 1;
      nameEnd = Ascii.trimEnd(b, c.at, pid > 0 ? pid : nameEnd);
      if (!isName(b, c.at, nameEnd, pid > 0)) {
        return false;
      }
      c.take(Slot.LOGGER, c.at, nameEnd);
      if (pid > 0) {
        c.take(Slot.THREAD, pid + 1, pidEnd);
      }
      if (part > 0) {
        c.take(Slot.attribute("subsystem"), part + 1, colon - 1);
      }
      c.at = colon + 1;
      return true;
    }

    private static int colon(byte[] b, int from, int to) {
      int limit = Math.min(to, from + LONGEST);
      for (int p = from; p < limit; p++) {
        if (b[p] == ':' && (p + 1 == to || Ascii.isBlank(b[p + 1]))) {
          return p;
        }
        if (b[p] == '"') {
          return -1;
        }
      }
      return -1;
    }

    private static int lastIndexOf(byte[] b, int from, int to, char wanted) {
      int p = to - 1;
      while (p >= from && b[p] != wanted) {
        p--;
      }
      return p;
    }

    private boolean isName(byte[] b, int from, int to, boolean process) {
      int blanks = 0;
      boolean letters = false;
      for (int p = from; p < to; p++) {
        if (Ascii.isBlank(b[p])) {
          blanks++;
        } else if (Ascii.isLetter(b[p]) || b[p] < 0) {
          letters = true;
        } else if (b[p] == ',' || b[p] == ';' || b[p] == '\'') {
          return false;
        }
      }
      int last = Ascii.lastWord(b, from, to);
      // Without a process id, two words are a name only as in "syslogd 1.4.1".
      return letters && blanks < words && (blanks == 0 || process || Ascii.isDigit(b[last]));
    }
  }
}

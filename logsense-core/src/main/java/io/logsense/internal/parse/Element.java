package io.logsense.internal.parse;

import static io.logsense.internal.text.Ascii.isBlank;

import io.logsense.api.event.Severity;
import io.logsense.internal.text.Ascii;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** One part of a {@link Layout}. */
interface Element {
  /**
   * The index behind this element if it stands at {@code from}, or -1.
   *
   * @param to the end of the line
   * @param draft takes the values; null to look only, which allocates nothing
   */
  int match(byte[] b, int from, int to, @Nullable Draft draft);

  /** Fixed text. A run of blanks in it stands for one or more blanks. */
  final class Literal implements Element {
    private final byte[] text;

    Literal(String text) {
      ByteArrayOutputStream collapsed = new ByteArrayOutputStream();
      boolean blank = false;
      for (byte c : Ascii.bytes(text)) {
        if (!isBlank(c) || !blank) {
          collapsed.write(isBlank(c) ? ' ' : c);
        }
        blank = isBlank(c);
      }
      this.text = collapsed.toByteArray();
    }

    /** An element for {@code word} with or without blanks before it. */
    static Element behindBlanks(String word) {
      Literal literal = new Literal(word);
      return (b, from, to, draft) -> literal.endOf(b, Ascii.skipBlanks(b, from, to), to);
    }

    @Override
    public int match(byte[] b, int from, int to, @Nullable Draft draft) {
      return endOf(b, from, to);
    }

    int first() {
      return text[0];
    }

    /** Where this text ends if it stands at {@code from}, or -1. */
    int endOf(byte[] b, int from, int to) {
      int p = from;
      for (byte c : text) {
        if (c == ' ') {
          int next = Ascii.skipBlanks(b, p, to);
          // A message may be empty, and editors cut blanks off the ends of lines.
          if (next == p && p < to) {
            return -1;
          }
          p = next;
        } else if (p >= to || b[p++] != c) {
          return -1;
        }
      }
      return p;
    }
  }

  /** A timestamp in any format that {@link TimestampScanner} knows, bare or in brackets. */
  final class Time implements Element {
    static final Time ANY = new Time(false);
    static final Time OR_DATE = new Time(true);

    private final boolean dateOnly;

    private Time(boolean dateOnly) {
      this.dateOnly = dateOnly;
    }

    @Override
    public int match(byte[] b, int from, int to, @Nullable Draft draft) {
      int start = Ascii.skipBlanks(b, from, to);
      boolean bracket = opens(b, start, to);
      int time = bracket ? start + 1 : start;
      TimestampFields f = draft == null ? null : draft.fields;
      int end =
          dateOnly
              ? TimestampScanner.scanWithDate(b, time, to, f)
              : TimestampScanner.scan(b, time, to, f);
      if (end >= 0 && bracket) {
        end = closed(b, end, to);
      }
      if (end >= 0 && draft != null) {
        draft.takeTime();
      }
      return end;
    }
  }

  private static boolean opens(byte[] b, int p, int to) {
    return p < to && (b[p] == '[' || b[p] == '(' || b[p] == '<');
  }

  /** The index behind a closing bracket, blanks before it allowed, or -1. */
  private static int closed(byte[] b, int from, int to) {
    int p = Ascii.skipBlanks(b, from, to);
    return p < to && (b[p] == ']' || b[p] == ')' || b[p] == '>') ? p + 1 : -1;
  }

  /** Seconds or a finer unit since the epoch. */
  final class Epoch implements Element {
    @Override
    public int match(byte[] b, int from, int to, @Nullable Draft draft) {
      TimestampFields f = draft == null ? null : draft.fields;
      int end = TimestampScanner.scanEpoch(b, Ascii.skipBlanks(b, from, to), to, f);
      if (end >= 0 && draft != null) {
        draft.takeTime();
      }
      return end;
    }
  }

  /** A severity word, bare or in brackets; optionally also a letter, or a word nobody knows. */
  final class Level implements Element {
    /** Only words that are known. */
    static final Level WORD = new Level(false, false);

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
    public int match(byte[] b, int from, int to, @Nullable Draft draft) {
      int start = Ascii.skipBlanks(b, from, to);
      boolean bracket = opens(b, start, to);
      int word = bracket ? Ascii.skipBlanks(b, start + 1, to) : start;
      int wordEnd = word;
      while (wordEnd < to
          && (Ascii.isLetter(b[wordEnd]) || (wordEnd > word && Ascii.isDigit(b[wordEnd])))) {
        wordEnd++;
      }
      int end = wordEnd;
      if (bracket) {
        end = closed(b, wordEnd, to);
      } else if (end < to && !endsWord(b[end])) {
        end = -1;
      }
      Severity severity = end < 0 ? null : severity(b, word, wordEnd);
      if (severity == null) {
        return -1;
      }
      if (draft != null) {
        draft.take(severity);
      }
      return end;
    }

    private static boolean endsWord(byte c) {
      return isBlank(c) || ":,|;-]*/".indexOf(c) >= 0;
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
        if (!Ascii.isUpper(b[p])) {
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
    private final int close;
    private final int open;
    private final boolean blanksMatter;

    Until(Slot slot, Literal stop, boolean oneWord) {
      this.slot = slot;
      this.stop = stop;
      this.oneWord = oneWord;
      close = stop.first();
      open = close == ']' ? '[' : close == ')' ? '(' : 0;
      blanksMatter = oneWord || close == ' ';
    }

    @Override
    public int match(byte[] b, int from, int to, @Nullable Draft draft) {
      int start = oneWord ? Ascii.skipBlanks(b, from, to) : from;
      int depth = 0;
      int fallback = -1;
      for (int p = start; p < to; p++) {
        byte c = b[p];
        // Only the first of a run of blanks is tried, or the time would grow with its square.
        boolean firstBlank = blanksMatter && isBlank(c) && (p == start || !isBlank(b[p - 1]));
        if (c == open && open != 0) {
          depth++;
        } else if ((close == ' ' ? firstBlank : c == close) && stop.endOf(b, p, to) >= 0) {
          if (depth == 0) {
            return take(b, start, p, draft);
          }
          fallback = fallback < 0 ? p : fallback;
          depth--;
        } else if (c == close && open != 0) {
          depth = Math.max(0, depth - 1);
        }
        if (oneWord && firstBlank && !blanksThenStop(b, p, to)) {
          break;
        }
      }
      if (fallback < 0 && close == ' ' && stop.endOf(b, to, to) >= 0) {
        return take(b, start, to, draft);
      }
      return fallback < 0 ? -1 : take(b, start, fallback, draft);
    }

    private boolean blanksThenStop(byte[] b, int from, int to) {
      int p = Ascii.skipBlanks(b, from, to);
      return stop.endOf(b, p, to) >= 0 || stop.endOf(b, p - 1, to) >= 0;
    }

    private int take(byte[] b, int from, int to, @Nullable Draft draft) {
      if (draft != null) {
        int start = Ascii.skipBlanks(b, from, to);
        draft.take(slot, b, start, Ascii.trimEnd(b, start, to));
      }
      return to;
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
    public int match(byte[] b, int from, int to, @Nullable Draft draft) {
      int start = Ascii.skipBlanks(b, from, to);
      int end = end(b, start, to, pipes);
      if (end == start) {
        return -1;
      }
      if (draft != null) {
        int bracket = b[start] == '[' && b[end - 1] == ']' ? 1 : 0;
        draft.take(slot, b, start + bracket, end - bracket);
      }
      return end;
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
      while (p < to && !isBlank(b[p]) && !(pipes && b[p] == '|')) {
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
    public int match(byte[] b, int from, int to, @Nullable Draft draft) {
      int start = Ascii.skipBlanks(b, from, to);
      int digits = start < to && b[start] == '-' ? start + 1 : start;
      int end = Ascii.skipDigits(b, digits, to);
      if (end == digits || (end < to && !isBlank(b[end]) && ",:|;]".indexOf(b[end]) < 0)) {
        return -1;
      }
      if (draft != null) {
        draft.take(slot, b, start, end);
      }
      return end;
    }
  }

  /** A bracket and what is in it. */
  final class Bracket implements Element {
    private final Slot slot;

    Bracket(Slot slot) {
      this.slot = slot;
    }

    @Override
    public int match(byte[] b, int from, int to, @Nullable Draft draft) {
      int start = Ascii.skipBlanks(b, from, to);
      if (start >= to || "[(<{".indexOf(b[start]) < 0) {
        return -1;
      }
      int end = Ascii.bracketEnd(b, start, Math.min(to, start + 400));
      if (end >= 0 && draft != null) {
        draft.take(slot, b, start + 1, end - 1);
      }
      return end;
    }
  }

  /**
   * A program or logger, {@code name[pid]:}, {@code name[pid] (part):} or {@code name:}, with a
   * blank or nothing behind the colon.
   */
  final class Tag implements Element {
    private static final Slot PART = Slot.attribute("subsystem");
    private static final int LONGEST = 120;
    private final int words;

    /** A tag whose name has at most {@code words} words. */
    Tag(int words) {
      this.words = words;
    }

    @Override
    public int match(byte[] b, int from, int to, @Nullable Draft draft) {
      int start = Ascii.skipBlanks(b, from, to);
      int colon = colon(b, start, to);
      if (colon <= start) {
        return -1;
      }
      int nameEnd = colon;
      int part = -1;
      if (b[nameEnd - 1] == ')') {
        int open = Ascii.lastIndexOf(b, start, nameEnd, '(');
        if (open > start && b[open - 1] == ' ') {
          part = open;
          nameEnd = Ascii.trimEnd(b, start, open);
        }
      }
      int pid = -1;
      if (b[nameEnd - 1] == ']') {
        int open = Ascii.lastIndexOf(b, start, nameEnd, '[');
        if (open > start && b[open - 1] != ' ') {
          pid = open;
        }
      }
      int pidEnd = nameEnd - 1;
      nameEnd = Ascii.trimEnd(b, start, pid > 0 ? pid : nameEnd);
      if (!isName(b, start, nameEnd, pid > 0)) {
        return -1;
      }
      if (draft != null) {
        draft.take(Slot.LOGGER, b, start, nameEnd);
        if (pid > 0) {
          draft.take(Slot.THREAD, b, pid + 1, pidEnd);
        }
        if (part > 0) {
          draft.take(PART, b, part + 1, colon - 1);
        }
      }
      return colon + 1;
    }

    private static int colon(byte[] b, int from, int to) {
      int limit = Math.min(to, from + LONGEST);
      for (int p = from; p < limit; p++) {
        if (b[p] == ':' && (p + 1 == to || isBlank(b[p + 1]))) {
          return p;
        }
        if (b[p] == '"') {
          return -1;
        }
      }
      return -1;
    }

    private boolean isName(byte[] b, int from, int to, boolean process) {
      int blanks = 0;
      boolean letters = false;
      for (int p = from; p < to; p++) {
        if (isBlank(b[p])) {
          blanks++;
        } else if (Ascii.isLetterOrNonAscii(b[p])) {
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

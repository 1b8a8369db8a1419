package io.logsense.internal.stack;

import static io.logsense.internal.text.Ascii.bytes;
import static io.logsense.internal.text.Ascii.endsWith;
import static io.logsense.internal.text.Ascii.indexOf;
import static io.logsense.internal.text.Ascii.isDigit;
import static io.logsense.internal.text.Ascii.isIdentifier;
import static io.logsense.internal.text.Ascii.isSpace;
import static io.logsense.internal.text.Ascii.isUpper;
import static io.logsense.internal.text.Ascii.startsWith;

import io.logsense.internal.text.Ascii;

/**
 * Finds the line that names the error of a trace, once the first frame has been seen.
 *
 * <p>A line is graded by what it holds: {@link #SURE} for a type that ends in {@code Exception},
 * {@code Error} or the like where a header has it, {@link #LIKELY} for such a type anywhere and for
 * a dotted type at the beginning, {@link #POSSIBLE} for any capitalised name before a colon. The
 * nearest sure or likely line above the frame wins; a possible one only directly above it.
 */
final class HeaderFinder {
  static final int NONE = 0;
  static final int POSSIBLE = 1;
  static final int LIKELY = 2;
  static final int SURE = 3;

  /** How many bytes of a line are looked at. */
  private static final int LONGEST_LOOK = 4096;

  /** How many lines a message may have below a header that is only likely. */
  private static final int LIKELY_REACH = 12;

  private static final byte[][] SUFFIXES = {
    bytes("Exception"), bytes("Error"), bytes("Throwable"), bytes("Failure"), bytes("Fault"),
    bytes("ThreadDeath"), bytes("Warning"), bytes("Panic"), bytes("Exit"), bytes("Interrupt")
  };
  private static final byte[] THREAD = bytes("Exception in thread ");
  private static final byte[] UNCAUGHT = bytes("Uncaught ");
  private static final byte[] UNHANDLED = bytes("Unhandled ");
  private static final byte[] UNHANDLED_LINE = bytes("nhandled Exception:");
  private static final byte[][] NESTED = {
    bytes("Caused by:"), bytes("Wrapped by:"), bytes("Suppressed:"), bytes("--->")
  };
  private static final byte[] CIRCULAR = bytes("[CIRCULAR REFERENCE");
  private static final byte[] PANIC = bytes("panic: ");
  private static final byte[] FATAL_ERROR = bytes("fatal error: ");
  private static final byte[] RUNTIME = bytes("runtime: ");
  private static final byte[] SIG = bytes("SIG");
  private static final byte[] UNEXPECTED_FAULT = bytes("unexpected fault address ");
  private static final byte[] PANIC_WORD = bytes("panic");
  private static final byte[] IN_PATH = bytes(" in /");
  private static final byte[] PHP_EXTENSION = bytes(".php");
  private static final byte[] ERRORS_PROPERTY = bytes("[errors]:");

  private HeaderFinder() {}

  /** How much a line looks like the header of a stack trace. */
  static int grade(byte[] b, int from, int to) {
    return (int) (best(b, from, to) & 3);
  }

  /** Where the type is in a line: start and end packed by {@link #pack}; 0 when there is none. */
  static long typeOf(byte[] b, int from, int to) {
    return best(b, from, to);
  }

  static int startOf(long packed) {
    return (int) (packed >>> 33);
  }

  static int endOf(long packed) {
    return (int) (packed >>> 2) & 0x7fffffff;
  }

  private static long pack(int grade, int start, int end) {
    return ((long) start << 33) | ((long) end << 2) | grade;
  }

  private static long best(byte[] b, int from, int to) {
    int end = Ascii.trimLineEnd(b, from, Math.min(to, from + LONGEST_LOOK));
    int start = Indent.skip(b, from, end);
    if (start == end) {
      return NONE;
    }
    if (startsWith(b, start, end, CIRCULAR)) {
      return pack(SURE, start, end);
    }
    boolean announced =
        startsWith(b, start, end, THREAD)
            || startsWith(b, start, end, UNCAUGHT)
            || startsWith(b, start, end, UNHANDLED)
            || startsWith(b, start, end, PANIC);
    for (byte[] prefix : NESTED) {
      if (startsWith(b, start, end, prefix)) {
        start = Indent.skip(b, start + prefix.length, end);
        break;
      }
    }
    long best = 0;
    int i = start;
    while (i < end && (best & 3) < SURE) {
      if (!isTypeByte(b[i])) {
        i++;
        continue;
      }
      int wordStart = i;
      while (i < end && isTypeByte(b[i])) {
        i++;
      }
      while (wordStart < i && !isIdentifier(b[wordStart])) {
        wordStart++;
      }
      int stop = wordEnd(b, wordStart, i);
      int grade = gradeWord(b, start, wordStart, stop, end);
      if (grade > (best & 3)) {
        best = pack(grade, wordStart, stop);
      }
    }
    return announced ? best | SURE : best;
  }

  private static int wordEnd(byte[] b, int start, int to) {
    int stop = to;
    while (stop > start && (b[stop - 1] == '.' || b[stop - 1] == '-' || b[stop - 1] == '/')) {
      stop--;
    }
    return stop;
  }

  private static int gradeWord(byte[] b, int lineStart, int start, int stop, int end) {
    int dot = Ascii.lastIndexOf(b, start, stop, '.');
    int backslash = Ascii.lastIndexOf(b, start, stop, '\\');
    int simple = Math.max(start, Math.max(dot, backslash) + 1);
    if (simple >= stop || !Ascii.isLetterOrNonAscii(b[simple])) {
      return NONE;
    }
    boolean dotted = simple > start;
    boolean atStart = start == lineStart || (start == lineStart + 1 && !isSpace(b[lineStart]));
    byte next = stop < end ? b[stop] : (byte) ':';
    if (hasSuffix(b, simple, stop)) {
      if (dotted && (next == ':' || atStart)) {
        return SURE;
      }
      if (atStart
          && isUpper(b[simple])
          && (next == ':' || next == '[' || next == '(' || isSpace(next))) {
        return SURE;
      }
      return next == ':' || dotted ? LIKELY : POSSIBLE;
    }
    if (atStart && next == ':' && (stop + 1 >= end || isSpace(b[stop + 1]) || b[stop + 1] == ':')) {
      if (dotted && isDottedType(b, start, stop)) {
        return LIKELY;
      }
      return isUpper(b[simple]) && hasLowerCase(b, simple, stop) ? POSSIBLE : NONE;
    }
    return NONE;
  }

  private static boolean hasSuffix(byte[] b, int from, int to) {
    // Inner classes and generics: look at the whole simple name, not only at its end.
    for (byte[] suffix : SUFFIXES) {
      if (endsWith(b, from, to, suffix)) {
        return true;
      }
    }
    int dollar = Ascii.lastIndexOf(b, from, to, '$');
    return dollar > from && to - dollar <= 3 && hasSuffix(b, from, dollar);
  }

  private static boolean isDottedType(byte[] b, int from, int to) {
    int segment = from;
    for (int i = from; i <= to; i++) {
      if (i == to || b[i] == '.') {
        if (i == segment || isDigit(b[segment])) {
          return false;
        }
        segment = i + 1;
      } else if (!isIdentifier(b[i]) && b[i] != '/' && b[i] != '`') {
        return false;
      }
    }
    return true;
  }

  private static boolean hasLowerCase(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] >= 'a' && b[i] <= 'z') {
        return true;
      }
    }
    return false;
  }

  /** Bytes of a type as any of our languages prints it. */
  static boolean isTypeByte(byte c) {
    return isIdentifier(c) || c == '.' || c == '-' || c == '\\' || c == '`' || c == '/';
  }

  /**
   * The first line of a trace whose first frame is the newest of the pending lines: how far above
   * the frame its header is, or 0 when no line above looks like one.
   */
  static int aboveFrame(PendingLines lines) {
    int header = header(lines);
    return header < 0 ? 0 : withPreamble(lines, header);
  }

  private static int header(PendingLines lines) {
    byte[] b = lines.bytes();
    int indented = -1;
    for (int above = 1; lines.reaches(above); above++) {
      int start = lines.startAbove(above);
      int end = lines.endAbove(above);
      int grade = grade(b, start, end);
      if (grade == SURE || (grade == LIKELY && above <= LIKELY_REACH)) {
        if (end > start && isSpace(b[start]) && grade == LIKELY && above > 1) {
          indented = indented < 0 ? above : indented;
          continue;
        }
        return owner(lines, above);
      }
      if (above == 1 && grade == POSSIBLE) {
        return above;
      }
      if (startsRecord(b, start, end)) {
        break;
      }
    }
    return indented;
  }

  /**
   * A header whose line above it is a header that ends in a colon belongs to that one's message.
   */
  private static int owner(PendingLines lines, int header) {
    byte[] b = lines.bytes();
    int first = header;
    while (lines.reaches(first + 1)) {
      int start = Indent.skip(b, lines.startAbove(first), lines.endAbove(first));
      int previous = first + 1;
      boolean nested =
          startsWith(b, start, lines.endAbove(first), NESTED[0])
              || startsWith(b, start, lines.endAbove(first), NESTED[1]);
      if (nested) {
        while (isBlank(lines, previous) && lines.reaches(previous + 1)) {
          previous++;
        }
      }
      int end = Ascii.trimLineEnd(b, lines.startAbove(previous), lines.endAbove(previous));
      boolean open = end > lines.startAbove(previous) && b[end - 1] == ':';
      if (!(nested || open)
          || grade(b, lines.startAbove(previous), lines.endAbove(previous)) < LIKELY) {
        break;
      }
      first = previous;
    }
    return first;
  }

  /** What runtimes print above the header. */
  private static int withPreamble(PendingLines lines, int header) {
    int first = header;
    byte[] b = lines.bytes();
    int previous = first + 1;
    if (lines.reaches(previous)) {
      int end = Ascii.trimLineEnd(b, lines.startAbove(previous), lines.endAbove(previous));
      if (endsWith(b, lines.startAbove(previous), end, UNHANDLED_LINE)) {
        return previous;
      }
      int start = Indent.skip(b, lines.startAbove(previous), end);
      if (startsWith(b, start, end, ERRORS_PROPERTY)) {
        boolean owned = lines.reaches(previous + 1) && endsWithBrace(lines, previous + 1);
        first = owned ? previous + 1 : previous;
      }
    }
    return withSourceExcerpt(lines, first);
  }

  private static boolean endsWithBrace(PendingLines lines, int above) {
    int end = Ascii.trimLineEnd(lines.bytes(), lines.startAbove(above), lines.endAbove(above));
    return end > lines.startAbove(above) && lines.bytes()[end - 1] == '{';
  }

  /** Node prints {@code file:line}, the source line and a caret, then a blank line. */
  private static int withSourceExcerpt(PendingLines lines, int header) {
    int caret = header + 1;
    if (lines.reaches(caret) && isBlank(lines, caret)) {
      caret++;
    }
    if (!lines.reaches(caret + 1) || !isCaret(lines, caret)) {
      return header;
    }
    for (int place = caret + 1; place - caret <= 8 && lines.reaches(place); place++) {
      int start = lines.startAbove(place);
      int end = Ascii.trimLineEnd(lines.bytes(), start, lines.endAbove(place));
      int digits = Ascii.beforeDigits(lines.bytes(), start, end);
      if (digits < end
          && digits > start + 1
          && lines.bytes()[digits - 1] == ':'
          && indexOf(lines.bytes(), start, digits, ' ') < 0) {
        return place;
      }
    }
    return header;
  }

  static boolean isBlank(PendingLines lines, int above) {
    int end = Ascii.trimLineEnd(lines.bytes(), lines.startAbove(above), lines.endAbove(above));
    return Indent.skip(lines.bytes(), lines.startAbove(above), end) == end;
  }

  private static boolean isCaret(PendingLines lines, int above) {
    byte[] b = lines.bytes();
    boolean caret = false;
    for (int k = lines.startAbove(above); k < lines.endAbove(above); k++) {
      byte c = b[k];
      caret |= c == '^';
      if (c != '^' && c != '~' && !isSpace(c) && c != '\r') {
        return false;
      }
    }
    return caret;
  }

  /** How far above the newest line, a {@code goroutine} line, its Go trace begins. */
  static int aboveGoroutine(PendingLines lines) {
    byte[] b = lines.bytes();
    int first = 0;
    for (int above = 1; lines.reaches(above); above++) {
      int start = lines.startAbove(above);
      int end = Math.min(lines.endAbove(above), start + LONGEST_LOOK);
      if (isGoHeader(b, start, end)) {
        first = above;
        if (startsWith(b, start, end, PANIC)) {
          break;
        }
      } else if (startsRecord(b, start, end)) {
        if (first == 0 && indexOf(b, start, end, PANIC_WORD) >= 0) {
          first = above;
        }
        break;
      } else if (first > 0 && !isBlank(lines, above)) {
        break;
      }
    }
    return first;
  }

  private static boolean isGoHeader(byte[] b, int start, int end) {
    return startsWith(b, start, end, PANIC)
        || startsWith(b, start, end, FATAL_ERROR)
        || startsWith(b, start, end, RUNTIME)
        || startsWith(b, start, end, UNEXPECTED_FAULT)
        || (startsWith(b, start, end, SIG) && indexOf(b, start, end, ':') > 0);
  }

  /** How far above the newest line, the first that is sure, its PHP trace begins. */
  static int abovePhp(PendingLines lines) {
    byte[] b = lines.bytes();
    for (int above = 1; lines.reaches(above); above++) {
      int start = lines.startAbove(above);
      int end = Math.min(lines.endAbove(above), start + LONGEST_LOOK);
      int grade = grade(b, start, end);
      if (grade >= LIKELY || indexOf(b, start, end, UNCAUGHT) >= 0) {
        return above;
      }
      if (above == 1
          && grade == POSSIBLE
          && (indexOf(b, start, end, IN_PATH) > 0 || indexOf(b, start, end, PHP_EXTENSION) > 0)) {
        return above;
      }
      if (startsRecord(b, start, end)) {
        break;
      }
    }
    return 0;
  }

  /** Whether a line begins with a date or a time, as the records of most formats do. */
  static boolean startsRecord(byte[] b, int from, int to) {
    int i = from;
    if (i < to && (b[i] == '[' || b[i] == '{')) {
      i++;
    }
    int digits = i;
    while (i < to && isDigit(b[i])) {
      i++;
    }
    int length = i - digits;
    if (length == 0 || i >= to) {
      return false;
    }
    boolean separated = b[i] == '-' || b[i] == '/' || b[i] == ':' || b[i] == '.';
    return (length == 4 || length == 2) && separated && i + 1 < to && isDigit(b[i + 1]);
  }
}

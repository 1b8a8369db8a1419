package io.logsense.internal.stack;

import static io.logsense.internal.text.Ascii.bytes;
import static io.logsense.internal.text.Ascii.indexOf;
import static io.logsense.internal.text.Ascii.isDigit;
import static io.logsense.internal.text.Ascii.isIdentifier;
import static io.logsense.internal.text.Ascii.lastIndexOf;
import static io.logsense.internal.text.Ascii.startsWith;

import io.logsense.api.event.StackFrame;
import io.logsense.internal.text.Ascii;
import org.jspecify.annotations.Nullable;

/**
 * Reads one frame of a JVM: {@code at module/com.shop.Cart.total(Cart.java:12) ~[shop.jar:1.2]}.
 *
 * <p>Linear: each byte is looked at a fixed number of times, however many parentheses there are.
 */
final class JvmFrame {
  private static final byte[] AT = bytes("at ");
  private static final byte[] EVAL = bytes("eval ");
  private static final byte[] NATIVE_METHOD = bytes("Native Method");
  private static final byte[] UNKNOWN_SOURCE = bytes("Unknown Source");
  private static final byte[] ADDRESS = bytes("0x");
  private static final byte[][] BARE_PLACES = {
    bytes("Native Method)"), bytes("SourceFile)"), bytes("PG)"), bytes("Unknown)")
  };

  private JvmFrame() {}

  /** The frame that the line {@code b[from, to)}, stripped of white space, is; or null. */
  static @Nullable StackFrame read(byte[] b, int from, int to) {
    int start = startsWith(b, from, to, EVAL) ? from + EVAL.length : from;
    if (!startsWith(b, start, to, AT)) {
      return null;
    }
    int body = stripStart(b, start + AT.length, to);
    int open = placeStart(b, body, to);
    if (open > body) {
      return placed(b, body, open, indexOf(b, open, to, ')'));
    }
    int dot = indexOf(b, body, to, '.');
    if (dot <= body || b[body] == '[' || indexOf(b, body, to, ' ') >= 0) {
      return null;
    }
    // Cut in the middle, or printed by a tool that leaves the place out.
    open = indexOf(b, body, to, '(');
    return named(b, body, open > body ? open : to, null, StackFrame.UNKNOWN_LINE);
  }

  /**
   * The parenthesis around the place: the first whose content looks like one, because names may
   * have parentheses (Kotlin) and remarks behind the frame too.
   */
  private static int placeStart(byte[] b, int body, int to) {
    int dot = indexOf(b, body + 1, to, '.');
    int space = indexOf(b, body, to, ' ');
    int close = -1;
    for (int open = indexOf(b, body, to, '('); open >= 0; open = indexOf(b, open + 1, to, '(')) {
      close = close > open ? close : indexOf(b, open, to, ')');
      if (close < 0) {
        return -1;
      }
      boolean afterName = dot >= 0 && dot < open && (space < 0 || space > open);
      boolean last = close + 1 == to || b[close + 1] == ' ';
      if (isPlace(b, open + 1, close, to)
          || (afterName && last && isGeneratedClass(b, open + 1, close))) {
        return open;
      }
    }
    return -1;
  }

  private static boolean isPlace(byte[] b, int from, int close, int to) {
    boolean marked = startsWith(b, from, to, UNKNOWN_SOURCE);
    for (byte[] place : BARE_PLACES) {
      marked |= startsWith(b, from, to, place);
    }
    if (marked) {
      return true;
    }
    for (int i = from; i < close; i++) {
      byte c = b[i];
      if (c == ' ' || c == ',' || c == '(') {
        return false;
      }
      marked |= c == '.' || c == ':' || c == '<' || c == '_';
    }
    return marked;
  }

  /** Whether a frame of a class made at run time names that class for its file. */
  private static boolean isGeneratedClass(byte[] b, int from, int to) {
    boolean generated = false;
    for (int i = from; i < to; i++) {
      if (!isIdentifier(b[i])) {
        return false;
      }
      generated |= b[i] == '$';
    }
    return generated;
  }

  private static StackFrame placed(byte[] b, int body, int open, int close) {
    int from = open + 1;
    if (is(b, from, close, NATIVE_METHOD)) {
      return named(b, body, open, null, StackFrame.NATIVE_LINE);
    }
    int digits = Ascii.beforeDigits(b, from, close);
    int end = close;
    int line = StackFrame.UNKNOWN_LINE;
    if (digits > from && digits < close && b[digits - 1] == ':') {
      line = Ascii.number(b, digits, close);
      end = digits - 1;
    }
    boolean unknown = end == from || is(b, from, end, UNKNOWN_SOURCE);
    return named(b, body, open, unknown ? null : Ascii.text(b, from, end), line);
  }

  private static StackFrame named(byte[] b, int from, int to, @Nullable String file, int line) {
    int end = stripEnd(b, from, to);
    int start = withoutModule(b, from, end);
    int dot = lastIndexOf(b, start, end, '.');
    return dot < 0
        ? new StackFrame("", Ascii.text(b, start, end), file, line)
        : new StackFrame(Ascii.text(b, start, dot), Ascii.text(b, dot + 1, end), file, line);
  }

  /** Without loader and module; the address behind a hidden class is part of its name. */
  private static int withoutModule(byte[] b, int from, int to) {
    int slash = lastIndexOf(b, from, to, '/');
    while (slash >= 0) {
      int next = slash + 1;
      if (!startsWith(b, next, to, ADDRESS) && !(next < to && isDigit(b[next]))) {
        return next;
      }
      slash = lastIndexOf(b, from, slash, '/');
    }
    return from;
  }

  private static boolean is(byte[] b, int from, int to, byte[] word) {
    return to - from == word.length && startsWith(b, from, to, word);
  }

  /** The first byte at or behind {@code from} that is not white space. */
  static int stripStart(byte[] b, int from, int to) {
    int i = from;
    while (i < to && isWhite(b[i])) {
      i++;
    }
    return i;
  }

  /** {@code to} without the white space before it. */
  static int stripEnd(byte[] b, int from, int to) {
    int i = to;
    while (i > from && isWhite(b[i - 1])) {
      i--;
    }
    return i;
  }

  private static boolean isWhite(byte c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 28 && c <= 31);
  }
}

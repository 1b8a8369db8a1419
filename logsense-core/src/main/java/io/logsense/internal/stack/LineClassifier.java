package io.logsense.internal.stack;

import static io.logsense.internal.text.Ascii.bytes;
import static io.logsense.internal.text.Ascii.endsWith;
import static io.logsense.internal.text.Ascii.indexOf;
import static io.logsense.internal.text.Ascii.isDigit;
import static io.logsense.internal.text.Ascii.isSpace;
import static io.logsense.internal.text.Ascii.startsWith;

import io.logsense.internal.text.Ascii;

/**
 * Tells the {@link LineKind} of a line from its bytes.
 *
 * <p>Decides on the first byte that is not white space and looks at the rest only where that byte
 * or the last one leaves a doubt, so that an ordinary line costs a few comparisons whatever its
 * length. No regular expressions, no allocation, linear.
 */
final class LineClassifier {
  private static final byte[] AT = bytes("at ");
  private static final byte[] EVAL_AT = bytes("eval at ");
  private static final byte[] CAUSED_BY = bytes("Caused by: ");
  private static final byte[] CAUSED_BY_END = bytes("Caused by:");
  private static final byte[] WRAPPED_BY = bytes("Wrapped by: ");
  private static final byte[] SUPPRESSED = bytes("Suppressed: ");
  private static final byte[] COMPOSED = bytes("ComposedException ");
  private static final byte[] INNER = bytes("---> ");
  private static final byte[] DASHES = bytes("--- ");
  private static final byte[] DASHES_END = bytes("---");
  private static final byte[] INNER_END = bytes("<---");
  private static final byte[] DOTS = bytes("...");
  private static final byte[] CIRCULAR = bytes("[CIRCULAR REFERENCE");
  private static final byte[] CAUSE_PROPERTY = bytes("[cause]:");
  private static final byte[] ERRORS_PROPERTY = bytes("[errors]:");
  private static final byte[] REPEATED = bytes("[Previous line repeated ");
  private static final byte[] SIGNAL = bytes("[signal ");
  private static final byte[] ORIGINATING = bytes("[originating from goroutine ");
  private static final byte[] MONO_FATAL = bytes("[ERROR] FATAL UNHANDLED EXCEPTION:");
  private static final byte[] LARAVEL_TRACE = bytes("[stacktrace]");
  private static final byte[] LARAVEL_PREVIOUS = bytes("[previous exception]");
  private static final byte[] TRACEBACK = bytes("Traceback (most recent call last):");
  private static final byte[] GROUP_TRACEBACK =
      bytes("Exception Group Traceback (most recent call last):");
  private static final byte[] DIRECT_CAUSE =
      bytes("The above exception was the direct cause of the following exception:");
  private static final byte[] DURING =
      bytes("During handling of the above exception, another exception occurred:");
  private static final byte[] FILE = bytes("File \"");
  private static final byte[] MARKED_FILE = bytes("> File \"");
  private static final byte[] GOROUTINE = bytes("goroutine ");
  private static final byte[] RUNTIME_STACK = bytes("runtime stack:");
  private static final byte[] CREATED_BY = bytes("created by ");
  private static final byte[] EXIT_STATUS = bytes("exit status ");
  private static final byte[] DOT_GO = bytes(".go");
  private static final byte[] GO_OFFSET = bytes(" +0x");
  private static final byte[] FROM = bytes("from ");
  private static final byte[] DOT_RB = bytes(".rb");
  private static final byte[] IN_BACKTICK = bytes(":in `");
  private static final byte[] IN_QUOTE = bytes(":in '");
  private static final byte[] PHP_PREFIX = bytes("PHP ");
  private static final byte[] STACK_TRACE = bytes("Stack trace:");
  private static final byte[] INTERNAL_FUNCTION = bytes("[internal function]");
  private static final byte[] MAIN = bytes("{main}");
  private static final byte[] THROWN_IN = bytes("thrown in ");
  private static final byte[] NEXT = bytes("Next ");
  private static final byte[] ON_LINE = bytes(" on line ");
  private static final byte[] THREAD = bytes("thread ");
  private static final byte[] PANICKED = bytes("panicked at ");
  private static final byte[] BACKTRACE = bytes("stack backtrace:");
  private static final byte[] CAPITAL_BACKTRACE = bytes("Stack backtrace:");
  private static final byte[] NOTE = bytes("note: ");
  private static final byte[] NODE_VERSION = bytes("Node.js v");
  private static final byte[] ASSEMBLY = bytes("Assembly trace from producer ");
  private static final byte[] OBSERVED = bytes("Error has been observed ");
  private static final byte[] ORIGINAL = bytes("Original Stack Trace:");
  private static final byte[] CHECKPOINT = bytes("*__");
  private static final byte[] SITE = bytes("|_ ");
  private static final byte[] COROUTINE = bytes("(Coroutine ");
  private static final byte[] LOCKED = bytes("- locked <");
  private static final byte[] WAITING = bytes("- waiting ");
  private static final byte[] PARKING = bytes("- parking ");
  private static final byte[] ANONYMOUS = bytes("(<anonymous>)");
  private static final byte[] NATIVE = bytes("(native)");
  private static final byte[] NATIVE_CODE = bytes("[native code]");
  private static final byte[] NATIVE_METHOD = bytes("(Native Method)");
  private static final byte[] UNKNOWN_SOURCE = bytes("(Unknown Source");
  private static final byte[] DOT_JS = bytes(".js:");
  private static final byte[] SCHEME = bytes("://");
  private static final byte[] SUPPRESSED_LINES = bytes("suppressed ");
  private static final byte[] ELIDED = bytes("elided...");

  /** How .NET says "at" in other languages of the runtime; each followed by a space. */
  private static final byte[][] LOCALISED_AT = {
    bytes("bei "), bytes("à "), bytes("в "), bytes("en "), bytes("em "), bytes("in "),
    bytes("w "), bytes("v "), bytes("vid "), bytes("konum: "), bytes("在 "), bytes("於 "),
    bytes("場所 "), bytes("위치: ")
  };

  /** First bytes of a line that is not indented and yet may be more than text. */
  private static final boolean[] TELLING_FIRST =
      table("\t #\u001baeCWS.[-<TDF>+|*(AEONgcrfPtsn}]\r");

  private static final boolean[] TELLING_LAST = table("0123456789:\t ')],\"\r");

  private LineClassifier() {}

  private static boolean[] table(String characters) {
    boolean[] table = new boolean[256];
    for (int i = 0; i < characters.length(); i++) {
      table[characters.charAt(i)] = true;
    }
    return table;
  }

  /** Whether the first and the last byte alone say that a line is {@link LineKind#TEXT}. */
  static boolean isPlain(byte[] b, int from, int to) {
    return from < to && !TELLING_FIRST[b[from] & 255] && !TELLING_LAST[b[to - 1] & 255];
  }

  /** The kind of the line {@code b[from, to)}, given without its line feed. */
  static LineKind classify(byte[] b, int from, int to) {
    if (isPlain(b, from, to)) {
      return LineKind.TEXT;
    }
    int end = Ascii.trimLineEnd(b, from, to);
    int start = Indent.skip(b, from, end);
    if (start == end) {
      return LineKind.BLANK;
    }
    LineKind kind = byFirstByte(b, from, start, end);
    return kind == LineKind.TEXT ? byLastByte(b, from, start, end) : kind;
  }

  private static LineKind byFirstByte(byte[] b, int from, int start, int end) {
    switch (b[start]) {
      case 'a' -> {
        return startsWith(b, start, end, AT) ? atFrame(b, from, start + 3, end) : LineKind.TEXT;
      }
      case 'e' -> {
        if (startsWith(b, start, end, EVAL_AT)) {
          return LineKind.AT_FRAME;
        }
        if (startsWith(b, start, end, EXIT_STATUS)) {
          return LineKind.GO_OTHER;
        }
        return localisedFrame(b, from, start, end);
      }
      case 'C' -> {
        return when(
            startsWith(b, start, end, CAUSED_BY)
                || startsWith(b, start, end, CAUSED_BY_END)
                || startsWith(b, start, end, COMPOSED),
            LineKind.NESTED_HEADER);
      }
      case 'W' -> {
        return when(startsWith(b, start, end, WRAPPED_BY), LineKind.NESTED_HEADER);
      }
      case 'S' -> {
        if (startsWith(b, start, end, SUPPRESSED)) {
          return LineKind.NESTED_HEADER;
        }
        if (startsWith(b, start, end, STACK_TRACE) && end - start == STACK_TRACE.length) {
          return LineKind.PHP_STACK_TRACE;
        }
        return when(startsWith(b, start, end, CAPITAL_BACKTRACE), LineKind.RUST_BACKTRACE);
      }
      case '.' -> {
        return dots(b, start, end);
      }
      case '[' -> {
        return bracket(b, start, end);
      }
      case '-' -> {
        return dashes(b, start, end);
      }
      case '<' -> {
        return when(startsWith(b, start, end, INNER_END), LineKind.DECORATION);
      }
      case 'T' -> {
        if (startsWith(b, start, end, TRACEBACK)) {
          return LineKind.TRACEBACK;
        }
        return when(startsWith(b, start, end, DIRECT_CAUSE), LineKind.PYTHON_CHAIN);
      }
      case 'D' -> {
        return when(startsWith(b, start, end, DURING), LineKind.PYTHON_CHAIN);
      }
      case 'F' -> {
        return when(startsWith(b, start, end, FILE), LineKind.PYTHON_FRAME);
      }
      case '>' -> {
        return when(startsWith(b, start, end, MARKED_FILE), LineKind.PYTHON_FRAME);
      }
      case '+', '|' -> {
        return groupLine(b, start, end);
      }
      case '*' -> {
        return when(startsWith(b, start, end, CHECKPOINT), LineKind.SECTION);
      }
      case '(' -> {
        return when(startsWith(b, start, end, COROUTINE), LineKind.SECTION);
      }
      case 'A' -> {
        return when(startsWith(b, start, end, ASSEMBLY), LineKind.SECTION);
      }
      case 'E' -> {
        return when(
            startsWith(b, start, end, OBSERVED),
            LineKind.SECTION,
            startsWith(b, start, end, GROUP_TRACEBACK),
            LineKind.TRACEBACK);
      }
      case 'O' -> {
        return when(startsWith(b, start, end, ORIGINAL), LineKind.SECTION);
      }
      case 'N' -> {
        return when(
            startsWith(b, start, end, NODE_VERSION),
            LineKind.NODE_VERSION,
            startsWith(b, start, end, NEXT),
            LineKind.PHP_NEXT);
      }
      case 'g' -> {
        return when(
            startsWith(b, start, end, GOROUTINE)
                && end - start > 12
                && isDigit(b[start + 10])
                && b[end - 1] == ':',
            LineKind.GOROUTINE);
      }
      case 'c' -> {
        return when(startsWith(b, start, end, CREATED_BY), LineKind.GO_OTHER);
      }
      case 'r' -> {
        return when(startsWith(b, start, end, RUNTIME_STACK), LineKind.GOROUTINE);
      }
      case 'f' -> {
        return when(
            startsWith(b, start, end, FROM) && rubyPlace(b, start + 5, end), LineKind.RUBY_FRAME);
      }
      case '#' -> {
        return when(phpFrame(b, start, end), LineKind.PHP_FRAME);
      }
      case 'P' -> {
        return phpPrefixed(b, start, end);
      }
      case 't' -> {
        if (startsWith(b, start, end, THREAD)) {
          return when(indexOf(b, start, end, PANICKED) > 0, LineKind.RUST_PANIC);
        }
        return when(
            startsWith(b, start, end, THROWN_IN) && indexOf(b, start, end, ON_LINE) > 0,
            LineKind.PHP_THROWN);
      }
      case 's' -> {
        return when(startsWith(b, start, end, BACKTRACE), LineKind.RUST_BACKTRACE);
      }
      case 'n' -> {
        return when(startsWith(b, start, end, NOTE), LineKind.RUST_NOTE);
      }
      case '}', ']' -> {
        return when(end - start <= 3, LineKind.CLOSING);
      }
      case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
        return numbered(b, from, start, end);
      }
      case 'b', 'i', 'w', 'v', 'k' -> {
        return localisedFrame(b, from, start, end);
      }
      default -> {
        return b[start] < 0 ? localisedFrame(b, from, start, end) : LineKind.TEXT;
      }
    }
  }

  private static LineKind when(boolean condition, LineKind kind) {
    return condition ? kind : LineKind.TEXT;
  }

  private static LineKind when(boolean first, LineKind kind, boolean second, LineKind otherKind) {
    return first ? kind : when(second, otherKind);
  }

  /** Lines that only their end gives away. */
  private static LineKind byLastByte(byte[] b, int from, int start, int end) {
    byte last = b[end - 1];
    if (isDigit(last)) {
      return endsInNumber(b, from, start, end);
    }
    if (last >= 'a' && last <= 'f') {
      return when(start > from && goOffset(b, start, end), LineKind.GO_LOCATION);
    }
    if (last == ':') {
      return when(endsWith(b, start, end, TRACEBACK), LineKind.TRACEBACK);
    }
    if (last == '\'' || last == ')') {
      LineKind ruby = ruby(b, from, start, end);
      if (ruby != LineKind.TEXT) {
        return ruby;
      }
      return when(last == ')' && goFunction(b, start, end), LineKind.GO_FUNCTION);
    }
    if (last == ']') {
      return when(
          endsWith(b, start, end, NATIVE_CODE) && indexOf(b, start, end, '@') >= 0,
          LineKind.GECKO_FRAME);
    }
    // Rails, and array literals of a Ruby backtrace, put a quote or a comma behind the frame.
    if (last == ',' || last == '"') {
      return ruby(b, from, start, end);
    }
    return LineKind.TEXT;
  }

  private static LineKind endsInNumber(byte[] b, int from, int start, int end) {
    int colon = Ascii.beforeDigits(b, start, end) - 1;
    if (colon > start && b[colon] == ':') {
      if (endsWith(b, start, colon, DOT_GO)) {
        return when(start > from, LineKind.GO_LOCATION);
      }
      int at = indexOf(b, start, colon, '@');
      if (at >= 0 && isScriptPlace(b, at + 1, colon)) {
        return LineKind.GECKO_FRAME;
      }
    }
    return when(start > from && goOffset(b, start, end), LineKind.GO_LOCATION);
  }

  /** {@code path.go:12 +0x1d} with any number of registers behind it. */
  private static boolean goOffset(byte[] b, int start, int end) {
    int offset = indexOf(b, start, end, GO_OFFSET);
    int digits = offset < 0 ? -1 : Ascii.beforeDigits(b, start, offset);
    return digits > start && digits < offset && b[digits - 1] == ':';
  }

  private static boolean isScriptPlace(byte[] b, int from, int to) {
    return indexOf(b, from, to, SCHEME) >= 0
        || indexOf(b, from, to, '/') >= 0
        || indexOf(b, from, to, DOT_JS) >= 0
        || indexOf(b, from, to, '<') >= 0;
  }

  private static LineKind dots(byte[] b, int start, int end) {
    if (!startsWith(b, start, end, DOTS)) {
      return LineKind.TEXT;
    }
    int i = start + 3;
    if (i == end) {
      return LineKind.DECORATION;
    }
    if (b[i] == ' ') {
      i++;
      return when(
          i < end && (isDigit(b[i]) || startsWith(b, i, end, SUPPRESSED_LINES)),
          LineKind.DECORATION);
    }
    return when(endsWith(b, start, end, ELIDED), LineKind.GO_OTHER);
  }

  private static LineKind bracket(byte[] b, int start, int end) {
    if (startsWith(b, start, end, CIRCULAR)) {
      return LineKind.DECORATION;
    }
    if (startsWith(b, start, end, CAUSE_PROPERTY) || startsWith(b, start, end, ERRORS_PROPERTY)) {
      return LineKind.JAVASCRIPT_PROPERTY;
    }
    if (startsWith(b, start, end, REPEATED)) {
      return LineKind.PYTHON_FRAME;
    }
    if (startsWith(b, start, end, SIGNAL) || startsWith(b, start, end, ORIGINATING)) {
      return LineKind.GO_OTHER;
    }
    if (startsWith(b, start, end, MONO_FATAL)) {
      return LineKind.MONO_REPEAT;
    }
    return when(
        startsWith(b, start, end, LARAVEL_TRACE),
        LineKind.PHP_STACK_TRACE,
        startsWith(b, start, end, LARAVEL_PREVIOUS),
        LineKind.PHP_NEXT);
  }

  private static LineKind dashes(byte[] b, int start, int end) {
    if (startsWith(b, start, end, INNER)) {
      return LineKind.NESTED_HEADER;
    }
    if (startsWith(b, start, end, DASHES)) {
      return when(end - start > 7 && endsWith(b, start, end, DASHES_END), LineKind.DECORATION);
    }
    return when(
        startsWith(b, start, end, LOCKED)
            || startsWith(b, start, end, WAITING)
            || startsWith(b, start, end, PARKING),
        LineKind.DECORATION);
  }

  /** Lines of a Python exception group, and the sites of a Reactor assembly trace. */
  private static LineKind groupLine(byte[] b, int start, int end) {
    if (startsWith(b, start, end, SITE)) {
      return LineKind.SECTION;
    }
    int i = start;
    boolean rule = false;
    while (i < end && (isSpace(b[i]) || b[i] == '|' || b[i] == '+' || b[i] == '-')) {
      rule |= b[i] == '-';
      i++;
    }
    if (startsWith(b, i, end, TRACEBACK) || startsWith(b, i, end, GROUP_TRACEBACK)) {
      return LineKind.TRACEBACK;
    }
    if (rule) {
      return LineKind.PYTHON_GROUP_RULE;
    }
    return when(
        b[start] == '|' && (end - start == 1 || isSpace(b[start + 1])), LineKind.PYTHON_GROUP_LINE);
  }

  private static LineKind numbered(byte[] b, int from, int start, int end) {
    int i = start;
    while (i < end && isDigit(b[i])) {
      i++;
    }
    if (i + 2 < end && b[i] == ':' && b[i + 1] == ' ' && start > from && i - start < 6) {
      return startsWith(b, i + 2, end, FROM) ? LineKind.RUBY_FRAME : LineKind.NUMBERED;
    }
    return LineKind.TEXT;
  }

  private static LineKind phpPrefixed(byte[] b, int start, int end) {
    if (!startsWith(b, start, end, PHP_PREFIX)) {
      return LineKind.TEXT;
    }
    int i = Indent.skip(b, start + 4, end);
    if (startsWith(b, i, end, STACK_TRACE)) {
      return LineKind.PHP_STACK_TRACE;
    }
    if (startsWith(b, i, end, THROWN_IN)) {
      return LineKind.PHP_THROWN;
    }
    if (phpFrame(b, i, end)) {
      return LineKind.PHP_FRAME;
    }
    int digits = i;
    while (i < end && isDigit(b[i])) {
      i++;
    }
    return when(i > digits && i + 1 < end && b[i] == '.' && b[i + 1] == ' ', LineKind.PHP_FRAME);
  }

  private static boolean phpFrame(byte[] b, int start, int end) {
    if (start + 3 > end || b[start] != '#' || !isDigit(b[start + 1])) {
      return false;
    }
    int i = start + 1;
    while (i < end && isDigit(b[i])) {
      i++;
    }
    if (i + 1 >= end || b[i] != ' ') {
      return false;
    }
    i++;
    if (startsWith(b, i, end, MAIN) || startsWith(b, i, end, INTERNAL_FUNCTION)) {
      return true;
    }
    int close = indexOf(b, i, end, '(');
    while (close >= 0) {
      int digits = close + 1;
      int j = digits;
      while (j < end && isDigit(b[j])) {
        j++;
      }
      if (j > digits && j + 1 < end && b[j] == ')' && b[j + 1] == ':') {
        return true;
      }
      close = indexOf(b, j, end, '(');
    }
    return false;
  }

  /** {@code cart.rb:3} or {@code cart.rb:3:in `total'}. */
  private static boolean rubyPlace(byte[] b, int from, int end) {
    int in = indexOf(b, from, end, IN_BACKTICK);
    if (in < 0) {
      in = indexOf(b, from, end, IN_QUOTE);
    }
    int place = in < 0 ? end : in;
    int digits = Ascii.beforeDigits(b, from, place);
    boolean numbered = digits < place && digits - 1 > from && b[digits - 1] == ':';
    return numbered && (in >= 0 || endsWith(b, from, digits - 1, DOT_RB));
  }

  private static LineKind ruby(byte[] b, int from, int start, int end) {
    int in = indexOf(b, start, end, IN_BACKTICK);
    if (in < 0) {
      in = indexOf(b, start, end, IN_QUOTE);
    }
    if (in < 0) {
      return LineKind.TEXT;
    }
    int digits = Ascii.beforeDigits(b, start, in);
    if (digits == in || digits - 1 <= start || b[digits - 1] != ':') {
      return LineKind.TEXT;
    }
    int close = indexOf(b, in + 5, end, '\'');
    if (close < 0) {
      return LineKind.TEXT;
    }
    if (close + 1 < end && b[close + 1] == ':') {
      return LineKind.RUBY_HEADER;
    }
    return when(start > from || close + 1 == end, LineKind.RUBY_FRAME);
  }

  /** {@code pkg.name(args)}: nothing but the arguments holds a space. */
  private static boolean goFunction(byte[] b, int start, int end) {
    boolean dotted = false;
    for (int i = start; i < end; i++) {
      byte c = b[i];
      if (c == '(' && i + 1 < end && b[i + 1] != '*') {
        return dotted || i - start == 5;
      }
      if (isSpace(c)) {
        return false;
      }
      dotted |= c == '.';
    }
    return false;
  }

  private static LineKind localisedFrame(byte[] b, int from, int start, int end) {
    if (start - from < 2 || b[end - 1] == '.') {
      return LineKind.TEXT;
    }
    for (byte[] word : LOCALISED_AT) {
      if (startsWith(b, start, end, word)) {
        return when(
            qualifiedCall(b, start + word.length, end)
                && (b[end - 1] == ')' || isDigit(b[end - 1])),
            LineKind.AT_FRAME);
      }
    }
    return LineKind.TEXT;
  }

  private static LineKind atFrame(byte[] b, int from, int body, int end) {
    if (qualifiedCall(b, body, end) || scriptFrame(b, body, end) || placeInParens(b, body, end)) {
      return LineKind.AT_FRAME;
    }
    return when(body - 3 > from, LineKind.AT_MAYBE);
  }

  /** A dotted name without spaces before an opening parenthesis (one space for Mono). */
  private static boolean qualifiedCall(byte[] b, int body, int end) {
    boolean dotted = false;
    for (int i = body; i < end; i++) {
      byte c = b[i];
      if (c == '(') {
        return dotted && i > body;
      }
      if (isSpace(c)) {
        return dotted && i + 1 < end && b[i + 1] == '(' && i + 2 < end && monoCall(b, i + 2, end);
      }
      dotted |= c == '.';
    }
    return false;
  }

  /** The parenthesis closes and nothing but an offset or a place follows. */
  private static boolean monoCall(byte[] b, int from, int end) {
    int close = indexOf(b, from, end, ')');
    return close >= 0
        && (close + 1 == end
            || (close + 2 < end
                && b[close + 1] == ' '
                && (b[close + 2] == '[' || b[close + 2] == 'i'))
            || indexOf(b, close, end, ':') < 0);
  }

  /** {@code f (file.js:1:2)}, {@code file.js:1:2}, {@code Array.map (<anonymous>)}. */
  private static boolean scriptFrame(byte[] b, int body, int end) {
    int i = end;
    while (i > body && (b[i - 1] == '{' || b[i - 1] == ',' || b[i - 1] == ' ')) {
      i--;
    }
    if (endsWith(b, body, i, ANONYMOUS) || endsWith(b, body, i, NATIVE)) {
      return true;
    }
    if (i > body && b[i - 1] == ')') {
      i--;
    }
    int column = Ascii.beforeDigits(b, body, i);
    if (column == i || column - 1 <= body || b[column - 1] != ':') {
      return false;
    }
    int line = Ascii.beforeDigits(b, body, column - 1);
    return line < column - 1 && line - 1 > body && b[line - 1] == ':';
  }

  /** A place in parentheses behind a name with spaces in it, as Kotlin allows. */
  private static boolean placeInParens(byte[] b, int body, int end) {
    if (indexOf(b, body, end, NATIVE_METHOD) > 0 || indexOf(b, body, end, UNKNOWN_SOURCE) > 0) {
      return true;
    }
    int close = Ascii.lastIndexOf(b, body, end, ')');
    int open = close < 0 ? -1 : Ascii.lastIndexOf(b, body, close, '(');
    if (open <= body || indexOf(b, body, open, '.') < 0) {
      return false;
    }
    int digits = Ascii.beforeDigits(b, open, close);
    return digits < close && b[digits - 1] == ':' && indexOf(b, open, digits, ' ') < 0;
  }
}

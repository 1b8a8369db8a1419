package io.logsense.internal.mask;

/**
 * Telephone numbers: {@code +} and 10 to 15 digits (E.164), or the North American plan.
 *
 * <p>Three groups with blanks between could be any three numbers; they count behind a word such as
 * "phone" only.
 */
final class PhoneRule {
  private static final int MIN_DIGITS = 10;
  private static final int MAX_DIGITS = 15;
  private static final String[] PHONE_WORDS = {
    "phone", "telephone", "tel", "mobile", "cell", "fax", "call", "contact", "callback", "sms",
  };

  /** First two digits that no country code begins with. */
  private static final String UNUSED = ",28,83,89,";

  private static final String[] UNITS = {"ns", "us", "ms", "s", "bytes"};

  private PhoneRule() {}

  /** The number that begins with the plus sign at {@code i}. */
  static long international(CharSequence text, int floor, int i) {
    char prefix = Chars.before(text, floor, i);
    if (Chars.at(text, i + 1) < '1' || Chars.at(text, i + 1) > '9' || Chars.isWord(prefix)) {
      return Span.NONE;
    }
    int at = i + 1;
    int end = at;
    int digits = 0;
    int dots = 0;
    int separators = 0;
    int open = 0;
    while (true) {
      char c = Chars.at(text, at);
      if (Chars.isDigit(c)) {
        digits++;
        end = ++at;
        continue;
      }
      int gap = gap(text, at);
      boolean enough = digits >= MIN_DIGITS + 1 && c == ' ';
      if (gap == 0 || enough) {
        break;
      }
      open += c == '(' || Chars.at(text, at + 1) == '(' ? 1 : 0;
      dots += c == '.' ? 1 : 0;
      separators++;
      at += gap;
    }
    boolean decimal = dots == 1 && separators == 1;
    boolean plausible =
        digits >= MIN_DIGITS
            && digits <= MAX_DIGITS
            && open <= 1
            && !decimal
            && (separators > 0 || Chars.at(text, end) != ' ' || !isUnit(text, end + 1))
            && NumberRules.endsNumber(text, end)
            && !isUnused(text, i + 1);
    return plausible ? Span.of(Rule.PHONE, i, end) : Span.NONE;
  }

  /** Width of a separator at {@code i} that a digit follows; 0 if there is none. */
  private static int gap(CharSequence text, int i) {
    char c = Chars.at(text, i);
    char next = Chars.at(text, i + 1);
    char third = Chars.at(text, i + 2);
    boolean simple = c == ' ' || c == '-' || c == '.' || c == '(' || c == ')' || c == '/';
    if (simple && Chars.isDigit(next)) {
      return 1;
    }
    boolean pair = (c == ' ' && next == '(') || (c == ')' && (next == ' ' || next == '-'));
    return pair && Chars.isDigit(third) ? 2 : 0;
  }

  /** {@code +1234567890 ns}: a difference and no number to call. */
  private static boolean isUnit(CharSequence text, int i) {
    for (String unit : UNITS) {
      if (Chars.matches(text, i, unit) && !Chars.isWord(Chars.at(text, i + unit.length()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUnused(CharSequence text, int i) {
    return UNUSED.contains("," + text.charAt(i) + Chars.at(text, i + 1) + ",");
  }

  /** The North American number that begins at the digit or parenthesis at {@code i}. */
  static long northAmerican(CharSequence text, int floor, int i) {
    if (!startsPhone(text, floor, i)) {
      return Span.NONE;
    }
    int area = i;
    if (Chars.at(text, i) == '1' && isSeparator(Chars.at(text, i + 1))) {
      area = i + 2;
    }
    int exchange;
    char separator;
    if (Chars.at(text, area) == '(') {
      if (Chars.at(text, area + 4) != ')') {
        return Span.NONE;
      }
      area++;
      exchange = area + 4;
      exchange += isSeparator(Chars.at(text, exchange)) ? 1 : 0;
      separator = Chars.at(text, exchange + 3);
    } else {
      exchange = area + 4;
      separator = Chars.at(text, area + 3);
    }
    int line = exchange + 4;
    boolean shaped =
        isSeparator(separator)
            && Chars.at(text, exchange + 3) == separator
            && isCode(text, area)
            && isExchange(text, exchange, separator)
            && Chars.exactly(text, line, 4)
            && endsPhone(text, line + 4);
    boolean blanks = separator == ' ' && Chars.at(text, area - 1) != '(';
    boolean plausible = shaped && (!blanks || Chars.follows(text, floor, i, PHONE_WORDS));
    return plausible ? Span.of(Rule.PHONE, i, line + 4) : Span.NONE;
  }

  private static boolean startsPhone(CharSequence text, int floor, int i) {
    char c = Chars.before(text, floor, i);
    return switch (c) {
      case '-', '.', '/', '\\', '+', '#', '$' -> false;
      case ':' -> !Chars.isDigit(Chars.before(text, floor, i - 1));
      default -> !Chars.isWord(c);
    };
  }

  private static boolean endsPhone(CharSequence text, int end) {
    char c = Chars.at(text, end);
    return c != '-' && c != '/' && NumberRules.endsNumber(text, end);
  }

  private static boolean isSeparator(char c) {
    return c == '-' || c == '.' || c == ' ';
  }

  /** Three digits of an area or exchange: not 0xx or 1xx, not N11. */
  private static boolean isCode(CharSequence text, int i) {
    return Chars.exactly(text, i, 3)
        && text.charAt(i) >= '2'
        && !(text.charAt(i + 1) == '1' && text.charAt(i + 2) == '1');
  }

  /** An exchange: checked like an area, but behind dashes, where little else has this shape. */
  private static boolean isExchange(CharSequence text, int i, char separator) {
    return separator == '-' ? Chars.exactly(text, i, 3) : isCode(text, i);
  }
}

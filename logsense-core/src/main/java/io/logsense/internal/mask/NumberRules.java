package io.logsense.internal.mask;

/** Payment cards, social security numbers and bank accounts: digits with a check of their own. */
final class NumberRules {
  static final int MIN_CARD = 13;
  static final int MAX_CARD = 19;
  private static final int MAX_VALUE = 32;
  private static final String[] CARD_GROUPS = {
    "4444", "44443", "465", "464", "4441", "4442", "4443", "4333"
  };
  private static final String[] SSN_WORDS = {"ssn", "social security number", "social security"};
  private static final String[] ID_WORDS = {
    "id", "nonce", "offset", "seq", "span", "trace", "ean", "gtin", "barcode", "sku",
  };

  /** Keys of numbers that count or identify and are never a card, whatever their check digit. */
  private static final String[] SERIAL_WORDS = {
    "nonce",
    "offset",
    "seq",
    "sequence",
    "spanid",
    "span_id",
    "traceid",
    "trace_id",
    "nanos",
    "checksum",
  };

  /** Country and length of its account numbers, from the registry of SWIFT. */
  private static final String IBANS =
      "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29"
          + "ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30"
          + "KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24"
          + "PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29"
          + "VA22VG24XK20YE30";

  private static final int LETTERS = 26;
  private static final byte[] IBAN_LENGTHS = ibanLengths();

  private NumberRules() {}

  /** The card number that begins at the digit at {@code i}. */
  static long card(CharSequence text, int floor, int i) {
    if (!isCardStart(text.charAt(i)) || !startsNumber(text, floor, i)) {
      return Span.NONE;
    }
    char separator = Chars.exactly(text, i, 4) ? Chars.at(text, i + 4) : '\0';
    boolean grouped = separator == ' ' || separator == '-';
    int end = grouped ? groupedEnd(text, i, separator) : Chars.digits(text, i, MAX_CARD + 1);
    if (end < 0 || !endsNumber(text, end)) {
      return Span.NONE;
    }
    int length = 0;
    long prefix = 0;
    int sum = 0;
    for (int k = end - 1; k >= i; k--) {
      if (Chars.isDigit(text.charAt(k))) {
        int digit = text.charAt(k) - '0';
        int weighted = (length++ & 1) == 0 ? digit : digit * 2;
        sum += weighted > 9 ? weighted - 9 : weighted;
      }
    }
    for (int k = i, taken = 0; k < end && taken < 6; k++) {
      if (Chars.isDigit(text.charAt(k))) {
        prefix = prefix * 10 + text.charAt(k) - '0';
        taken++;
      }
    }
    boolean sized = length >= MIN_CARD && length <= MAX_CARD;
    if (sum % 10 != 0 || !sized || !isIssued((int) prefix, length)) {
      return Span.NONE;
    }
    boolean unusual = !grouped && (length > 16 || length == MIN_CARD);
    if ((unusual && Chars.follows(text, floor, i, ID_WORDS))
        || (!grouped && Chars.follows(text, floor, i, SERIAL_WORDS))) {
      return Span.NONE;
    }
    return Span.of(Rule.CREDIT_CARD, i, end);
  }

  static boolean isCardStart(char c) {
    return c >= '2' && c <= '6';
  }

  /** Index behind groups of a usual card layout; -1 if the layout is another one. */
  private static int groupedEnd(CharSequence text, int i, char separator) {
    for (String layout : CARD_GROUPS) {
      int end = layoutEnd(text, i, layout, separator);
      if (end >= 0) {
        return end;
      }
    }
    return -1;
  }

  private static int layoutEnd(CharSequence text, int i, String layout, char separator) {
    int at = i;
    for (int group = 0; group < layout.length(); group++) {
      int size = layout.charAt(group) - '0';
      if ((group > 0 && Chars.at(text, at++) != separator) || !Chars.exactly(text, at, size)) {
        return -1;
      }
      at += size;
    }
    boolean more = Chars.at(text, at) == separator && Chars.isDigit(Chars.at(text, at + 1));
    return more && separator == '-' ? -1 : more && layoutGoesOn(text, at + 1, layout) ? -1 : at;
  }

  /** Whether "4444" is the front of "44443": then the longer layout is tried next. */
  private static boolean layoutGoesOn(CharSequence text, int next, String layout) {
    return layout.equals("4444") && Chars.exactly(text, next, 3);
  }

  /** Whether a network issues numbers of this length under these first six digits. */
  private static boolean isIssued(int prefix, int length) {
    int two = prefix / 10_000;
    int three = prefix / 1_000;
    int four = prefix / 100;
    boolean upTo19 = length >= 16;
    if (two / 10 == 4) {
      return length == 13 || length == 16 || length == 19;
    }
    if (two == 34 || two == 37) {
      return length == 15;
    }
    if ((two >= 51 && two <= 55)
        || (four >= 2221 && four <= 2720)
        || (four >= 2200 && four <= 2204)) {
      return length == 16;
    }
    if ((three >= 300 && three <= 305) || two == 36 || two == 38 || two == 39) {
      return length == 14 || (two == 36 && upTo19);
    }
    if (four >= 3528 && four <= 3589) {
      return upTo19;
    }
    boolean discover = four == 6011 || (three >= 644 && three <= 649) || two == 65;
    boolean maestro =
        switch (four) {
          case 5018, 5020, 5038, 5893, 6304, 6759, 6761, 6762, 6763 -> true;
          default -> false;
        };
    return (discover || two == 62 || maestro) && upTo19;
  }

  /** Whether the number at {@code i} stands behind the words that let nine digits pass. */
  static boolean isNamedSsn(CharSequence text, int floor, int i) {
    return startsNumber(text, floor, i) && Chars.follows(text, floor, i, SSN_WORDS);
  }

  /** The social security number that begins at the digit at {@code i}. */
  static long ssn(CharSequence text, int floor, int i) {
    if (!startsNumber(text, floor, i)) {
      return Span.NONE;
    }
    if (Chars.exactly(text, i, 9)) {
      boolean named = Chars.follows(text, floor, i, SSN_WORDS) && endsNumber(text, i + 9);
      return named && isIssued(text, i, i + 3, i + 5) ? Span.of(Rule.SSN, i, i + 9) : Span.NONE;
    }
    if (!Chars.exactly(text, i, 3)) {
      return Span.NONE;
    }
    char separator = Chars.at(text, i + 3);
    int end = i + 11;
    boolean shaped =
        (separator == '-' || separator == ' ')
            && Chars.exactly(text, i + 4, 2)
            && Chars.at(text, i + 6) == separator
            && Chars.exactly(text, i + 7, 4)
            && endsNumber(text, end)
            && isIssued(text, i, i + 4, i + 7);
    boolean plausible = shaped && (separator == '-' || Chars.follows(text, floor, i, SSN_WORDS));
    return plausible ? Span.of(Rule.SSN, i, end) : Span.NONE;
  }

  /** Areas 000, 666 and 900 to 999, group 00 and serial 0000 are never given out. */
  private static boolean isIssued(CharSequence text, int area, int group, int serial) {
    return text.charAt(area) != '9'
        && !Chars.startsWith(text, area, "000")
        && !Chars.startsWith(text, area, "666")
        && !Chars.startsWith(text, group, "00")
        && !Chars.startsWith(text, serial, "0000");
  }

  /** The account number whose check digits begin at {@code i}, behind two letters. */
  static long iban(CharSequence text, int floor, int i) {
    int start = i - 2;
    if (start < floor
        || !Chars.isLetter(text.charAt(start))
        || !Chars.isLetter(text.charAt(start + 1))
        || Chars.isWord(Chars.before(text, floor, start))
        || !Chars.isDigit(Chars.at(text, i + 1))) {
      return Span.NONE;
    }
    int length = ibanLength(text.charAt(start), text.charAt(start + 1));
    int end = start;
    int taken = 0;
    while (taken < length) {
      char c = Chars.at(text, end);
      if (Chars.isAlphanumeric(c)) {
        taken++;
      } else if (c != ' ' || (taken & 3) != 0 || taken == 0) {
        return Span.NONE;
      }
      end++;
    }
    boolean valid =
        length > 0 && !Chars.isWord(Chars.at(text, end)) && remainder(text, start, end) == 1;
    return valid ? Span.of(Rule.IBAN, start, end) : Span.NONE;
  }

  /** Whether the two letters at {@code i} are those of a country with account numbers. */
  static boolean isCountry(CharSequence text, int i) {
    return ibanLength(text.charAt(i), text.charAt(i + 1)) > 0;
  }

  private static int ibanLength(char first, char second) {
    return IBAN_LENGTHS[((first & 0x1f) - 1) * LETTERS + (second & 0x1f) - 1];
  }

  private static byte[] ibanLengths() {
    byte[] lengths = new byte[LETTERS * LETTERS];
    for (int k = 0; k < IBANS.length(); k += 4) {
      int country = (IBANS.charAt(k) - 'A') * LETTERS + IBANS.charAt(k + 1) - 'A';
      lengths[country] = (byte) Integer.parseInt(IBANS, k + 2, k + 4, 10);
    }
    return lengths;
  }

  /** The number modulo 97 as ISO 7064 reads it: the first four characters last, letters from 10. */
  private static int remainder(CharSequence text, int start, int end) {
    int rest = fold(text, start + 4, end, 0);
    return fold(text, start, start + 4, rest);
  }

  private static int fold(CharSequence text, int start, int end, int seed) {
    int rest = seed;
    for (int k = start; k < end; k++) {
      char c = text.charAt(k);
      if (Chars.isDigit(c)) {
        rest = (rest * 10 + c - '0') % 97;
      } else if (c != ' ') {
        rest = (rest * 100 + (c & 0x5f) - 'A' + 10) % 97;
      }
    }
    return rest;
  }

  /** Digits with separators that are the value of a key and begin at {@code i}. */
  static long value(CharSequence text, int i, Rule rule, int fewest, int most) {
    int at = Chars.at(text, i) == '+' ? i + 1 : i;
    int end = i;
    int digits = 0;
    while (at - i < MAX_VALUE) {
      char c = Chars.at(text, at);
      if (Chars.isDigit(c)) {
        digits++;
        end = at + 1;
      } else if (c != ' ' && c != '-' && c != '.' && c != '(' && c != ')') {
        break;
      }
      at++;
    }
    boolean plausible = digits >= fewest && digits <= most && endsNumber(text, end);
    return plausible ? Span.of(rule, i, end) : Span.NONE;
  }

  /** Whether no longer number, name or dashed id reaches into {@code i} from the left. */
  static boolean startsNumber(CharSequence text, int floor, int i) {
    char c = Chars.before(text, floor, i);
    if (Chars.isWord(c)) {
      return false;
    }
    boolean fraction = c == '.' && Chars.isWord(Chars.before(text, floor, i - 1));
    return !fraction && c != '-' && c != '+' && c != '/' && c != '\\';
  }

  /** Whether no longer number, name or dashed id goes on at {@code end}. */
  static boolean endsNumber(CharSequence text, int end) {
    char c = Chars.at(text, end);
    boolean joins = c == '-' || c == '.' || c == '/' || c == ':';
    return !Chars.isWord(c) && c != '@' && !(joins && Chars.isWord(Chars.at(text, end + 1)));
  }
}

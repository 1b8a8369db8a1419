package io.logsense.internal.mask;

import static io.logsense.internal.mask.Chars.at;
import static io.logsense.internal.mask.Chars.before;
import static io.logsense.internal.mask.Chars.isDigit;

import java.util.Set;

/**
 * The search for the next finding. Hot loop: written for speed.
 *
 * <p>Few characters can begin, join or end something worth hiding: a table finds these triggers.
 * Most of them are digits, colons and dashes that mean nothing; a look at their neighbours tells.
 * What remains is given to a rule, which looks a bounded distance around or consumes what it reads.
 * So the time is linear in the text, and nothing is allocated.
 *
 * <p>A rule that finds nothing might find something once a later finding is hidden, because a token
 * ends a word that went on. How far ahead rules may have looked is therefore kept: a finding behind
 * that is {@linkplain Span#isSettled settled}. When all findings of a text are, masking it again
 * finds nothing more.
 */
@SuppressWarnings("EnumOrdinal") // Ordinals live as long as the scan and are never stored.
final class TriggerScan {
  private static final byte DIGIT = 1;
  private static final byte AT = 2;
  private static final byte PERCENT = 3;
  private static final byte EQUALS = 4;
  private static final byte COLON = 5;
  private static final byte PLUS = 6;
  private static final byte PAREN = 7;
  private static final byte DASH = 8;
  private static final byte CLOSE = 9;
  private static final byte UNDERSCORE = 10;
  private static final byte SCHEME = 11;
  private static final byte AMAZON = 12;
  private static final byte JSON = 13;

  /** No rule for numbers and addresses looks further ahead from its trigger. */
  private static final int NUMBER_REACH = 80;

  /** Blanks, quotes and brackets between a separator and the value behind it. */
  private static final int NEAR = 3;

  private static final byte[] TRIGGERS = triggers();

  private final int enabled;

  TriggerScan(Set<Rule> rules) {
    int bits = 0;
    for (Rule rule : rules) {
      bits |= 1 << rule.ordinal();
    }
    enabled = bits;
  }

  private static byte[] triggers() {
    byte[] table = new byte[128];
    for (char c = '0'; c <= '9'; c++) {
      table[c] = DIGIT;
    }
    table['@'] = AT;
    table['%'] = PERCENT;
    table['='] = EQUALS;
    table[':'] = COLON;
    table['+'] = PLUS;
    table['('] = PAREN;
    table['-'] = DASH;
    table['>'] = CLOSE;
    table['_'] = UNDERSCORE;
    table['B'] = SCHEME;
    table['b'] = SCHEME;
    table['A'] = AMAZON;
    table['J'] = JSON;
    return table;
  }

  /**
   * The first finding that is noticed at or behind {@code floor}, where the last one ended; {@link
   * Span#NONE} when there is none. Strings only, but for tests.
   */
  long next(CharSequence text, int floor) {
    int length = text.length();
    int reach = floor;
    int i = trigger(text, floor, length);
    while (i < length) {
      int start = i++;
      byte trigger = TRIGGERS[text.charAt(start)];
      if (trigger == DIGIT) {
        while (i < length && isDigit(text.charAt(i))) {
          i++;
        }
      }
      if (isCandidate(text, floor, start, i, trigger)) {
        long span = probe(text, floor, start, i, trigger);
        if (span != Span.NONE) {
          boolean near = Span.start(span) <= i + NEAR || trigger == SCHEME;
          return near && reach <= Span.start(span) ? Span.settled(span) : span;
        }
        reach = trigger == DIGIT ? Math.max(reach, start + NUMBER_REACH) : length;
      }
      i = trigger(text, i, length);
    }
    return Span.NONE;
  }

  /** Where the next trigger is; {@code length} when there is none. */
  private static int trigger(CharSequence text, int from, int length) {
    for (int i = from; i < length; i++) {
      char c = text.charAt(i);
      if (c < 128 && TRIGGERS[c] != 0) {
        return i;
      }
    }
    return length;
  }

  /**
   * Whether the neighbours of a trigger are worth a rule. Nothing that begins with a token is, so
   * the answer stays "no" when what follows is hidden.
   */
  private static boolean isCandidate(
      CharSequence text, int floor, int start, int end, byte trigger) {
    return switch (trigger) {
      case DIGIT -> isNumber(text, floor, start, end);
      case EQUALS -> KeyedValues.isKey(text, floor, start);
      case COLON -> isColon(text, floor, start);
      case UNDERSCORE -> KeyFormats.isJoint(text, floor, start);
      case DASH -> isOption(text, floor, start) || KeyFormats.isJoint(text, floor, start);
      case SCHEME -> CredentialRules.isScheme(text, floor, start);
      case AMAZON -> KeyFormats.mayBegin(text, floor, start);
      case JSON -> start - 2 >= floor && Chars.startsWith(text, start - 2, "eyJ");
      case CLOSE -> SensitiveKeys.kind(text, floor, start) != null;
      case PLUS -> isDigit(at(text, end)) && !Chars.isWord(before(text, floor, start));
      case PAREN -> isDigit(at(text, end)) && at(text, start + 4) == ')';
      case PERCENT -> Chars.startsWith(text, start, "%40");
      default -> true;
    };
  }

  private static boolean isOption(CharSequence text, int floor, int i) {
    return at(text, i + 1) == '-' && before(text, floor, i) != '-';
  }

  private static boolean isColon(CharSequence text, int floor, int i) {
    char next = at(text, i + 1);
    if (next == '/' && at(text, i + 2) == '/') {
      return CredentialRules.mayBeUrl(text, i);
    }
    return AddressRule.mayBeV6(text, floor, i, next) || KeyedValues.isKey(text, floor, i);
  }

  private static boolean isNumber(CharSequence text, int floor, int start, int end) {
    char before = before(text, floor, start);
    int run = end - start;
    if (Chars.isWord(before)) {
      return run > 1 && Chars.isLetter(before) && isBehindCode(text, floor, start);
    }
    if (run <= 3) {
      char separator = at(text, end);
      return separator == '.'
          ? isDotted(text, end)
          : (separator == '-' || separator == ' ')
              && run != 2
              && isGrouped(text, start, end, separator);
    }
    if (run == 4) {
      char separator = at(text, end);
      return (separator == '-' || separator == ' ')
          && NumberRules.isCardStart(text.charAt(start))
          && Chars.digits(text, end + 1, 3) == end + 4;
    }
    return run == 9
        ? NumberRules.isNamedSsn(text, floor, start)
        : run >= NumberRules.MIN_CARD
            && run <= NumberRules.MAX_CARD
            && NumberRules.isCardStart(text.charAt(start))
            && NumberRules.startsNumber(text, floor, start);
  }

  /**
   * Whether the two letters of a country, or "ya", stand in front of a number, and nothing else.
   */
  private static boolean isBehindCode(CharSequence text, int floor, int i) {
    return i - 2 >= floor
        && Chars.isLetter(text.charAt(i - 2))
        && !Chars.isWord(before(text, floor, i - 2))
        && (NumberRules.isCountry(text, i - 2) || Chars.startsWith(text, i - 2, "ya29."));
  }

  /** Whether one to three digits and another dot stand behind the dot at {@code i}. */
  private static boolean isDotted(CharSequence text, int i) {
    int end = Chars.digits(text, i + 1, 4);
    int run = end - i - 1;
    return run > 0 ? run <= 3 && at(text, end) == '.' : at(text, i + 1) == '(';
  }

  /** Three digits, a separator, two or three digits, the separator; 1 may stand in front. */
  private static boolean isGrouped(CharSequence text, int start, int end, char separator) {
    int next = Chars.digits(text, end + 1, 4);
    int run = next - end - 1;
    if (end - start == 3) {
      return (run == 2 || run == 3) && at(text, next) == separator;
    }
    return text.charAt(start) == '1' && (at(text, end + 1) == '(' || run == 3);
  }

  private long probe(CharSequence text, int floor, int i, int end, byte trigger) {
    return switch (trigger) {
      case DIGIT -> number(text, floor, i, end);
      case PERCENT -> has(Rule.EMAIL) ? EmailRule.at(text, floor, i, 3) : Span.NONE;
      case EQUALS -> allowed(KeyedValues.at(text, floor, i));
      case COLON -> colon(text, floor, i);
      case PLUS -> has(Rule.PHONE) ? PhoneRule.international(text, floor, i) : Span.NONE;
      case PAREN -> has(Rule.PHONE) ? PhoneRule.northAmerican(text, floor, i) : Span.NONE;
      case DASH -> dash(text, floor, i);
      case UNDERSCORE -> has(Rule.KEY) ? KeyFormats.around(text, floor, i) : Span.NONE;
      case AMAZON -> has(Rule.KEY) ? KeyFormats.key(text, floor, i) : Span.NONE;
      case CLOSE -> allowed(KeyedValues.element(text, floor, i));
      case JSON -> has(Rule.JWT) ? CredentialRules.jwt(text, floor, i - 2) : Span.NONE;
      case SCHEME -> credentials(text, i);
      default -> has(Rule.EMAIL) ? EmailRule.at(text, floor, i, 1) : Span.NONE;
    };
  }

  private boolean has(Rule rule) {
    return (enabled >>> rule.ordinal() & 1) != 0;
  }

  private long allowed(long span) {
    return span != Span.NONE && has(Span.rule(span)) ? span : Span.NONE;
  }

  private long number(CharSequence text, int floor, int i, int end) {
    if (Chars.isLetter(before(text, floor, i))) {
      long key = has(Rule.KEY) ? KeyFormats.key(text, floor, i - 2) : Span.NONE;
      return key == Span.NONE && has(Rule.IBAN) ? NumberRules.iban(text, floor, i) : key;
    }
    int run = end - i;
    if (run <= 3) {
      return groups(text, floor, i, run);
    }
    if (run == 9) {
      return has(Rule.SSN) ? NumberRules.ssn(text, floor, i) : Span.NONE;
    }
    return has(Rule.CREDIT_CARD) ? NumberRules.card(text, floor, i) : Span.NONE;
  }

  /** A number that begins with one to three digits and a separator. */
  private long groups(CharSequence text, int floor, int i, int run) {
    long span = has(Rule.IP) ? AddressRule.v4(text, floor, i) : Span.NONE;
    if (span == Span.NONE && run == 3 && has(Rule.SSN)) {
      span = NumberRules.ssn(text, floor, i);
    }
    if (span == Span.NONE && run != 2 && has(Rule.PHONE)) {
      span = PhoneRule.northAmerican(text, floor, i);
    }
    return span;
  }

  private long colon(CharSequence text, int floor, int i) {
    if (Chars.startsWith(text, i, "://")) {
      return has(Rule.PASSWORD) ? CredentialRules.url(text, floor, i) : Span.NONE;
    }
    long span = has(Rule.IP) ? AddressRule.v6(text, floor, i) : Span.NONE;
    return span != Span.NONE ? span : allowed(KeyedValues.at(text, floor, i));
  }

  private long dash(CharSequence text, int floor, int i) {
    long key = has(Rule.KEY) ? KeyFormats.around(text, floor, i) : Span.NONE;
    if (key != Span.NONE || !isOption(text, floor, i)) {
      return key;
    }
    return at(text, i + 2) == '-'
        ? has(Rule.KEY) ? KeyFormats.privateKey(text, i) : Span.NONE
        : allowed(KeyedValues.option(text, floor, i));
  }

  private long credentials(CharSequence text, int i) {
    long span = has(Rule.TOKEN) ? CredentialRules.scheme(text, i) : Span.NONE;
    if (span == Span.NONE || !has(Rule.JWT)) {
      return span;
    }
    long jwt = CredentialRules.jwt(text, Span.start(span), Span.start(span));
    return jwt != Span.NONE ? jwt : span;
  }
}

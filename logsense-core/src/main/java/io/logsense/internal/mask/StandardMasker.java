package io.logsense.internal.mask;

import io.logsense.api.mask.Masker;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The standard rules in one scan from left to right.
 *
 * <p>Few characters can begin or join something worth hiding; a table finds them, and the rules
 * look a bounded distance around them, or consume what they read. So the time is linear in the
 * text. Where two rules would hide the same characters, the one that is noticed first wins.
 *
 * <p>A masked text is scanned again until nothing more is found, because a token can end a word
 * that went on before: that makes masking idempotent. Nothing is allocated for a text without
 * findings.
 */
public final class StandardMasker implements Masker {
  private static final int PASSES = 8;

  private static final byte DIGIT = 1;
  private static final byte AT = 2;
  private static final byte PERCENT = 3;
  private static final byte EQUALS = 4;
  private static final byte COLON = 5;
  private static final byte PLUS = 6;
  private static final byte PAREN = 7;
  private static final byte DASH = 8;
  private static final byte CLOSE = 9;
  private static final byte LETTER = 10;

  /** How keys with a format of their own, credentials and JSON web tokens begin. */
  private static final String[] BEGINNINGS = {
    "ey", "Be", "be", "BE", "Ba", "ba", "BA", "AK", "AS", "AI", "gh", "gi", "gl", "xo", "xa", "sk",
    "rk", "np", "hf", "ya",
  };

  private static final long[] PAIRS = pairs();
  private static final byte[] TRIGGERS = triggers();

  private final EnumSet<Rule> rules;
  private final PatternRule[] patterns;

  /** A masker that applies {@code rules} and then {@code patterns} in their order. */
  public StandardMasker(Set<Rule> rules, List<PatternRule> patterns) {
    this.patterns = patterns.toArray(new PatternRule[0]);
    this.rules = EnumSet.noneOf(Rule.class);
    this.rules.addAll(rules);
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
    for (int c = 0; c < PAIRS.length; c++) {
      table[c] = PAIRS[c] == 0 ? table[c] : LETTER;
    }
    return table;
  }

  /** By first letter, the set of second letters as bits; a shift counts modulo 64. */
  private static long[] pairs() {
    long[] pairs = new long[128];
    for (String pair : BEGINNINGS) {
      pairs[pair.charAt(0)] |= 1L << pair.charAt(1);
    }
    return pairs;
  }

  @Override
  public String mask(String text) {
    if (text.length() > Span.MAX_TEXT) {
      return mask(text.substring(0, Span.MAX_TEXT));
    }
    String masked = text;
    for (int pass = 0; pass < PASSES; pass++) {
      String next = scan(masked);
      for (PatternRule pattern : patterns) {
        next = pattern.apply(next);
      }
      if (next.equals(masked)) {
        break;
      }
      masked = next;
    }
    return masked;
  }

  private String scan(String text) {
    long span = next(text, 0, 0);
    if (span == Span.NONE) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 32);
    int floor = 0;
    while (span != Span.NONE) {
      out.append(text, floor, Span.start(span)).append(Span.rule(span).token());
      floor = Span.end(span);
      span = next(text, floor, floor);
    }
    return out.append(text, floor, text.length()).toString();
  }

  /** The first finding that is noticed at or behind {@code from}. Strings only, but for tests. */
  long next(CharSequence text, int floor, int from) {
    int i = from;
    int length = text.length();
    while (i < length) {
      char c = text.charAt(i);
      byte trigger = c < 128 ? TRIGGERS[c] : 0;
      if (trigger != 0 && (trigger != LETTER || isPair(text, c, i + 1))) {
        long span = probe(text, floor, i, trigger);
        if (span != Span.NONE) {
          return span;
        }
        if (trigger == DIGIT) {
          while (i + 1 < length && Chars.isDigit(text.charAt(i + 1))) {
            i++;
          }
        }
      }
      i++;
    }
    return Span.NONE;
  }

  /** Whether what begins with {@code c} may go on with the character at {@code i}. */
  private static boolean isPair(CharSequence text, char c, int i) {
    return i < text.length() && (PAIRS[c] >>> text.charAt(i) & 1) != 0;
  }

  private long probe(CharSequence text, int floor, int i, byte trigger) {
    return switch (trigger) {
      case DIGIT -> number(text, floor, i);
      case AT -> has(Rule.EMAIL) ? EmailRule.at(text, floor, i, 1) : Span.NONE;
      case PERCENT -> percent(text, floor, i);
      case EQUALS -> allowed(KeyedValues.at(text, floor, i));
      case COLON -> colon(text, floor, i);
      case PLUS -> has(Rule.PHONE) ? PhoneRule.international(text, floor, i) : Span.NONE;
      case PAREN -> parenthesis(text, floor, i);
      case DASH -> dash(text, floor, i);
      case CLOSE -> allowed(KeyedValues.element(text, floor, i));
      default -> letter(text, floor, i);
    };
  }

  private boolean has(Rule rule) {
    return rules.contains(rule);
  }

  private long allowed(long span) {
    return span != Span.NONE && has(Span.rule(span)) ? span : Span.NONE;
  }

  private long number(CharSequence text, int floor, int i) {
    char before = Chars.before(text, floor, i);
    if (Chars.isLetter(before)) {
      return has(Rule.IBAN) ? NumberRules.iban(text, floor, i) : Span.NONE;
    }
    if (before == '_') {
      return Span.NONE;
    }
    int run = Chars.digits(text, i, NumberRules.MAX_CARD + 1) - i;
    char next = Chars.at(text, i + run);
    if (run <= 3) {
      return next == '.' || next == '-' || next == ' ' ? groups(text, floor, i, run) : Span.NONE;
    }
    if (run == 9) {
      return has(Rule.SSN) ? NumberRules.ssn(text, floor, i) : Span.NONE;
    }
    boolean grouped = run == 4 && (next == ' ' || next == '-');
    boolean mayBeCard = grouped || run >= NumberRules.MIN_CARD;
    return mayBeCard && has(Rule.CREDIT_CARD) ? NumberRules.card(text, floor, i) : Span.NONE;
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

  private long percent(CharSequence text, int floor, int i) {
    return has(Rule.EMAIL) && Chars.startsWith(text, i, "%40")
        ? EmailRule.at(text, floor, i, 3)
        : Span.NONE;
  }

  private long colon(CharSequence text, int floor, int i) {
    if (Chars.startsWith(text, i, "://")) {
      return has(Rule.PASSWORD) ? CredentialRules.url(text, floor, i) : Span.NONE;
    }
    long span = has(Rule.IP) ? AddressRule.v6(text, floor, i) : Span.NONE;
    return span != Span.NONE ? span : allowed(KeyedValues.at(text, floor, i));
  }

  private long parenthesis(CharSequence text, int floor, int i) {
    return has(Rule.PHONE) && Chars.isDigit(Chars.at(text, i + 1))
        ? PhoneRule.northAmerican(text, floor, i)
        : Span.NONE;
  }

  private long dash(CharSequence text, int floor, int i) {
    if (Chars.at(text, i + 1) != '-' || Chars.before(text, floor, i) == '-') {
      return Span.NONE;
    }
    return Chars.at(text, i + 2) == '-'
        ? has(Rule.KEY) ? KeyFormats.privateKey(text, i) : Span.NONE
        : allowed(KeyedValues.option(text, floor, i));
  }

  private long letter(CharSequence text, int floor, int i) {
    return switch (text.charAt(i)) {
      case 'e' -> has(Rule.JWT) ? CredentialRules.jwt(text, floor, i) : Span.NONE;
      case 'B', 'b' -> credentials(text, floor, i);
      default -> key(text, floor, i);
    };
  }

  private long credentials(CharSequence text, int floor, int i) {
    long span = has(Rule.TOKEN) ? CredentialRules.scheme(text, floor, i) : Span.NONE;
    if (span == Span.NONE || !has(Rule.JWT)) {
      return span;
    }
    long jwt = CredentialRules.jwt(text, Span.start(span), Span.start(span));
    return jwt != Span.NONE ? jwt : span;
  }

  private long key(CharSequence text, int floor, int i) {
    return has(Rule.KEY) ? KeyFormats.key(text, floor, i) : Span.NONE;
  }
}

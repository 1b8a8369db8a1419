package io.logsense.internal.mask;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names whose values are secret, in any of the spellings userPassword, USER_PASSWORD,
 * user.password.
 */
public final class SensitiveKeys {
  /** What to do with the value of a key. */
  enum Kind {
    /** Hide whatever it is. */
    PASSWORD(Rule.PASSWORD),
    /** Hide it when it looks random. */
    TOKEN(Rule.TOKEN),
    /** Hide it when it looks random. */
    KEY(Rule.KEY),
    /** A scheme and credentials: keep the scheme. */
    AUTHORIZATION(Rule.TOKEN),
    /** Everything up to the end of the line. */
    COOKIE(Rule.TOKEN),
    /** Seven to fifteen digits with separators. */
    PHONE(Rule.PHONE),
    /** Twelve to nineteen digits with separators, valid or not. */
    CARD(Rule.CREDIT_CARD),
    /** Three or four digits. */
    CARD_CODE(Rule.CREDIT_CARD),
    /** Nine digits with separators, valid or not. */
    SSN(Rule.SSN);

    final Rule rule;

    Kind(Rule rule) {
      this.rule = rule;
    }
  }

  /** The end of a name, without separators; {@code whole} if it must begin a word there. */
  private record Ending(String word, boolean whole, @Nullable Kind kind) {}

  private static final Ending[] ENDINGS = {
    new Ending("password", false, Kind.PASSWORD),
    new Ending("passwd", false, Kind.PASSWORD),
    new Ending("passphrase", false, Kind.PASSWORD),
    new Ending("passcode", false, Kind.PASSWORD),
    new Ending("pwd", true, Kind.PASSWORD),
    new Ending("pass", true, Kind.PASSWORD),
    new Ending("secret", true, Kind.PASSWORD),
    new Ending("clientsecret", false, Kind.PASSWORD),
    new Ending("credential", true, Kind.PASSWORD),
    new Ending("credentials", true, Kind.PASSWORD),
    new Ending("publickeytoken", false, null),
    new Ending("unexpectedtoken", false, null),
    new Ending("neartoken", true, null),
    new Ending("token", true, Kind.TOKEN),
    new Ending("accesstoken", false, Kind.TOKEN),
    new Ending("refreshtoken", false, Kind.TOKEN),
    new Ending("authtoken", false, Kind.TOKEN),
    new Ending("jsessionid", true, Kind.TOKEN),
    new Ending("phpsessid", true, Kind.TOKEN),
    new Ending("apikey", false, Kind.KEY),
    new Ending("accesskey", false, Kind.KEY),
    new Ending("secretkey", false, Kind.KEY),
    new Ending("privatekey", false, Kind.KEY),
    new Ending("signingkey", false, Kind.KEY),
    new Ending("encryptionkey", false, Kind.KEY),
    new Ending("accountkey", false, Kind.KEY),
    new Ending("subscriptionkey", false, Kind.KEY),
    new Ending("authkey", true, Kind.KEY),
    new Ending("authorization", true, Kind.AUTHORIZATION),
    new Ending("cookie", true, Kind.COOKIE),
    new Ending("phone", true, Kind.PHONE),
    new Ending("telephone", true, Kind.PHONE),
    new Ending("phonenumber", true, Kind.PHONE),
    new Ending("mobile", true, Kind.PHONE),
    new Ending("mobilenumber", true, Kind.PHONE),
    new Ending("msisdn", true, Kind.PHONE),
    new Ending("cardnumber", false, Kind.CARD),
    new Ending("creditcard", false, Kind.CARD),
    new Ending("ccnumber", true, Kind.CARD),
    new Ending("cvv", true, Kind.CARD_CODE),
    new Ending("cvc", true, Kind.CARD_CODE),
    new Ending("ssn", true, Kind.SSN),
    new Ending("tel", true, Kind.PHONE),
    new Ending("fax", true, Kind.PHONE),
  };

  private static final Ending[][] BY_LAST_LETTER = byLastLetter();

  /** By last letter, the set of characters that may stand in front of it as bits modulo 64. */
  private static final long[] BEFORE_LAST = beforeLast();

  private SensitiveKeys() {}

  private static Ending[][] byLastLetter() {
    Ending[][] table = new Ending['z' - 'a' + 1][];
    for (int letter = 0; letter < table.length; letter++) {
      char last = (char) ('a' + letter);
      table[letter] =
          Arrays.stream(ENDINGS)
              .filter(ending -> ending.word().charAt(ending.word().length() - 1) == last)
              .toArray(Ending[]::new);
    }
    return table;
  }

  private static long[] beforeLast() {
    long[] table = new long['z' - 'a' + 1];
    for (Ending ending : ENDINGS) {
      String word = ending.word();
      char before = word.charAt(word.length() - 2);
      table[word.charAt(word.length() - 1) - 'a'] |=
          1L << before | 1L << (before & 0x5f) | 1L << '_' | 1L << '-' | 1L << '.' | 1L << ' ';
    }
    return table;
  }

  /**
   * The token that hides the value of a field called {@code name}, for a field whose name and value
   * are apart; empty when the name says nothing.
   */
  public static Optional<String> token(String name) {
    Kind kind = kind(name, 0, name.length());
    return Optional.ofNullable(kind).map(known -> known.rule.token());
  }

  /** What the name that ends at {@code end} stands for; null when it is nothing special. */
  static @Nullable Kind kind(CharSequence text, int floor, int end) {
    if (end - 2 < floor || !Chars.isLetter(text.charAt(end - 1))) {
      return null;
    }
    int last = (text.charAt(end - 1) | 0x20) - 'a';
    if ((BEFORE_LAST[last] >>> text.charAt(end - 2) & 1) == 0) {
      return null;
    }
    for (Ending ending : BY_LAST_LETTER[last]) {
      int start = start(text, floor, end, ending.word());
      if (start >= 0 && (!ending.whole() || beginsWord(text, floor, start))) {
        return ending.kind();
      }
    }
    return null;
  }

  /**
   * Where {@code word} begins when it ends at {@code end}, separators skipped; -1 if it does not.
   */
  private static int start(CharSequence text, int floor, int end, String word) {
    int i = end;
    for (int k = word.length() - 1; k >= 0; k--) {
      boolean separated = k < word.length() - 1 && i - 1 > floor && isSeparator(text.charAt(i - 1));
      i -= separated ? 2 : 1;
      if (i < floor || Chars.lower(text.charAt(i)) != word.charAt(k)) {
        return -1;
      }
    }
    return i;
  }

  private static boolean isSeparator(char c) {
    return c == '_' || c == '-' || c == '.' || c == ' ';
  }

  private static boolean beginsWord(CharSequence text, int floor, int start) {
    char before = Chars.before(text, floor, start);
    boolean hump = Chars.isUpper(text.charAt(start)) && !Chars.isUpper(before);
    return hump || !Chars.isLetter(before);
  }
}

package io.logsense.internal.mask;

/** Keys whose provider gave them a prefix of their own, and private keys in PEM form. */
final class KeyFormats {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";
  private static final int MAX_LABEL = 48;

  /**
   * A prefix, the place of its first dash or underscore (-1 without one), and the fewest characters
   * behind it.
   */
  private record Format(String prefix, int joint, int least, boolean upperOnly) {
    Format(String prefix, int least, boolean upperOnly) {
      this(prefix, Math.max(prefix.indexOf('_'), prefix.indexOf('-')), least, upperOnly);
    }
  }

  private static final Format[] FORMATS = {
    new Format("AKIA", 16, true),
    new Format("ASIA", 16, true),
    new Format("AIza", 30, false),
    new Format("ghp_", 30, false),
    new Format("gho_", 30, false),
    new Format("ghu_", 30, false),
    new Format("ghs_", 30, false),
    new Format("ghr_", 30, false),
    new Format("github_pat_", 22, false),
    new Format("glpat-", 20, false),
    new Format("xoxa-", 10, false),
    new Format("xoxb-", 10, false),
    new Format("xoxp-", 10, false),
    new Format("xoxr-", 10, false),
    new Format("xoxs-", 10, false),
    new Format("xapp-", 10, false),
    new Format("sk_live_", 16, false),
    new Format("sk_test_", 16, false),
    new Format("rk_live_", 16, false),
    new Format("rk_test_", 16, false),
    new Format("sk-", 20, false),
    new Format("npm_", 36, false),
    new Format("hf_", 30, false),
    new Format("ya29.", 20, false),
  };

  /** By the letter in front of a joint, the set of letters in front of that as bits modulo 64. */
  private static final long[] BEFORE_JOINTS = beforeJoints();

  private KeyFormats() {}

  private static long[] beforeJoints() {
    long[] pairs = new long[128];
    for (Format format : FORMATS) {
      int joint = format.joint();
      if (joint >= 0) {
        pairs[format.prefix().charAt(joint - 1)] |= 1L << format.prefix().charAt(joint - 2);
      }
    }
    return pairs;
  }

  /** Whether the dash or underscore at {@code i} is the first one of a prefix. */
  static boolean isJoint(CharSequence text, int floor, int i) {
    if (i - 2 < floor) {
      return false;
    }
    char before = text.charAt(i - 1);
    return before < 128
        && (BEFORE_JOINTS[before] >>> text.charAt(i - 2) & 1) != 0
        && start(text, floor, i) >= 0;
  }

  /** Where the prefix begins whose first dash or underscore is at {@code i}; -1 without one. */
  private static int start(CharSequence text, int floor, int i) {
    for (Format format : FORMATS) {
      int start = i - format.joint();
      if (start < i
          && start >= floor
          && Chars.startsWith(text, start, format.prefix())
          && !Chars.isBase64Url(Chars.before(text, floor, start))) {
        return start;
      }
    }
    return -1;
  }

  /** Whether a key without dashes may begin with the letter at {@code i}. */
  static boolean mayBegin(CharSequence text, int floor, int i) {
    char next = Chars.at(text, i + 1);
    boolean known = next == 'K' || next == 'S' || next == 'I';
    return known && !Chars.isBase64Url(Chars.before(text, floor, i));
  }

  /** The key whose first dash or underscore is at {@code i}. */
  static long around(CharSequence text, int floor, int i) {
    int start = start(text, floor, i);
    return start < 0 ? Span.NONE : key(text, floor, start);
  }

  /** The key that begins at {@code i}. */
  static long key(CharSequence text, int floor, int i) {
    if (Chars.isBase64Url(Chars.before(text, floor, i))) {
      return Span.NONE;
    }
    for (Format format : FORMATS) {
      if (Chars.startsWith(text, i, format.prefix())) {
        return body(text, i, format);
      }
    }
    return Span.NONE;
  }

  private static long body(CharSequence text, int i, Format format) {
    int start = i + format.prefix().length();
    int end = start;
    boolean digit = false;
    boolean upper = false;
    while (Chars.isBase64Url(Chars.at(text, end))) {
      digit |= Chars.isDigit(text.charAt(end));
      upper |= Chars.isUpper(text.charAt(end++));
    }
    boolean random = format.upperOnly() ? isUpperOnly(text, start, end) : digit || upper;
    return end - start >= format.least() && random ? Span.of(Rule.KEY, i, end) : Span.NONE;
  }

  private static boolean isUpperOnly(CharSequence text, int start, int end) {
    for (int k = start; k < end; k++) {
      if (!Chars.isUpper(text.charAt(k)) && !Chars.isDigit(text.charAt(k))) {
        return false;
      }
    }
    return end - start == 16;
  }

  /** The private key whose first line begins at {@code i}; one without an end takes the rest. */
  static long privateKey(CharSequence text, int i) {
    if (!Chars.startsWith(text, i, BEGIN)) {
      return Span.NONE;
    }
    int label = i + BEGIN.length();
    int close = find(text, DASHES, label, label + MAX_LABEL);
    if (close < 0 || find(text, "PRIVATE KEY", label, close) < 0) {
      return Span.NONE;
    }
    int end = find(text, END, close, text.length());
    if (end < 0) {
      return Span.of(Rule.KEY, i, text.length());
    }
    int last = find(text, DASHES, end + END.length(), end + END.length() + MAX_LABEL);
    return Span.of(Rule.KEY, i, last < 0 ? end + END.length() : last + DASHES.length());
  }

  private static int find(CharSequence text, String word, int from, int to) {
    int last = Math.min(to, text.length()) - word.length();
    for (int k = from; k <= last; k++) {
      if (Chars.startsWith(text, k, word)) {
        return k;
      }
    }
    return -1;
  }
}

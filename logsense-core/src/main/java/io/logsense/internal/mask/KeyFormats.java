package io.logsense.internal.mask;

/** Keys whose provider gave them a prefix of their own, and private keys in PEM form. */
final class KeyFormats {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";
  private static final int MAX_LABEL = 48;

  /** A prefix and the fewest characters behind it. */
  private record Format(String prefix, int least, boolean upperOnly) {}

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

  private KeyFormats() {}

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

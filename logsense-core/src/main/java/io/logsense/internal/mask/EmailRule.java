package io.logsense.internal.mask;

/**
 * E-mail addresses: a local part of at most 64 characters, {@code @} or {@code %40}, and a domain
 * of at least two labels.
 *
 * <p>Not {@code Object@1b2c}, {@code image@2x.png}, {@code getty@tty1.service}, {@code
 * module@6.2.0.Final}, {@code git@host:path} and the user of a URL.
 */
final class EmailRule {
  private static final int MAX_LOCAL = 64;
  private static final int MAX_DOMAIN = 253;

  /** Last labels that are file types, units or release names and no top-level domains. */
  private static final String[] NOT_DOMAINS = {
    "png",
    "jpg",
    "jpeg",
    "gif",
    "svg",
    "webp",
    "ico",
    "css",
    "js",
    "mjs",
    "jsx",
    "ts",
    "tsx",
    "json",
    "xml",
    "yml",
    "yaml",
    "html",
    "htm",
    "txt",
    "log",
    "csv",
    "jar",
    "war",
    "ear",
    "class",
    "java",
    "kt",
    "gz",
    "tgz",
    "tar",
    "exe",
    "dll",
    "conf",
    "cfg",
    "ini",
    "properties",
    "service",
    "socket",
    "slice",
    "scope",
    "mount",
    "timer",
    "target",
    "device",
    "swap",
    "final",
    "release",
    "snapshot",
    "beta",
    "alpha",
    "rc",
  };

  private EmailRule() {}

  /** The address around the separator at {@code i} that is {@code width} characters wide. */
  static long at(CharSequence text, int floor, int i, int width) {
    int start = localStart(text, floor, i);
    if (start < 0) {
      return Span.NONE;
    }
    int domain = i + width;
    int end = domainEnd(text, domain);
    if (end < 0
        || Chars.at(text, end) == '('
        || isVersion(text, domain, end)
        || isHashCode(text, start, i, domain)
        || isRepository(text, start, i, end)) {
      return Span.NONE;
    }
    return Span.of(Rule.EMAIL, start, end);
  }

  private static int localStart(CharSequence text, int floor, int i) {
    int start = i;
    while (start > floor && isLocal(text.charAt(start - 1))) {
      if (i - --start > MAX_LOCAL) {
        return -1;
      }
    }
    if (Chars.before(text, floor, start) == '/' && Chars.before(text, floor, start - 1) == '/') {
      return -1;
    }
    while (start < i && !isLocalEdge(text.charAt(start))) {
      start++;
    }
    return start < i && text.charAt(i - 1) != '.' ? start : -1;
  }

  private static boolean isLocal(char c) {
    return isLocalEdge(c) || c == '.' || c == '-' || c == '%' || c == '\'';
  }

  private static boolean isLocalEdge(char c) {
    return Chars.isWord(c) || c == '+' || isForeignLetter(c);
  }

  private static boolean isForeignLetter(char c) {
    return c > 127 && Character.isLetterOrDigit(c);
  }

  /** Index behind a domain that ends in a plausible top-level domain; -1 if there is none. */
  private static int domainEnd(CharSequence text, int from) {
    int i = from;
    int label = from;
    int labels = 1;
    while (i - from <= MAX_DOMAIN) {
      char c = Chars.at(text, i);
      if (Chars.isAlphanumeric(c) || isForeignLetter(c) || (c == '-' && i > label)) {
        i++;
      } else if (c == '.' && i > label && isLabelStart(Chars.at(text, i + 1))) {
        label = ++i;
        labels++;
      } else {
        break;
      }
    }
    int end = label;
    while (end < i && (Chars.isLetter(text.charAt(end)) || isForeignLetter(text.charAt(end)))) {
      end++;
    }
    boolean whole = end == i || text.charAt(end) == '-' || Chars.startsWith(text, label, "xn--");
    boolean plausible =
        labels > 1
            && end - label >= 2
            && whole
            && Chars.at(text, end) != '_'
            && i - from <= MAX_DOMAIN;
    if (!plausible || isKnownEnding(text, label, end)) {
      return -1;
    }
    return Chars.startsWith(text, label, "xn--") ? i : end;
  }

  private static boolean isLabelStart(char c) {
    return Chars.isAlphanumeric(c) || isForeignLetter(c);
  }

  private static boolean isKnownEnding(CharSequence text, int label, int end) {
    for (String word : NOT_DOMAINS) {
      if (end - label == word.length() && Chars.matches(text, label, word)) {
        return true;
      }
    }
    return false;
  }

  /** Three or more labels, all numbers but the last: {@code 6.2.0.Final}, {@code 5.3.GA}. */
  private static boolean isVersion(CharSequence text, int domain, int end) {
    int dots = 0;
    int lastDot = domain;
    boolean letters = false;
    boolean lettersBeforeLastDot = false;
    for (int i = domain; i < end; i++) {
      char c = text.charAt(i);
      if (c == '.') {
        dots++;
        lastDot = i;
        lettersBeforeLastDot = letters;
      } else if (!Chars.isDigit(c)) {
        letters = true;
      }
    }
    return dots > 1 && !lettersBeforeLastDot && lastDot > domain;
  }

  /** A class name in front and an identity hash code behind: {@code Worker@4f3c2b.run}. */
  private static boolean isHashCode(CharSequence text, int start, int at, int domain) {
    int name = at;
    while (name > start && text.charAt(name - 1) != '.') {
      name--;
    }
    int end = domain;
    boolean digit = false;
    boolean letter = false;
    while (Chars.isHex(Chars.at(text, end))) {
      boolean isDigit = Chars.isDigit(text.charAt(end++));
      digit |= isDigit;
      letter |= !isDigit;
    }
    int length = end - domain;
    return Chars.isUpper(text.charAt(name))
        && Chars.at(text, end) == '.'
        && digit
        && (letter || length > 4)
        && length >= 4
        && length <= 8;
  }

  /** {@code git@host:path}. */
  private static boolean isRepository(CharSequence text, int start, int at, int end) {
    return at - start == 3
        && Chars.matches(text, start, "git")
        && Chars.at(text, end) == ':'
        && Chars.isWord(Chars.at(text, end + 1));
  }
}

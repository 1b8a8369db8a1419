package io.logsense.internal.mask;

/**
 * IP addresses. A zone ({@code %eth0}) belongs to the address; port, prefix length and brackets
 * stay.
 *
 * <p>Loopback and unspecified addresses and netmasks stay: they name nobody and help a reader.
 */
final class AddressRule {
  private static final int MAX_ZONE = 16;
  private static final String[] VERSION_WORDS = {
    "version",
    "ver",
    "v",
    "release",
    "rev",
    "revision",
    "build",
    "section",
    "chapter",
    "oid",
    "firmware",
    "driver",
  };
  private static final String[] RELEASE_WORDS = {
    "snapshot", "rc", "beta", "alpha", "final", "ga", "release", "build", "pre", "patch", "hotfix",
  };

  private AddressRule() {}

  /** The IPv4 address that begins at the digit at {@code i}. */
  static long v4(CharSequence text, int floor, int i) {
    int end = v4End(text, i);
    if (end < 0 || !startsAddress(text, floor, i) || !endsAddress(text, end)) {
      return Span.NONE;
    }
    if (isHarmless(text, i, end) || isVersion(text, floor, i, end)) {
      return Span.NONE;
    }
    return Span.of(Rule.IP, i, end);
  }

  /** Index behind four octets; -1 if there are not four. */
  private static int v4End(CharSequence text, int i) {
    int end = i;
    for (int octet = 0; octet < 4; octet++) {
      int next = octetEnd(text, end);
      if (next < 0 || (octet < 3 && Chars.at(text, next) != '.')) {
        return -1;
      }
      end = octet < 3 ? next + 1 : next;
    }
    return end;
  }

  private static int octetEnd(CharSequence text, int i) {
    int end = i;
    int value = 0;
    while (end - i < 3 && Chars.isDigit(Chars.at(text, end))) {
      value = value * 10 + text.charAt(end++) - '0';
    }
    return end > i && value <= 255 && !Chars.isDigit(Chars.at(text, end)) ? end : -1;
  }

  private static boolean startsAddress(CharSequence text, int floor, int i) {
    char c = Chars.before(text, floor, i);
    boolean inNumber = c == '.' && Chars.isAlphanumeric(Chars.before(text, floor, i - 1));
    return !Chars.isWord(c) && !inNumber;
  }

  private static boolean endsAddress(CharSequence text, int end) {
    char c = Chars.at(text, end);
    char next = Chars.at(text, end + 1);
    if (c == '.') {
      return !Chars.isAlphanumeric(next) || Chars.matches(text, end + 1, "in-addr");
    }
    if (c == '-' || c == '+') {
      return !isReleaseWord(text, end + 1);
    }
    return !Chars.isWord(c) && c != '@';
  }

  private static boolean isReleaseWord(CharSequence text, int i) {
    for (String word : RELEASE_WORDS) {
      if (Chars.matches(text, i, word) && !Chars.isLetter(Chars.at(text, i + word.length()))) {
        return true;
      }
    }
    return false;
  }

  /** 127.0.0.0/8, 0.0.0.0 and netmasks. */
  private static boolean isHarmless(CharSequence text, int i, int end) {
    if (Chars.startsWith(text, i, "127.") || Chars.startsWith(text, i, "255.")) {
      return true;
    }
    for (int k = i; k < end; k++) {
      char c = text.charAt(k);
      if (c != '0' && c != '.') {
        return false;
      }
    }
    return true;
  }

  /** Behind a word such as "version", or a product with a version that ends in zeroes. */
  private static boolean isVersion(CharSequence text, int floor, int i, int end) {
    boolean product =
        Chars.before(text, floor, i) == '/'
            && Chars.isLetter(Chars.before(text, floor, i - 1))
            && Chars.startsWith(text, end - 4, ".0.0");
    boolean packaged =
        i - 3 >= floor && Chars.before(text, floor, i) == ':' && isArchive(text, floor, i - 1);
    return product
        || packaged
        || isFileVersion(text, floor, i, end)
        || isNamedVersion(text, floor, i);
  }

  /** {@code [shop.jar:1.2.3.4]} and {@code [shop.jar!/:1.2.3.4]} behind a stack frame. */
  private static boolean isArchive(CharSequence text, int floor, int colon) {
    return Chars.startsWith(text, colon - 2, "!/")
        || (colon - 4 >= floor
            && (Chars.startsWith(text, colon - 4, ".jar")
                || Chars.startsWith(text, colon - 4, ".war")));
  }

  /** {@code core-1.10.2-4.1.0.12.jar}, {@code tools-4.1.0.12-universal.jar}. */
  private static boolean isFileVersion(CharSequence text, int floor, int i, int end) {
    if (Chars.before(text, floor, i) != '-' || !Chars.isWord(Chars.before(text, floor, i - 1))) {
      return false;
    }
    int digits = i - 1;
    while (digits > floor && Chars.isDigit(text.charAt(digits - 1))) {
      digits--;
    }
    boolean behindVersion = digits < i - 1 && Chars.before(text, floor, digits) == '.';
    char after = Chars.at(text, end);
    boolean suffix = after == '+' || (after == '-' && Chars.isLetter(Chars.at(text, end + 1)));
    return behindVersion || suffix;
  }

  private static boolean isNamedVersion(CharSequence text, int floor, int i) {
    int end = i;
    while (end > floor && i - end < 4 && !Chars.isWord(text.charAt(end - 1))) {
      end--;
    }
    int start = end;
    while (start > floor && end - start <= 10 && Chars.isLetter(text.charAt(start - 1))) {
      start--;
    }
    for (String word : VERSION_WORDS) {
      boolean whole = end - start == word.length();
      boolean compound = word.length() > 6 && end - word.length() >= floor;
      if ((whole || compound) && Chars.matches(text, end - word.length(), word)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The IPv6 address whose first colon is at {@code i}.
   *
   * <p>Only addresses in use are known: global unicast (2000::/3), unique local (fc00::/7),
   * link-local (fe80::/10), multicast (ff00::/8), NAT64 and mapped IPv4. That keeps times, hardware
   * addresses, hex dumps and the scopes of C++ and Rust out.
   */
  static long v6(CharSequence text, int floor, int i) {
    int start = i;
    while (start > floor && i - start <= 4 && Chars.isHex(text.charAt(start - 1))) {
      start--;
    }
    if (!isKnownRange(text, start, i) || !startsV6(text, floor, start)) {
      return Span.NONE;
    }
    int end = v6End(text, start);
    if (end < 0) {
      return Span.NONE;
    }
    char after = Chars.at(text, end);
    boolean inWord = Chars.isWord(after) || (after == ':' && Chars.isWord(Chars.at(text, end + 1)));
    return inWord ? Span.NONE : Span.of(Rule.IP, start, zoneEnd(text, end));
  }

  /** Whether what stands around the colon at {@code i} may begin an address in use. */
  static boolean mayBeV6(CharSequence text, int floor, int i, char next) {
    int start = i;
    while (start > floor && i - start <= 4 && Chars.isHex(text.charAt(start - 1))) {
      start--;
    }
    char first = text.charAt(start);
    return switch (i - start) {
      case 0 -> next == ':';
      case 2 -> first == '6';
      case 4 -> first == '2' || first == '3' || Chars.lower(first) == 'f';
      default -> false;
    };
  }

  private static boolean startsV6(CharSequence text, int floor, int start) {
    char c = Chars.before(text, floor, start);
    if (c == ':') {
      return text.charAt(start) != ':' && !Chars.isWord(Chars.before(text, floor, start - 1));
    }
    return !Chars.isWord(c);
  }

  private static boolean isKnownRange(CharSequence text, int start, int colon) {
    char first = Chars.lower(text.charAt(start));
    char second = Chars.lower(Chars.at(text, start + 1));
    char third = Chars.lower(Chars.at(text, start + 2));
    return switch (colon - start) {
      case 0 -> Chars.matches(text, start, "::ffff:") && Chars.isHex(Chars.at(text, start + 7));
      case 2, 4 ->
          colon - start == 2
              ? Chars.matches(text, start, "64:ff9b:")
              : first == '2'
                  || first == '3'
                  || (first == 'f' && (second == 'c' || second == 'd' || second == 'f'))
                  || (first == 'f' && second == 'e' && "89ab".indexOf(third) >= 0);
      default -> false;
    };
  }

  /** Index behind an address in any notation; -1 if there is none. */
  private static int v6End(CharSequence text, int start) {
    int i = start;
    int groups = 0;
    boolean compressed = false;
    while (true) {
      if (Chars.at(text, i) == ':' && Chars.at(text, i + 1) == ':') {
        if (compressed || Chars.at(text, i + 2) == ':') {
          return -1;
        }
        compressed = true;
        i += 2;
      } else if (groups > 0) {
        if (Chars.at(text, i) != ':' || !Chars.isHex(Chars.at(text, i + 1)) || groups == 8) {
          break;
        }
        i++;
      }
      int tail = v4End(text, i);
      if (tail >= 0 && groups <= 6) {
        i = tail;
        groups += 2;
        break;
      }
      int end = i;
      while (Chars.isHex(Chars.at(text, end)) && end - i < 5) {
        end++;
      }
      if (end == i) {
        break;
      }
      if (end - i > 4) {
        return -1;
      }
      groups++;
      i = end;
    }
    return (compressed ? groups <= 7 : groups == 8) ? i : -1;
  }

  private static int zoneEnd(CharSequence text, int end) {
    if (Chars.at(text, end) != '%') {
      return end;
    }
    int zone = end + 1;
    while (zone - end <= MAX_ZONE && isZone(Chars.at(text, zone))) {
      zone++;
    }
    return zone > end + 1 ? zone : end;
  }

  private static boolean isZone(char c) {
    return Chars.isWord(c) || c == '-';
  }
}

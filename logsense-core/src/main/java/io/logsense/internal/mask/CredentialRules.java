package io.logsense.internal.mask;

/** Credentials that are known by their own shape or by the scheme in front of them. */
final class CredentialRules {
  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";
  private static final int MIN_HEADER = 12;
  private static final int MIN_BEARER = 20;
  private static final int MAX_AUTHORITY = 512;
  private static final int MAX_BASIC = 512;
  private static final String BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private CredentialRules() {}

  /** The JSON web token that begins at the {@code e} at {@code i}. */
  static long jwt(CharSequence text, int floor, int i) {
    char c = Chars.before(text, floor, i);
    if (!Chars.startsWith(text, i, "eyJ") || Chars.isBase64Url(c) || c == '.') {
      return Span.NONE;
    }
    int end = i;
    int dots = 0;
    int headerEnd = 0;
    int payload = 0;
    while (Chars.isBase64Url(Chars.at(text, end)) || (Chars.at(text, end) == '.' && dots < 4)) {
      if (text.charAt(end) == '.') {
        dots++;
        headerEnd = dots == 1 ? end : headerEnd;
      } else if (dots == 1) {
        payload++;
      }
      end++;
    }
    while (dots > 2 && text.charAt(end - 1) == '.') {
      end--;
      dots--;
    }
    boolean signed = dots == 2 && payload >= 4;
    boolean shaped = (signed || dots == 4) && headerEnd - i >= MIN_HEADER;
    return shaped ? Span.of(Rule.JWT, i, end) : Span.NONE;
  }

  /** Whether the word "Bearer" or "Basic" and a blank stand at {@code i}. */
  static boolean isScheme(CharSequence text, int floor, int i) {
    return switch (Chars.at(text, i + 2)) {
      case 'a', 'A' ->
          Chars.matches(text, i, BEARER) && !Chars.isWord(Chars.before(text, floor, i));
      case 's', 'S' -> Chars.matches(text, i, BASIC) && !Chars.isWord(Chars.before(text, floor, i));
      default -> false;
    };
  }

  /** The credentials behind the word "Bearer" or "Basic" at {@code i}. */
  static long scheme(CharSequence text, int i) {
    return Chars.matches(text, i, BEARER)
        ? bearer(text, i + BEARER.length())
        : basic(text, i + BASIC.length());
  }

  private static long bearer(CharSequence text, int start) {
    int end = start;
    boolean digit = false;
    while (isToken68(Chars.at(text, end))) {
      digit |= Chars.isDigit(text.charAt(end++));
    }
    int trimmed = end;
    while (trimmed > start && text.charAt(trimmed - 1) == '.') {
      trimmed--;
    }
    while (Chars.at(text, end) == '=') {
      trimmed = ++end;
    }
    boolean secret = trimmed - start >= MIN_BEARER || (digit && trimmed - start >= 8);
    boolean parameter = Chars.at(text, end) == '"' || Chars.isWord(Chars.at(text, end));
    boolean assigned = trimmed > start && text.charAt(trimmed - 1) == '=' && parameter;
    return secret && !assigned ? Span.of(Rule.TOKEN, start, trimmed) : Span.NONE;
  }

  private static boolean isToken68(char c) {
    return Chars.isBase64Url(c) || c == '.' || c == '~' || c == '+' || c == '/';
  }

  /** Base64 of printable text with a colon in it, which no word of prose is. */
  private static long basic(CharSequence text, int start) {
    int end = start;
    int bits = 0;
    int pending = 0;
    boolean colon = false;
    int value;
    while (end - start < MAX_BASIC && (value = BASE64.indexOf(Chars.at(text, end))) >= 0) {
      bits = bits << 6 | value;
      pending += 6;
      if (pending >= 8) {
        pending -= 8;
        int decoded = bits >> pending & 0xff;
        if (decoded < 0x20) {
          return Span.NONE;
        }
        colon |= decoded == ':';
      }
      end++;
    }
    while (Chars.at(text, end) == '=') {
      end++;
    }
    return colon ? Span.of(Rule.TOKEN, start, end) : Span.NONE;
  }

  /** Whether a user stands behind the {@code ://} at {@code i}. */
  static boolean mayBeUrl(CharSequence text, int i) {
    int k = i + 3;
    while (k - i < MAX_AUTHORITY && isAuthority(Chars.at(text, k))) {
      if (text.charAt(k++) == '@') {
        return true;
      }
    }
    return false;
  }

  /** The password in {@code scheme://user:password@host}, whose first colon is at {@code i}. */
  static long url(CharSequence text, int floor, int i) {
    if (!Chars.isAlphanumeric(Chars.before(text, floor, i))) {
      return Span.NONE;
    }
    int colon = -1;
    int at = -1;
    int k = i + 3;
    while (k - i < MAX_AUTHORITY && isAuthority(Chars.at(text, k))) {
      char c = text.charAt(k);
      if (c == ':' && colon < 0) {
        colon = k;
      } else if (c == '@') {
        at = k;
      }
      k++;
    }
    boolean password = colon > 0 && at > colon + 1;
    return password && !Placeholders.contains(text, colon + 1, at)
        ? Span.of(Rule.PASSWORD, colon + 1, at)
        : Span.NONE;
  }

  private static boolean isAuthority(char c) {
    return c > ' ' && "/?#\"'<>\\".indexOf(c) < 0;
  }
}

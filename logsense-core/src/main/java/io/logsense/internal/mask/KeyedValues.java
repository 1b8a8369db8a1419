package io.logsense.internal.mask;

import io.logsense.internal.mask.SensitiveKeys.Kind;

/**
 * Values of sensitive keys: {@code password=…}, {@code "pwd":"…"}, {@code X-Api-Key: …}, {@code
 * Authorization: Bearer …}, {@code --token …}. The key stays.
 *
 * <p>Prose stays as well: a bare value of lower-case letters behind a colon and a blank that is
 * followed by another such word ("Invalid password: too short").
 */
final class KeyedValues {
  private static final int MIN_RANDOM = 8;
  private static final int MIN_WORD = 20;
  private static final int MAX_SCHEME = 24;

  /** How much of a value is read before it is decided to hide it, which consumes it. */
  private static final int GLIMPSE = 128;

  private static final String[] SCHEMES = {
    "basic",
    "bearer",
    "digest",
    "negotiate",
    "ntlm",
    "token",
    "apikey",
    "aws4-hmac-sha256",
    "hmac",
    "sharedkey",
    "sharedaccesssignature",
    "key",
  };

  private KeyedValues() {}

  /** Whether a sensitive key stands in front of the separator at {@code i}. */
  static boolean isKey(CharSequence text, int floor, int i) {
    char before = Chars.before(text, floor, i);
    return Chars.isLetter(before)
        ? SensitiveKeys.kind(text, floor, i) != null
        : !Chars.isWord(before) && SensitiveKeys.kind(text, floor, keyEnd(text, floor, i)) != null;
  }

  /** The value behind the separator at {@code i}, an equals sign or a colon. */
  static long at(CharSequence text, int floor, int i) {
    int end = keyEnd(text, floor, i);
    Kind kind = SensitiveKeys.kind(text, floor, end);
    if (kind == null || !isSeparator(text, floor, i) || isClassName(text, floor, i, end)) {
      return Span.NONE;
    }
    int start = i + 1;
    if (text.charAt(i) == '=' && Chars.at(text, start) == '>') {
      start++;
    }
    return value(text, kind, start, isPath(text, end));
  }

  /** The value of the option whose first dash is at {@code i}: {@code --password value}. */
  static long option(CharSequence text, int floor, int i) {
    int end = i + 2;
    while (end - i < 40 && Chars.isBase64Url(Chars.at(text, end))) {
      end++;
    }
    char first = Chars.at(text, end + 1);
    if (Chars.at(text, end) != ' ' || first <= ' ' || first == '-' || first == '(') {
      return Span.NONE;
    }
    Kind kind = SensitiveKeys.kind(text, Math.max(floor, i + 2), end);
    return kind == null ? Span.NONE : value(text, kind, end, false);
  }

  /** The text of the element whose start tag ends at {@code i}: {@code <password>…</password>}. */
  static long element(CharSequence text, int floor, int i) {
    Kind kind = SensitiveKeys.kind(text, floor, i);
    if (kind == null) {
      return Span.NONE;
    }
    int name = i;
    while (name > floor && i - name < 64 && isName(text.charAt(name - 1))) {
      name--;
    }
    int end = i + 1;
    while (end - i < GLIMPSE && Chars.at(text, end) != '<' && end < text.length()) {
      end++;
    }
    boolean closed = Chars.startsWith(text, end, "</") && end > i + 1;
    if (!closed || Chars.before(text, floor, name) != '<') {
      return Span.NONE;
    }
    long span = value(text, kind, i + 1, false);
    boolean secret = span != Span.NONE && Span.end(span) <= end;
    return secret ? Span.of(Span.rule(span), i + 1, end) : Span.NONE;
  }

  private static boolean isName(char c) {
    return Chars.isBase64Url(c) || c == '.' || c == ':';
  }

  private static int keyEnd(CharSequence text, int floor, int i) {
    int end = i;
    if (Chars.isSpace(Chars.before(text, floor, end))) {
      end--;
    }
    char quote = Chars.before(text, floor, end);
    if (quote == '"' || quote == '\'' || quote == ']') {
      end--;
    }
    return Chars.before(text, floor, end) == '\\' ? end - 1 : end;
  }

  private static boolean isSeparator(CharSequence text, int floor, int i) {
    char next = Chars.at(text, i + 1);
    char previous = Chars.before(text, floor, i);
    return text.charAt(i) == '='
        ? next != '=' && previous != '=' && previous != '!' && previous != '<'
        : next != ':' && next != '=' && previous != ':';
  }

  /** {@code com.shop.InvalidPassword: message}: what stands before the colon is a type. */
  private static boolean isClassName(CharSequence text, int floor, int i, int end) {
    if (text.charAt(i) != ':' || end < i - 1) {
      return false;
    }
    int start = end;
    while (start > floor && end - start < 64 && Chars.isWord(text.charAt(start - 1))) {
      start--;
    }
    return Chars.isUpper(Chars.at(text, start))
        && Chars.before(text, floor, start) == '.'
        && Chars.isWord(Chars.before(text, floor, start - 1));
  }

  /** Whether the key is {@code PWD}, which holds a directory in every shell. */
  private static boolean isPath(CharSequence text, int end) {
    return Chars.matches(text, end - 3, "pwd");
  }

  private static long value(CharSequence text, Kind kind, int from, boolean mayBePath) {
    int start = from;
    while (start - from < 2 && Chars.isSpace(Chars.at(text, start))) {
      start++;
    }
    boolean spaced = start > from;
    char quote = '\0';
    int escape = Chars.at(text, start) == '\\' ? 1 : 0;
    char first = Chars.at(text, start + escape);
    if (first == '"' || first == '\'') {
      quote = first;
      start += escape + 1;
    }
    if (start >= text.length() || Chars.isToken(text, start)) {
      return Span.NONE;
    }
    return switch (kind) {
      case PHONE -> NumberRules.value(text, start, Rule.PHONE, 7, 15);
      case CARD -> NumberRules.value(text, start, Rule.CREDIT_CARD, 12, 19);
      case CARD_CODE -> NumberRules.value(text, start, Rule.CREDIT_CARD, 3, 4);
      case SSN -> NumberRules.value(text, start, Rule.SSN, 9, 9);
      case AUTHORIZATION -> authorization(text, start, quote);
      case COOKIE -> cookie(text, start, quote);
      case PASSWORD, TOKEN, KEY -> secret(text, kind, start, quote, escape, spaced, mayBePath);
    };
  }

  private static long secret(
      CharSequence text,
      Kind kind,
      int from,
      char quote,
      int escape,
      boolean spaced,
      boolean mayBePath) {
    int start = from;
    if (quote == '\0' && Chars.at(text, start) == '[') {
      start++;
    }
    if (Chars.isToken(text, start) || Placeholders.begins(text, start)) {
      return Span.NONE;
    }
    int glimpse = end(text, start, quote, escape, start + GLIMPSE);
    if (Placeholders.contains(text, start, glimpse)) {
      return Span.NONE;
    }
    boolean bare = quote == '\0';
    boolean prose = bare && isProse(text, start, glimpse, spaced);
    if (prose || (bare && mayBePath && isPathStart(text, start))) {
      return Span.NONE;
    }
    boolean hidden =
        kind == Kind.PASSWORD ? !isCount(text, start, glimpse) : isRandom(text, start, glimpse);
    return hidden
        ? defer(text, kind, start, end(text, start, quote, escape, text.length()))
        : Span.NONE;
  }

  /** A value with a format of its own is named after that. */
  private static long defer(CharSequence text, Kind kind, int start, int end) {
    long jwt = CredentialRules.jwt(text, start, start);
    return jwt != Span.NONE && Span.end(jwt) <= end ? jwt : Span.of(kind.rule, start, end);
  }

  /** Index behind the value, looking no further than {@code limit}. */
  private static int end(CharSequence text, int start, char quote, int escape, int limit) {
    int last = Math.min(limit, text.length());
    if (quote == '\0') {
      return bareEnd(text, start, last);
    }
    int i = start;
    while (i < last && !Chars.isLineEnd(text.charAt(i))) {
      char c = text.charAt(i);
      boolean closed = escape == 0 ? c == quote : c == '\\' && Chars.at(text, i + 1) == quote;
      if (closed) {
        return i;
      }
      i += c == '\\' ? 2 : 1;
    }
    return i >= last && last < text.length() ? last : bareEnd(text, start, last);
  }

  /** A bare value ends at a blank, a quote, {@code & ;}, or a comma or bracket that closes it. */
  private static int bareEnd(CharSequence text, int start, int limit) {
    int i = start;
    while (i < limit) {
      char c = text.charAt(i);
      if (c <= ' ' || c == '"' || c == '\'' || c == '&' || c == ';' || c == '<' || c == '\\') {
        break;
      }
      if ((c == ')' || c == ']' || c == '}' || c == '>') && !Chars.isWord(Chars.at(text, i + 1))) {
        break;
      }
      if (c == ',' && closes(text, i + 1)) {
        break;
      }
      i++;
    }
    while (i > start && (text.charAt(i - 1) == '.' || text.charAt(i - 1) == ':')) {
      i--;
    }
    return i;
  }

  /** Whether a new field, a blank or nothing follows a comma. */
  private static boolean closes(CharSequence text, int i) {
    int k = i;
    while (k - i < 32 && Chars.isBase64Url(Chars.at(text, k))) {
      k++;
    }
    char c = Chars.at(text, k);
    return k == i || c == '=' || c == ':';
  }

  private static boolean isProse(CharSequence text, int start, int end, boolean spaced) {
    if (!spaced) {
      return false;
    }
    for (int i = start; i < end; i++) {
      if (!Chars.isLetter(text.charAt(i)) || (i > start && Chars.isUpper(text.charAt(i)))) {
        return false;
      }
    }
    return Chars.at(text, end) == ' ' && Chars.isLetter(Chars.at(text, end + 1));
  }

  private static boolean isPathStart(CharSequence text, int start) {
    char c = text.charAt(start);
    return c == '/' || c == '~' || (Chars.at(text, start + 1) == ':' && Chars.isLetter(c));
  }

  /** Up to three digits: {@code pass=3 fail=0}. */
  private static boolean isCount(CharSequence text, int start, int end) {
    return end - start <= 3 && Chars.digits(text, start, 4) == end;
  }

  /** Long, or with a digit, and not a printed object such as {@code Token@1b2c}. */
  private static boolean isRandom(CharSequence text, int start, int end) {
    boolean digit = false;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      digit |= Chars.isDigit(c);
      if (c == '@' || c == '(' || c == '{') {
        return false;
      }
    }
    return end - start >= MIN_WORD || (digit && end - start >= MIN_RANDOM);
  }

  private static long authorization(CharSequence text, int from, char quote) {
    int start = from;
    while (start - from < MAX_SCHEME && isSchemeLetter(Chars.at(text, start))) {
      start++;
    }
    boolean scheme = Chars.at(text, start) == ' ' && isScheme(text, from, start);
    start = scheme ? start + 1 : from;
    if (Chars.isToken(text, start) || Placeholders.begins(text, start)) {
      return Span.NONE;
    }
    int glimpse = bareEnd(text, start, Math.min(start + GLIMPSE, text.length()));
    boolean hidden = scheme || isRandom(text, start, glimpse);
    if (!hidden || Placeholders.contains(text, start, glimpse)) {
      return Span.NONE;
    }
    boolean parameters = scheme && !oneToken(text, from);
    int end = parameters ? headerEnd(text, start, quote) : bareEnd(text, start, text.length());
    return defer(text, Kind.AUTHORIZATION, start, end);
  }

  private static boolean isSchemeLetter(char c) {
    return Chars.isAlphanumeric(c) || c == '-';
  }

  private static boolean isScheme(CharSequence text, int start, int end) {
    for (String scheme : SCHEMES) {
      if (end - start == scheme.length() && Chars.matches(text, start, scheme)) {
        return true;
      }
    }
    return false;
  }

  /** Whether credentials of the scheme at {@code i} are one word and not a list of parameters. */
  private static boolean oneToken(CharSequence text, int i) {
    return !Chars.matches(text, i, "digest")
        && !Chars.matches(text, i, "aws4")
        && !Chars.matches(text, i, "hmac")
        && !Chars.matches(text, i, "sharedaccess");
  }

  private static long cookie(CharSequence text, int start, char quote) {
    int equals = start;
    while (equals - start < GLIMPSE && Chars.isBase64Url(Chars.at(text, equals))) {
      equals++;
    }
    boolean pair = equals > start && Chars.at(text, equals) == '=';
    return pair ? Span.of(Rule.TOKEN, start, headerEnd(text, start, quote)) : Span.NONE;
  }

  private static int headerEnd(CharSequence text, int start, char quote) {
    int i = start;
    while (i < text.length() && !Chars.isLineEnd(text.charAt(i))) {
      if (quote != '\0' && text.charAt(i) == quote) {
        break;
      }
      i++;
    }
    while (i > start && Chars.isSpace(text.charAt(i - 1))) {
      i--;
    }
    return i > start && quote != '\0' && text.charAt(i - 1) == '\\' ? i - 1 : i;
  }
}

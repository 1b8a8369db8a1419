package io.logsense.internal.parse;

import io.logsense.internal.text.Ascii;

/** What a column of a header can look like, asked of the token at the beginning of a stretch. */
final class ColumnShapes {
  private ColumnShapes() {}

  /** Whether the token begins as names do. */
  static boolean name(byte[] b, int from, int to) {
    return from < to && (Ascii.isLetter(b[from]) || b[from] == '_');
  }

  /** Whether the token is a name such as {@code nova.compute.manager}. */
  static boolean dottedName(byte[] b, int from, int to) {
    int end = Ascii.tokenEnd(b, from, to);
    boolean dot = false;
    for (int q = from; q < end; q++) {
      int c = b[q];
      boolean separator = c == '.' || (c == ':' && q + 1 < end && b[q + 1] == ':');
      if (separator) {
        dot = q + 1 < end && !Ascii.isDigit(b[q + 1]);
        q += c == ':' ? 1 : 0;
      } else if (!Ascii.isLetter(c) && !Ascii.isDigit(c) && c != '_' && c != '$' && c != '-') {
        return false;
      }
    }
    return dot && end > from && Ascii.isLetter(b[from]) && b[end - 1] != '.';
  }

  /** Whether the token is a UUID or another long hexadecimal number. */
  static boolean identifier(byte[] b, int from, int to) {
    int end = Ascii.tokenEnd(b, from, to);
    boolean digits = false;
    for (int q = from; q < end; q++) {
      digits |= Ascii.isDigit(b[q]);
      if (!Ascii.isHexDigit(b[q]) && b[q] != '-') {
        return false;
      }
    }
    return digits && end - from >= 8;
  }

  /** Whether more than one blank is behind the token. */
  static boolean padded(byte[] b, int from, int to) {
    int end = Ascii.tokenEnd(b, from, to);
    return end > from && end + 1 < to && (b[end] == '\t' || (b[end] == ' ' && b[end + 1] == ' '));
  }

  /** Whether the token is {@code file.go:12}, as loggers print where they were called. */
  static boolean caller(byte[] b, int from, int to) {
    int end = Ascii.tokenEnd(b, from, to);
    while (end > from && (b[end - 1] == ':' || b[end - 1] == ']')) {
      end--;
    }
    int digits = end;
    while (digits > from && Ascii.isDigit(b[digits - 1])) {
      digits--;
    }
    int colon = digits - 1;
    if (digits == end || colon <= from || b[colon] != ':') {
      return false;
    }
    int dot = colon;
    while (dot > from && Ascii.isLetter(b[dot - 1])) {
      dot--;
    }
    return dot > from && colon - dot <= 5 && colon > dot && b[dot - 1] == '.';
  }

  /** A bracket that does not read {@code [key: value]}: that is how messages begin. */
  static boolean headerBracket(byte[] b, int from, int to) {
    if (from >= to || (b[from] != '[' && b[from] != '(' && b[from] != '<')) {
      return false;
    }
    int end = Ascii.bracketEnd(b, from, Math.min(to, from + 400));
    if (end < 0) {
      return false;
    }
    for (int q = from + 1; q + 2 < end; q++) {
      if (b[q] == ':' && b[q + 1] == ' ' && Ascii.isLetter(b[q - 1])) {
        return false;
      }
    }
    return end >= to || Ascii.isBlank(b[end]) || "[(<:|-]".indexOf(b[end]) >= 0;
  }

  /** The end of a short text without brackets that a dash follows, or -1. */
  static int dashAhead(byte[] b, int from, int to) {
    int p = from;
    for (int tokens = 0; tokens < 4; tokens++) {
      int end = Ascii.tokenEnd(b, p, to);
      int next = Ascii.skipBlanks(b, end, to);
      if (next + 1 < to && b[next] == '-' && b[next + 1] == ' ') {
        return end > p && Ascii.indexOf(b, from, end, '[') < 0 ? end : -1;
      }
      p = next;
    }
    return -1;
  }

  /** Whether the token has neither letters nor digits. */
  static boolean punctuation(byte[] b, int from, int to) {
    int end = Ascii.tokenEnd(b, from, to);
    for (int q = from; q < end; q++) {
      if (Ascii.isLetter(b[q]) || Ascii.isDigit(b[q])) {
        return false;
      }
    }
    return end > from;
  }
}

package io.logsense.internal.parse;

import io.logsense.internal.text.Ascii;
import org.jspecify.annotations.Nullable;

/** Reads {@code key=value key="quoted \" value"} from bytes. */
final class KeyValues {
  private static final int LONGEST_KEY = 64;

  private KeyValues() {}

  /** The end of the key that begins at {@code p}, where its equals sign stands; -1 for no key. */
  static int keyEnd(byte[] b, int p, int to) {
    int limit = Math.min(to, p + LONGEST_KEY);
    int q = p;
    while (q < limit && keyByte(b[q])) {
      q++;
    }
    return q > p && q < limit && b[q] == '=' && (q + 1 == to || b[q + 1] != '=') ? q : -1;
  }

  private static boolean keyByte(byte c) {
    return Ascii.isLetter(c)
        || Ascii.isDigit(c)
        || c == '_'
        || c == '.'
        || c == '-'
        || c == '@'
        || c == '/';
  }

  /** The index behind the quote that closes the one at {@code from}; {@code to} without one. */
  static int quoteEnd(byte[] b, int from, int to) {
    for (int p = from + 1; p < to; p++) {
      if (b[p] == '\\') {
        p++;
      } else if (b[p] == b[from]) {
        return p + 1;
      }
    }
    return to;
  }

  /** How many pairs stand one behind the other at {@code from}, up to {@code most}. */
  static int count(byte[] b, int from, int to, int most) {
    int count = 0;
    int p = Ascii.skipBlanks(b, from, to);
    while (p < to && count < most) {
      int equals = keyEnd(b, p, to);
      if (equals < 0) {
        break;
      }
      count++;
      p = Ascii.skipBlanks(b, valueEnd(b, equals + 1, to), to);
    }
    return count;
  }

  /** Hands out every pair; words that are no pair are left out. */
  static void read(
      byte[] b,
      int from,
      int to,
      RepeatedNames<FieldPath, FieldPath> paths,
      RepeatedTexts texts,
      FieldEvent event) {
    int p = Ascii.skipBlanks(b, from, to);
    while (p < to) {
      int equals = keyEnd(b, p, to);
      if (equals < 0) {
        p = Ascii.skipBlanks(b, Ascii.tokenEnd(b, p, to), to);
        continue;
      }
      int end = valueEnd(b, equals + 1, to);
      FieldPath path = paths.of(FieldPath.ROOT, texts.text(b, p, equals));
      event.field(path, value(b, equals + 1, end, path.repeats() ? texts : null), false);
      p = Ascii.skipBlanks(b, end, to);
    }
  }

  private static int valueEnd(byte[] b, int from, int to) {
    if (from < to && (b[from] == '"' || b[from] == '\'')) {
      return quoteEnd(b, from, to);
    }
    return Ascii.tokenEnd(b, from, to);
  }

  /**
   * The text of the value between, without its quotes.
   *
   * @param texts where it comes from if it was there before; null to make it anew
   */
  static String value(byte[] b, int from, int end, @Nullable RepeatedTexts texts) {
    int first = from;
    int last = end;
    if (from >= end || (b[from] != '"' && b[from] != '\'')) {
      last = end > from && b[end - 1] == ',' ? end - 1 : end;
    } else {
      first++;
      last = end - 1 > from && b[end - 1] == b[from] ? end - 1 : end;
      if (Ascii.indexOf(b, first, last, '\\') >= 0) {
        return unescaped(b, first, last);
      }
    }
    return texts == null ? Ascii.text(b, first, last) : texts.text(b, first, last);
  }

  private static String unescaped(byte[] b, int from, int to) {
    byte[] text = new byte[to - from];
    int length = 0;
    for (int p = from; p < to; p++) {
      if (b[p] == '\\' && p + 1 < to) {
        byte c = b[++p];
        text[length++] = (byte) (c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c);
      } else {
        text[length++] = b[p];
      }
    }
    return Ascii.text(text, 0, length);
  }
}

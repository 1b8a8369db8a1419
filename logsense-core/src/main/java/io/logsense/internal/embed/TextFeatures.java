package io.logsense.internal.embed;

/**
 * Finds the features of a text: concepts of its words, the words themselves, four-letter pieces of
 * them, and pairs of neighbours.
 *
 * <p>Code is read as words: {@code NullPointerException}, {@code null_pointer} and "null pointer"
 * give the same ones. Numbers, hexadecimal ids and placeholders such as {@code <IP_REDACTED>} or
 * {@code <*>} give none, except a number or code that the lexicon knows (404, x509) and codes like
 * {@code ORA00942} or {@code E0277}.
 *
 * <p>Hot loop: written for speed. One thread at a time; linear in the text.
 */
final class TextFeatures {
  private static final int MAX_WORD = 64;
  private static final int MAX_PARTS = 16;
  private static final int MAX_PLACEHOLDER = 40;
  private static final int PIECE = 4;

  /** Kinds of features that share hashes. */
  private static final long PIECE_KIND = 3;

  private static final long CODE_KIND = 5;

  private static final int OTHER = 0;
  private static final int DIGIT = 1;
  private static final int UPPER = 2;
  private static final int LOWER = 3;

  // Weights, beside 1 for a concept and for a word that no concept covers.
  private static final float PACKAGE_OR_PATH = 0.7f;
  private static final float WEAK_WORD = 0.55f;
  private static final float COVERED_WORD = 0.3f;
  private static final float FIELD = 0.6f;
  private static final float PAIR_CONCEPT = 1.2f;
  private static final float PIECES = 0.35f;
  private static final float NEIGHBOURS = 0.3f;
  private static final float SHARED_WORD = 0.25f;

  private final Lexicon lexicon;
  private final FeatureRow row;
  private final char[] word = new char[MAX_WORD];
  private final int[] starts = new int[MAX_PARTS];
  private final int[] ends = new int[MAX_PARTS];

  /** The word before, stop words included, or 0 after punctuation that separates. */
  private long before;

  /** The last word that says something, or 0. */
  private long contentBefore;

  TextFeatures(Lexicon lexicon) {
    this.lexicon = lexicon;
    row = new FeatureRow(lexicon.size());
  }

  /** Adds the features of {@code text} to {@code into}, which begins as zeroes. */
  void add(String text, float[] into) {
    row.begin(into);
    before = 0;
    contentBefore = 0;
    int length = text.length();
    int i = 0;
    while (i < length) {
      char c = text.charAt(i);
      if (isWordPart(c)) {
        int end = i + 1;
        while (end < length && isWordPart(text.charAt(end))) {
          end++;
        }
        identifier(text, i, end, qualifies(text, i, end) ? PACKAGE_OR_PATH : 1);
        i = end;
      } else {
        int end = c == '<' ? placeholderEnd(text, i) : i;
        if (end > i || separates(c)) {
          before = 0;
        }
        i = end + 1;
      }
    }
  }

  private static boolean separates(char c) {
    return c == '.' || c == ',' || c == ';' || c == '\n' || c == '(' || c == ')' || c == '=';
  }

  /** Whether a part of a package, host or path that is not its last comes at {@code from}. */
  private static boolean qualifies(String text, int from, int to) {
    if (to + 1 < text.length() && isWordPart(text.charAt(to + 1))) {
      char next = text.charAt(to);
      if (next == '.' || next == '/') {
        return true;
      }
    }
    char previous = from == 0 ? ' ' : text.charAt(from - 1);
    return previous == '/' || previous == '\\' || previous == '@';
  }

  /** Where the {@code >} of a placeholder that begins at {@code at} is, or {@code at}. */
  private static int placeholderEnd(String text, int at) {
    int limit = Math.min(text.length(), at + MAX_PLACEHOLDER);
    for (int i = at + 1; i < limit; i++) {
      char c = text.charAt(i);
      if (c == '>') {
        return i > at + 1 ? i : at;
      }
      if (kind(c) != UPPER && c != '_' && c != '*' && c != ':') {
        return at;
      }
    }
    return at;
  }

  /** A run of letters, digits and underscores. */
  private void identifier(String text, int from, int to, float weight) {
    int parts = 0;
    int letters = 0;
    boolean digits = false;
    for (int i = from; i < to && parts < MAX_PARTS; ) {
      int kind = kind(text.charAt(i));
      if (kind == OTHER) {
        i++;
        continue;
      }
      int end = partEnd(text, i, to, kind);
      if (kind == DIGIT) {
        digits = true;
      } else {
        starts[parts] = i;
        ends[parts++] = end;
        letters += end - i;
      }
      i = end;
    }
    if ((digits || parts > 1) && isWhole(text, from, to, letters, digits, weight)) {
      return;
    }
    for (int p = 0; p < parts; p++) {
      if (ends[p] - starts[p] > 1) {
        word(text, starts[p], Math.min(ends[p], starts[p] + MAX_WORD), weight);
      }
    }
  }

  /** Where the camel-case part that begins at {@code from} ends. */
  private static int partEnd(String text, int from, int to, int kind) {
    int end = from + 1;
    int last = kind;
    while (end < to) {
      int next = kind(text.charAt(end));
      if (next == OTHER || (next == DIGIT) != (kind == DIGIT) || (last == LOWER && next == UPPER)) {
        return end;
      }
      if (last == UPPER && next == LOWER && end - from > 1) {
        return end - 1;
      }
      last = next;
      end++;
    }
    return end;
  }

  /** Takes an identifier of several parts as one thing; whether its parts say nothing more. */
  private boolean isWhole(
      String text, int from, int to, int letters, boolean digits, float weight) {
    int n = 0;
    for (int i = from; i < Math.min(to, from + MAX_WORD); i++) {
      if (kind(text.charAt(i)) != OTHER) {
        word[n++] = Character.toLowerCase(text.charAt(i));
      }
    }
    long whole = Words.hash(word, 0, Words.stem(word, n));
    int known = lexicon.find(whole);
    if (known != Lexicon.NOT_FOUND) {
      concepts(known, weight);
    }
    if (!digits) {
      return false;
    }
    if (known != Lexicon.NOT_FOUND) {
      before = whole;
      return true;
    }
    if (isCode(text, from, to)) {
      row.feature(Words.pair(whole, CODE_KIND), weight);
      return true;
    }
    return letters <= 3 || isHexadecimal(text, from, to);
  }

  /** One to five capitals and then three to six digits. */
  private static boolean isCode(String text, int from, int to) {
    int i = from;
    while (i < to && kind(text.charAt(i)) == UPPER) {
      i++;
    }
    int digits = to - i;
    return i > from
        && i - from <= 5
        && digits >= 3
        && digits <= 6
        && kind(text.charAt(i)) == DIGIT
        && kind(text.charAt(to - 1)) == DIGIT;
  }

  private static boolean isHexadecimal(String text, int from, int to) {
    int start = text.startsWith("0x", from) ? from + 2 : from;
    for (int i = start; i < to; i++) {
      if (Character.digit(text.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private void word(String text, int from, int to, float weight) {
    int length = to - from;
    for (int i = 0; i < length; i++) {
      word[i] = Character.toLowerCase(text.charAt(from + i));
    }
    int n = Words.stem(word, length);
    long stem = Words.hash(word, 0, n);
    if (before != 0) {
      int pair = lexicon.find(Words.pair(before, stem));
      if (pair != Lexicon.NOT_FOUND) {
        concepts(pair, weight * PAIR_CONCEPT);
      }
    }
    before = stem;
    int known = lexicon.find(stem);
    int flags = known == Lexicon.NOT_FOUND ? 0 : lexicon.flags(known);
    if ((flags & Lexicon.STOP) != 0) {
      return;
    }
    boolean weak = (flags & Lexicon.WEAK) != 0;
    float w = weak ? weight * WEAK_WORD : weight;
    float own = w;
    if (known != Lexicon.NOT_FOUND && concepts(known, w)) {
      own = w * COVERED_WORD;
    }
    row.feature(stem, own);
    if (!weak) {
      pieces(n, own * PIECES);
      if (contentBefore != 0) {
        row.feature(Words.pair(contentBefore, stem), weight * NEIGHBOURS);
      }
      contentBefore = stem;
    }
  }

  /** All pieces together weigh {@code weight}; the first, most like a stem, counts twice. */
  private void pieces(int length, float weight) {
    int count = length - PIECE + 1;
    if (count < 2) {
      return;
    }
    float each = weight / (float) Math.sqrt(count);
    for (int i = 0; i < count; i++) {
      long hash = Words.pair(Words.hash(word, i, i + PIECE), PIECE_KIND);
      row.feature(hash, i == 0 ? 2 * each : each);
    }
  }

  /** Adds what the entry of the lexicon stands for; whether that is anything. */
  private boolean concepts(int entry, float weight) {
    int[] concepts = lexicon.concepts(entry);
    float each = weight / (1 + SHARED_WORD * (concepts.length - 1));
    for (int concept : concepts) {
      row.concept(concept, each);
    }
    int[] fields = lexicon.fields(entry);
    each = weight * FIELD / (1 + SHARED_WORD * (fields.length - 1));
    for (int field : fields) {
      row.concept(field, each);
    }
    return concepts.length + fields.length > 0;
  }

  private static boolean isWordPart(char c) {
    return kind(c) != OTHER || c == '_' || c == '$';
  }

  private static int kind(char c) {
    if (c >= 'a' && c <= 'z') {
      return LOWER;
    }
    if (c >= 'A' && c <= 'Z') {
      return UPPER;
    }
    if (c >= '0' && c <= '9') {
      return DIGIT;
    }
    if (c < 0x80 || !Character.isLetterOrDigit(c)) {
      return OTHER;
    }
    return Character.isDigit(c) ? DIGIT : Character.isUpperCase(c) ? UPPER : LOWER;
  }
}

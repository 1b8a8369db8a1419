package io.logsense.internal.template;

import org.jspecify.annotations.Nullable;

/** The text of tokens with their variables masked, and the hashes of it. */
final class MaskedText {
  static final String WILDCARD = "<*>";

  private static final int VARIABLE_MARK = 0x10002;

  private final Line line;
  private final Spans spans;

  MaskedText(Line line, Spans spans) {
    this.line = line;
    this.spans = spans;
  }

  /**
   * Writes the masked text to {@code out}, if given, and answers its hash. Variables with nothing
   * but punctuation between them are written as one.
   */
  long render(int from, int to, int span, int spanLimit, boolean all, @Nullable StringBuilder out) {
    long h = Hashes.SEED;
    int i = from;
    int pending = -1;
    int limit = span;
    while (limit < spanLimit && spans.start[limit] < to) {
      limit++;
    }
    for (int s = span; s <= limit; s++) {
      if (s < limit && spans.soft[s] && !all) {
        continue;
      }
      int stop = s < limit ? spans.start[s] : to;
      if (pending >= 0 && s < limit && isGlue(pending, stop)) {
        i = spans.end[s];
        pending = i;
        continue;
      }
      for (int k = i; k < stop; k++) {
        h = Hashes.add(h, line.text[k]);
        if (out != null) {
          out.append(Characters.isSpace(line.text[k]) ? ' ' : line.text[k]);
        }
      }
      if (s < limit) {
        h = Hashes.add(h, VARIABLE_MARK);
        if (out != null) {
          out.append(WILDCARD);
        }
        i = spans.end[s];
        pending = i;
      }
    }
    return Hashes.finish(h);
  }

  private boolean isGlue(int from, int to) {
    for (int i = from; i < to; i++) {
      if (line.text[i] == '=' || Characters.isAlphanumeric(line.text[i])) {
        return false;
      }
    }
    return true;
  }

  /** Whether nothing but punctuation stands outside the spans, and there is a span. */
  boolean isVariable(int from, int to, int span) {
    if (span == spans.count) {
      return false;
    }
    int i = from;
    for (int s = span; s < spans.count; s++) {
      if (spans.soft[s] || !line.isPunctuation(i, spans.start[s])) {
        return false;
      }
      if (spans.nameEnd[s] > spans.nameStart[s]) {
        return false;
      }
      i = spans.end[s];
    }
    return line.isPunctuation(i, to);
  }

  private long asMasked(long asShown, int tokenStart, int tokenEnd, int tokenSpan) {
    for (int s = tokenSpan; s < spans.count; s++) {
      if (spans.soft[s]) {
        return render(tokenStart, tokenEnd, tokenSpan, spans.count, true, null);
      }
    }
    return asShown;
  }

  /** The hash of a token for grouping, from its hash as shown; tells its kind in two bits. */
  long hash(long asShown, int from, int to, int span) {
    long full = asMasked(asShown, from, to, span);
    long kind;
    if (span < spans.count) {
      kind = MaskedLine.SKELETON;
    } else {
      int a = from;
      int b = to;
      while (a < b && !Characters.isAlphanumeric(line.text[a])) {
        a++;
      }
      while (b > a && !Characters.isAlphanumeric(line.text[b - 1])) {
        b--;
      }
      kind = isState(a, b) ? MaskedLine.STATE : MaskedLine.WORD;
      for (int i = a; i < b; i++) {
        char c = line.text[i];
        if (!Characters.isAlphanumeric(c) && c != '-' && c != '_' && c != '\'') {
          kind = MaskedLine.VALUE;
          break;
        }
      }
    }
    return (full & ~3L) | kind;
  }

  /** Capitals, or an English participle: what logs call states and actions. */
  private boolean isState(int from, int to) {
    if (to - from < 2) {
      return false;
    }
    boolean capitals = true;
    for (int i = from; i < to && capitals; i++) {
      capitals = Characters.isUpper(line.text[i]) || !Characters.isLetter(line.text[i]);
    }
    return capitals
        || (to - from > 4
            && ((line.text[to - 2] == 'e' && line.text[to - 1] == 'd')
                || (line.text[to - 3] == 'i'
                    && line.text[to - 2] == 'n'
                    && line.text[to - 1] == 'g')));
  }
}

package io.logsense.internal.template;

import java.util.Arrays;

/**
 * One line cut into tokens, with its variables found. Scratch space: reused from line to line.
 *
 * <p>A <em>token</em> is a word between spaces or one entry of a JSON object. A <em>span</em> is a
 * variable inside a token. A token that is nothing but spans and punctuation has the hash {@link
 * #VARIABLE}, and neighbours of that kind become one token, so that a list counts as one variable
 * whatever its length. A <em>soft</em> span counts as variable for grouping but is shown as written
 * until another text stands there: units behind a number and short digits inside names.
 *
 * <p>{@link PlainWords} reads words without spans, {@link WordScan} finds the spans of others,
 * {@link JsonScan} those of a JSON entry, {@link NameScan} those of a name, {@link Shapes} tells
 * what they look like, {@link MaskedText} writes and hashes what is left.
 *
 * <p>Not for several threads. Cost: linear in the line up to {@link Line#MAX_CHARS}.
 */
final class MaskedLine {
  /** Tokens of a line that are looked at. */
  static final int MAX_TOKENS = 256;

  /** Hash of a token that is a variable as a whole. */
  static final long VARIABLE = 4;

  static final int STATE = 0;
  static final int VALUE = 1;
  static final int WORD = 2;
  static final int SKELETON = 3;

  final Line line = new Line();
  final Spans spans = new Spans();
  private final PlainWords plain = new PlainWords(line);
  private final WordScan words = new WordScan(line, spans);
  private final MaskedText text = new MaskedText(line, spans);

  int size;
  long[] hash = new long[32];
  long[] shown = new long[32];
  int[] start = new int[32];
  int[] end = new int[32];
  int[] firstSpan = new int[33];

  private int position;
  private int tokenStart;
  private int tokenSpan;

  /**
   * Takes the first line of {@code message} that is not blank; answers its hash with the digits
   * folded.
   */
  long load(String message) {
    return line.load(message);
  }

  /** Finds tokens and variables of the loaded line. */
  void mask() {
    size = 0;
    spans.count = 0;
    position = 0;
    words.reset();
    while (position < line.length) {
      if (Characters.isSpace(line.text[position])) {
        position++;
        continue;
      }
      if (size == MAX_TOKENS - 1) {
        restOfLine(position);
        return;
      }
      token();
    }
    if (line.cut) {
      restOfLine(line.length);
    } else if (size == 0) {
      tokenStart = 0;
      tokenSpan = 0;
      append(0, Hashes.finish(Hashes.SEED));
    }
  }

  /** The hash of all tokens: what an id is made of. */
  long signature() {
    return Hashes.of(hash, size);
  }

  private void restOfLine(int from) {
    tokenStart = from;
    tokenSpan = spans.count;
    spans.add(from, line.length, VariableType.REST, false, 0, 0);
    append(line.length, text.render(tokenStart, line.length, tokenSpan, spans.count, false, null));
  }

  private void token() {
    tokenStart = position;
    tokenSpan = spans.count;
    boolean behindNumber =
        size > 0 && hash[size - 1] == VARIABLE && Characters.isDigit(line.text[end[size - 1] - 1]);
    int calendarEnd = plain.calendarEnd(position, behindNumber);
    int plainEnd = calendarEnd > 0 ? 0 : plain.end(position);
    if (plainEnd > 0) {
      position = plainEnd;
      append(plainEnd, plain.hash);
      return;
    }
    if (calendarEnd > 0) {
      spans.add(position, calendarEnd, VariableType.DATE, false, 0, 0);
      position = calendarEnd;
    } else {
      position = words.word(position);
    }
    append(position, text.render(tokenStart, position, tokenSpan, spans.count, false, null));
  }

  /** Ends the current token, joining it to the one before when both are variables. */
  private void append(int tokenEnd, long asShown) {
    boolean variable = text.isVariable(tokenStart, tokenEnd, tokenSpan);
    if (!variable && size > 0 && hash[size - 1] == VARIABLE) {
      variable = unitOrZone(tokenEnd) || line.isEmptyPair(tokenStart, tokenEnd);
    }
    if (variable && size > 0) {
      int before = size - 1;
      if (hash[before] != VARIABLE
          && before > 0
          && hash[before - 1] == VARIABLE
          && line.isPunctuation(start[before], end[before])) {
        before--;
      }
      if (hash[before] == VARIABLE) {
        size = before + 1;
        end[before] = tokenEnd;
        shown[before] =
            text.render(start[before], tokenEnd, firstSpan[before], spans.count, false, null);
        firstSpan[size] = spans.count;
        return;
      }
    }
    if (size == hash.length) {
      int larger = Math.min(MAX_TOKENS, size * 2);
      hash = Arrays.copyOf(hash, larger);
      shown = Arrays.copyOf(shown, larger);
      start = Arrays.copyOf(start, larger);
      end = Arrays.copyOf(end, larger);
      firstSpan = Arrays.copyOf(firstSpan, larger + 1);
    }
    start[size] = tokenStart;
    end[size] = tokenEnd;
    firstSpan[size] = tokenSpan;
    shown[size] = asShown;
    hash[size] = variable ? VARIABLE : text.hash(asShown, tokenStart, tokenEnd, tokenSpan);
    size++;
    firstSpan[size] = spans.count;
    if (!variable) {
      foldRepeat();
    }
  }

  /** Takes back the last tokens when they repeat the ones before and have variables in them. */
  private void foldRepeat() {
    for (int period = 1; period <= 4 && period * 2 <= size; period++) {
      boolean same = true;
      boolean variable = false;
      for (int i = size - period; i < size && same; i++) {
        same = hash[i] == hash[i - period];
        variable |= hash[i] == VARIABLE || (hash[i] & 3) == SKELETON;
      }
      if (same && variable) {
        size -= period;
        firstSpan[size] = spans.count;
        return;
      }
    }
  }

  private boolean unitOrZone(int tokenEnd) {
    int last = tokenSpan - 1;
    if (tokenEnd - tokenStart > 14 || last < 0) {
      return false;
    }
    VariableType before = spans.type[last];
    int from = tokenStart;
    int to = tokenEnd;
    while (to > from
        && ((Characters.kind(line.text[to - 1]) & Characters.STRUCTURE) != 0
            || Line.isSentenceEnd(line.text[to - 1]))) {
      to--;
    }
    while (from < to && (Characters.kind(line.text[from]) & Characters.STRUCTURE) != 0) {
      from++;
    }
    if (before == VariableType.NUMBER) {
      VariableType unit = Vocabulary.unit(line.text, from, to);
      if (unit != null && (to - from > 1 || tokenEnd - tokenStart > 1 || tokenEnd == line.length)) {
        spans.type[last] = unit;
        spans.add(from, to, unit, true, 0, 0);
        return true;
      }
    } else if (before == VariableType.TIME && Vocabulary.followsTime(line.text, from, to)) {
      spans.end[last] = to;
      return true;
    }
    return false;
  }

  /** Whether the last variable is what the limits cut off. */
  boolean isCut() {
    return spans.count > 0 && spans.type[spans.count - 1] == VariableType.REST;
  }

  /** The text of a token with its variables masked; soft ones only if {@code all}. */
  String maskedText(int token, boolean all) {
    if (all && hash[token] == VARIABLE) {
      int last = end[token];
      while (last > start[token] && ",;:.".indexOf(line.text[last - 1]) >= 0) {
        last--;
      }
      return MaskedText.WILDCARD + new String(line.text, last, end[token] - last);
    }
    StringBuilder out = new StringBuilder();
    text.render(start[token], end[token], firstSpan[token], firstSpan[token + 1], all, out);
    return out.toString();
  }

  /** The spaces in front of a token, as one space or none. */
  String gap(int token) {
    return token == 0 || start[token] == end[token - 1] ? "" : " ";
  }
}

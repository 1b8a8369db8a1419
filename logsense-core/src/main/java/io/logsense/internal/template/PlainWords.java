package io.logsense.internal.template;

/**
 * Reads the words of a line that have no variable in them for sure, and tells the words of a
 * calendar, which are variables beside a number or each other.
 *
 * <p>Hot loop: written for speed.
 */
final class PlainWords {
  private static final int NOT_PLAIN =
      Characters.DIGIT | Characters.SPACE | Characters.MARK | Characters.OPENING;

  private final Line line;

  /** Of the last plain word. */
  long hash;

  PlainWords(Line line) {
    this.line = line;
  }

  /**
   * Where the word at {@code from} ends when it has no variable in it for sure; otherwise 0. Most
   * words are of this kind: read and hashed in one go.
   */
  int end(int from) {
    long h = Hashes.SEED;
    int i = from;
    while (i < line.length) {
      char c = line.text[i];
      int kind = Characters.kind(c);
      if ((kind & NOT_PLAIN) != 0) {
        if (kind == Characters.SPACE) {
          break;
        }
        if (kind != Characters.MARK || !Line.isSentenceEnd(c) || !endsSegment(i + 1)) {
          return 0;
        }
      }
      h = Hashes.add(h, c);
      i++;
    }
    hash = Hashes.finish(h);
    return i;
  }

  /** Whether a segment that has a mark in front of {@code i} ends here. */
  private boolean endsSegment(int i) {
    if (i == line.length) {
      return true;
    }
    int kind = Characters.kind(line.text[i]);
    return (kind & (Characters.SPACE | Characters.STRUCTURE)) != 0
        || (kind == Characters.MARK && Line.isSentenceEnd(line.text[i]));
  }

  /**
   * Where the word at {@code from} ends when it is a weekday or a month beside a number or another
   * of them; otherwise 0.
   *
   * @param behindNumber whether a number stands in front of the word
   */
  int calendarEnd(int from, boolean behindNumber) {
    if (!Characters.isUpper(line.text[from])) {
      return 0;
    }
    int end = line.endOfWord(from);
    int bare = end;
    while (bare > from && (line.text[bare - 1] == ',' || line.text[bare - 1] == '.')) {
      bare--;
    }
    boolean month = Vocabulary.isMonth(line.text, from, bare);
    if (!month && !Vocabulary.isWeekday(line.text, from, bare)) {
      return 0;
    }
    int next = line.behindSpaces(end);
    if (next < line.length && Characters.isDigit(line.text[next])) {
      return end;
    }
    boolean beside =
        month
            ? behindNumber
            : Vocabulary.isMonth(line.text, next, Math.min(line.endOfWord(next), next + 10));
    return beside ? end : 0;
  }
}

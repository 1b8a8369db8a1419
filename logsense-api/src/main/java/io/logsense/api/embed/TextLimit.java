package io.logsense.api.embed;

/**
 * How much of a text an embedder reads: all of it up to {@code head + tail} units; of a longer one
 * the first {@code head} and the last {@code tail}, because a message tells its kind at the start
 * and its root cause at the end.
 *
 * @param head units read from the start, at least 1
 * @param tail units read from the end, at least 1
 * @param unit what is counted
 */
public record TextLimit(int head, int tail, Unit unit) {
  /** What a limit counts. */
  public enum Unit {
    /** UTF-16 units. */
    CHARACTERS,
    /** Tokens of the model's own vocabulary. */
    TOKENS
  }

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when {@code head} or {@code tail} is less than 1 or their sum
   *     overflows
   */
  public TextLimit {
    if (head < 1 || tail < 1 || head + tail < 0) {
      throw new IllegalArgumentException(
          "head is " + head + ", tail is " + tail + "; both must be at least 1");
    }
  }

  /** A limit of {@code total} units, at least 2, a quarter of them (rounded up) for the tail. */
  public static TextLimit of(int total, Unit unit) {
    int tail = (total + 3) / 4;
    return new TextLimit(total - tail, tail, unit);
  }

  /** The most units of a text that are read. */
  public int total() {
    return head + tail;
  }

  /**
   * What is left of {@code text} when the units are characters: the same instance when it is within
   * the limit, otherwise head and tail as two lines. No surrogate pair is cut in half.
   *
   * @throws IllegalStateException when the units are tokens, which only the model can count
   */
  public String cut(String text) {
    if (unit != Unit.CHARACTERS) {
      throw new IllegalStateException("a limit in tokens is applied by the model's own tokenizer");
    }
    if (text.length() <= total()) {
      return text;
    }
    int headEnd = head;
    int tailStart = text.length() - tail;
    if (Character.isHighSurrogate(text.charAt(headEnd - 1))) {
      headEnd--;
    }
    if (Character.isLowSurrogate(text.charAt(tailStart))) {
      tailStart++;
    }
    return text.substring(0, headEnd) + '\n' + text.substring(tailStart);
  }
}

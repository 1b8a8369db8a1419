package io.logsense.internal.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The search for matches of a user's pattern that ends in linear time, whatever the pattern.
 *
 * <p>{@code java.util.regex} can need exponential time and a stack as deep as the text is long. The
 * text is therefore read through a counter: a search may read each character {@value
 * #READS_PER_CHAR} times on average. Afterwards, and when the stack is exhausted, it is {@link
 * #isExhausted() exhausted} and finds nothing more; the caller decides what that means. No clock is
 * asked, so the result is the same on any machine.
 *
 * <p>One thread, one text. Allocates a matcher.
 */
public final class BudgetedSearch {
  private static final int READS_PER_CHAR = 64;
  private static final int READS_AT_LEAST = 4096;

  private final Matcher matcher;
  private boolean exhausted;

  /** The search for {@code pattern} in all of {@code text}. */
  public BudgetedSearch(Pattern pattern, String text) {
    long budget = READS_AT_LEAST + (long) READS_PER_CHAR * text.length();
    matcher = pattern.matcher(new CountedText(text, budget));
    matcher.useTransparentBounds(true).useAnchoringBounds(false);
  }

  /**
   * Confines the next matches to the characters from {@code from} to {@code to} (exclusive). What
   * surrounds them is seen by look-arounds and boundaries.
   */
  public void region(int from, int to) {
    matcher.region(from, to);
  }

  /** Whether there is a next match; false as well once the search is exhausted. */
  public boolean find() {
    if (exhausted) {
      return false;
    }
    try {
      return matcher.find();
    } catch (Exhausted | StackOverflowError e) {
      exhausted = true;
      return false;
    }
  }

  /** Where the match begins. */
  public int start() {
    return matcher.start();
  }

  /** Index behind the match. */
  public int end() {
    return matcher.end();
  }

  /** Whether the search gave up; what is behind the last match is unknown. */
  public boolean isExhausted() {
    return exhausted;
  }

  /** Says that the budget is used up. */
  private static final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Exhausted() {
      super("read budget used up", null, false, false);
    }
  }

  /** A text that may be read a limited number of times. */
  private static final class CountedText implements CharSequence {
    private final String text;
    private long budget;

    CountedText(String text, long budget) {
      this.text = text;
      this.budget = budget;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (--budget < 0) {
        throw new Exhausted();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}

package io.logsense.internal.mask;

/** A text that may be read a limited number of times, so that no pattern can read it for ever. */
final class BudgetedText implements CharSequence {
  /** Says that the budget is used up. Not an error of the caller: it never leaves this package. */
  static final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Exhausted() {
      super("read budget used up", null, false, false);
    }
  }

  private final String text;
  private long budget;

  BudgetedText(String text, long budget) {
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

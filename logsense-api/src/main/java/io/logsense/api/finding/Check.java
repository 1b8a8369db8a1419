package io.logsense.api.finding;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * One fact that a decision rests on: a measured value beside its bound.
 *
 * @param fact what was measured, with its unit, such as "events in the minute"
 * @param value what it was
 * @param relation how it must stand to the bound
 * @param bound the threshold, or what was known before
 */
public record Check(String fact, double value, Relation relation, double bound) {
  private static final int DIGITS = 3;
  private static final double SMALL = 1e-3;
  private static final double LARGE = 1e15;

  /** How a value must stand to its bound. */
  public enum Relation {
    /** Less. */
    BELOW("<"),
    /** Less, or equal. */
    AT_MOST("<="),
    /** More, or equal. */
    AT_LEAST(">="),
    /** More. */
    ABOVE(">");

    private final String sign;

    Relation(String sign) {
      this.sign = sign;
    }
  }

  /** A value below its bound, when it holds. */
  public static Check below(String fact, double value, double bound) {
    return new Check(fact, value, Relation.BELOW, bound);
  }

  /** A value that is at least its bound, when it holds. */
  public static Check atLeast(String fact, double value, double bound) {
    return new Check(fact, value, Relation.AT_LEAST, bound);
  }

  /** A value that is at most its bound, when it holds. */
  public static Check atMost(String fact, double value, double bound) {
    return new Check(fact, value, Relation.AT_MOST, bound);
  }

  /** A value above its bound, when it holds. */
  public static Check above(String fact, double value, double bound) {
    return new Check(fact, value, Relation.ABOVE, bound);
  }

  /** Whether the value stands to the bound as it must; never with NaN. */
  public boolean holds() {
    return switch (relation) {
      case BELOW -> value < bound;
      case AT_MOST -> value <= bound;
      case AT_LEAST -> value >= bound;
      case ABOVE -> value > bound;
    };
  }

  /** Such as {@code events in the minute 61 > 7.2}. */
  @Override
  public String toString() {
    return fact + " " + text(value) + " " + relation.sign + " " + text(bound);
  }

  /** A number with the digits that count, such as 61, 7.2, 0.0312 or 1.2e-12. */
  private static String text(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    double size = Math.abs(value);
    if (size >= LARGE || (size < SMALL && size > 0)) {
      return String.format(Locale.ROOT, "%.1e", value)
          .replace(".0e", "e")
          .replace("e+", "e")
          .replace("e-0", "e-");
    }
    if (size >= 100) {
      return Long.toString(Math.round(value));
    }
    return BigDecimal.valueOf(value)
        .round(new MathContext(DIGITS))
        .stripTrailingZeros()
        .toPlainString();
  }
}

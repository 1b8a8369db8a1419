package io.logsense.analysis;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a model costs, in any one currency.
 *
 * @param perMillionInput price of a million tokens of prompts
 * @param perMillionOutput price of a million tokens of answers
 */
public record Price(BigDecimal perMillionInput, BigDecimal perMillionOutput) {
  /** The price of a model on a machine of one's own. */
  public static final Price FREE = new Price(BigDecimal.ZERO, BigDecimal.ZERO);

  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final int PLACES = 12;

  /**
   * Checks the prices.
   *
   * @throws IllegalArgumentException when one is negative
   */
  public Price {
    if (perMillionInput.signum() < 0 || perMillionOutput.signum() < 0) {
      throw new IllegalArgumentException("a price is negative");
    }
  }

  /** A price written as usual: {@code Price.of("0.25", "1.25")}. */
  public static Price of(String perMillionInput, String perMillionOutput) {
    return new Price(new BigDecimal(perMillionInput), new BigDecimal(perMillionOutput));
  }

  /** What so many tokens cost, rounded up. */
  BigDecimal of(long input, long output) {
    return perMillionInput
        .multiply(BigDecimal.valueOf(input))
        .add(perMillionOutput.multiply(BigDecimal.valueOf(output)))
        .divide(MILLION, PLACES, RoundingMode.CEILING);
  }
}

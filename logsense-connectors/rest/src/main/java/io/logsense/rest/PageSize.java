package io.logsense.rest;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;

/** How many records to ask for at once: fewer behind an answer that was too large. */
final class PageSize {
  private final int least;
  private final int most;
  private int now;

  PageSize(int least, int most) {
    this.least = least;
    this.most = most;
    this.now = most;
  }

  int now() {
    return now;
  }

  /** An answer came through. */
  void grow() {
    now = Math.min(most, 2 * now);
  }

  /**
   * An answer was too large.
   *
   * @throws LogSenseException (limit) when even the smallest is
   */
  void shrink(TooLargeException reason) {
    if (now == least) {
      throw new LogSenseException(
          Category.LIMIT,
          reason.getMessage() + " for " + least + " records: raise answerBytes",
          reason);
    }
    now = Math.max(least, now / 8);
  }
}

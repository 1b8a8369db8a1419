package io.logsense.api.finding;

import io.logsense.api.event.Severity;

/** How urgent a finding is, least first. */
public enum FindingSeverity {
  /** For the record. */
  LOW,
  /** Worth a look today. */
  MEDIUM,
  /** Worth an interruption. */
  HIGH,
  /** Worth a night's sleep. */
  CRITICAL;

  private static final double OVERWHELMING = 10;

  /**
   * The severity of a finding, from three facts: {@link #LOW} for what is no error, {@link #MEDIUM}
   * for an error, {@link #HIGH} for a fatal one; one step more for a regression; one step more when
   * at least ten times as much was observed as expected at most.
   *
   * @param observed as in {@link Finding#observed()}
   * @param high as in {@link Finding#high()}
   */
  static FindingSeverity of(FindingKind kind, Severity severity, double observed, double high) {
    int step =
        severity.atLeast(Severity.FATAL)
            ? 2
            : severity.atLeast(Severity.ERROR) || severity == Severity.UNSPECIFIED ? 1 : 0;
    if (kind == FindingKind.REGRESSION) {
      step++;
    }
    if (high > 0 && observed >= OVERWHELMING * high) {
      step++;
    }
    return values()[Math.min(step, CRITICAL.ordinal())];
  }

  /** Whether this is {@code other} or more urgent. */
  public boolean atLeast(FindingSeverity other) {
    return compareTo(other) >= 0;
  }
}

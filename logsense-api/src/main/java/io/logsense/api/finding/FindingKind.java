package io.logsense.api.finding;

/** What happened to a group. */
public enum FindingKind {
  /** It was never seen before. */
  NEW,
  /** It has far more events than its own past lets expect. */
  SPIKE,
  /** It was resolved and is back. */
  REGRESSION,
  /** It came steadily and stopped. */
  SILENCE,
  /** A version has far more of it than the versions before. */
  VERSION_DRIFT
}

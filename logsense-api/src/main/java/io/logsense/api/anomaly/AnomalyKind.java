package io.logsense.api.anomaly;

/** In which direction a series left what was expected of it. */
public enum AnomalyKind {
  /** More than expected. */
  SPIKE,
  /** Less than expected. */
  DROP
}

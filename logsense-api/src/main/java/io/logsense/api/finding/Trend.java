package io.logsense.api.finding;

/** Where a group is going, by the two halves of the time from its first event to now. */
public enum Trend {
  /** More in the second half than chance explains. */
  RISING,
  /** As much in both halves, or too few events to tell. */
  STEADY,
  /** Less in the second half than chance explains. */
  FALLING,
  /** Nothing in the second half, which chance does not explain. */
  GONE
}

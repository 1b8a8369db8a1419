package io.logsense.api.event;

/**
 * How serious an event is, in rising order. The numbers are those of the OpenTelemetry log model.
 */
public enum Severity {
  /** The record names no severity. */
  UNSPECIFIED(0),
  TRACE(1),
  DEBUG(5),
  INFO(9),
  WARN(13),
  ERROR(17),
  FATAL(21);

  private final int number;

  Severity(int number) {
    this.number = number;
  }

  /** The lowest OpenTelemetry severity number of this severity, 0 when unspecified. */
  public int number() {
    return number;
  }

  /** Whether this is {@code other} or worse. */
  public boolean atLeast(Severity other) {
    return compareTo(other) >= 0;
  }
}

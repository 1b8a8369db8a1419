package io.logsense.inprocess;

/** Throwables of an application. */
public final class Failures {
  private Failures() {}

  /** One of two faults, with a cause. */
  public static Throwable deep(int which) {
    try {
      return which == 0 ? read(3) : write(3);
    } catch (IllegalStateException e) {
      return new IllegalArgumentException("request failed", e);
    }
  }

  private static Throwable read(int depth) {
    if (depth == 0) {
      throw new IllegalStateException("no price for " + depth);
    }
    return read(depth - 1);
  }

  private static Throwable write(int depth) {
    if (depth == 0) {
      throw new IllegalStateException("disk full");
    }
    return write(depth - 1);
  }
}

package io.logsense.testkit;

import io.logsense.testkit.Faults.Fault;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Skips tests, saying for want of what. */
final class Assume {
  private Assume() {}

  /** What can do {@code fault}; else the test is skipped. */
  static Faults faults(Optional<Faults> faults, Fault fault) {
    return faults
        .filter(some -> some.supported().contains(fault))
        .orElseGet(() -> Assumptions.abort("the fixture has no fault " + fault));
  }
}

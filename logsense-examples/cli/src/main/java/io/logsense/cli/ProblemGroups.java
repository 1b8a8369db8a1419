package io.logsense.cli;

import io.logsense.api.event.Severity;
import io.logsense.api.group.Group;

/** Which groups are problems: the same rule as {@code Analysis.top}. */
final class ProblemGroups {
  private ProblemGroups() {}

  static boolean isProblem(Group group) {
    return group.severity().atLeast(Severity.WARN) || group.fingerprint().isPresent();
  }
}

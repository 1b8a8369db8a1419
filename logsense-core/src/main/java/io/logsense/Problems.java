package io.logsense;

import io.logsense.api.event.Severity;
import io.logsense.api.group.Group;
import java.util.Locale;

/** Says whether a group is a problem: by its severity, its stack trace, or else by its words. */
final class Problems {
  /** Stems that tell of trouble in the messages of programs that log no severity. */
  private static final String[] STEMS = {
    "error",
    "exception",
    "fail",
    "fatal",
    "panic",
    "denied",
    "refused",
    "timeout",
    "timed out",
    "unable",
    "cannot",
    "can't",
    "could not",
    "critical",
    "abort",
    "corrupt",
    "invalid",
    "unexpected",
    "unreachable",
    "not responding",
    "out of memory",
    "violation",
    "break-in",
    "killed",
    "crash",
    "unavailable",
    "rejected",
    "illegal"
  };

  private Problems() {}

  static boolean isProblem(Group group) {
    if (group.fingerprint().isPresent() || group.severity().atLeast(Severity.WARN)) {
      return true;
    }
    return group.severity() == Severity.UNSPECIFIED && speaksOfTrouble(group.template());
  }

  private static boolean speaksOfTrouble(String template) {
    String text = template.toLowerCase(Locale.ROOT);
    for (String stem : STEMS) {
      if (text.contains(stem)) {
        return true;
      }
    }
    return false;
  }
}

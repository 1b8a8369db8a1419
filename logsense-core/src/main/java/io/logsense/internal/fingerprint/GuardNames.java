package io.logsense.internal.fingerprint;

import java.util.Locale;
import java.util.Set;

/**
 * Names of functions that exist to throw: preconditions, checks and the makers of errors.
 *
 * <p>Such a function is where an error was raised and never why. It serves many callers, of which
 * each has a fault of its own. A name is taken apart at capitals and underscores, so that {@code
 * checkIndex} and {@code check_index} are guards and {@code checkout} is not.
 */
final class GuardNames {
  private static final Set<String> FIRST_WORDS =
      Set.of(
          "assert",
          "check",
          "ensure",
          "error",
          "fail",
          "illegal",
          "invalid",
          "raise",
          "reject",
          "report",
          "require",
          "throw",
          "unexpected",
          "validate",
          "verify");

  private GuardNames() {}

  /** Whether a frame's normal name says that its function only throws. */
  static boolean isGuard(String owner, String function) {
    String name = lastSegment(function);
    if (namesAnError(name)) {
      return true;
    }
    if (name.equals("<init>")
        || name.equals("from")
        || name.equals("of")
        || name.equals("create")) {
      return namesAnError(owner);
    }
    return FIRST_WORDS.contains(firstWord(name));
  }

  private static boolean namesAnError(String name) {
    return name.endsWith("Exception") || name.endsWith("Error");
  }

  /** Names of native languages hold their module. */
  private static String lastSegment(String function) {
    int cut = Math.max(function.lastIndexOf('.'), function.lastIndexOf(':'));
    return function.substring(cut + 1);
  }

  private static String firstWord(String name) {
    int from = 0;
    while (from < name.length() && name.charAt(from) == '_') {
      from++;
    }
    int to = from + 1;
    while (to < name.length() && Character.isLowerCase(name.charAt(to))) {
      to++;
    }
    return from < name.length() ? name.substring(from, to).toLowerCase(Locale.ROOT) : "";
  }
}

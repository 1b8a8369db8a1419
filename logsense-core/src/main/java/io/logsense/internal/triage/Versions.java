package io.logsense.internal.triage;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of two versions is the later one, where their names tell: numbers as in {@code 1.10.2},
 * with or without a {@code v}; what follows a hyphen, such as {@code -rc.1}, comes before the
 * release (as in SemVer 2.0.0, but for the order of its words). Names of commits do not tell.
 */
final class Versions {
  /** Names are short and come once for each group and version; no line of a log is matched. */
  private static final Pattern NUMBERED =
      Pattern.compile("v?([0-9]{1,18}(?:\\.[0-9]{1,18}){0,9})(-[^+]{0,99})?(?:\\+.{0,99})?");

  private Versions() {}

  /** Less than, equal to or greater than 0 as the first is earlier, as late or later. */
  static OptionalInt compare(String one, String two) {
    Matcher first = NUMBERED.matcher(one);
    Matcher second = NUMBERED.matcher(two);
    if (one.equals(two)) {
      return OptionalInt.of(0);
    }
    if (!first.matches() || !second.matches()) {
      return OptionalInt.empty();
    }
    int order = numbers(first.group(1), second.group(1));
    return OptionalInt.of(order == 0 ? stages(first.group(2), second.group(2)) : order);
  }

  private static int numbers(String one, String two) {
    String[] ones = one.split("\\.", -1);
    String[] twos = two.split("\\.", -1);
    for (int i = 0; i < Math.max(ones.length, twos.length); i++) {
      long a = i < ones.length ? Long.parseLong(ones[i]) : 0;
      long b = i < twos.length ? Long.parseLong(twos[i]) : 0;
      if (a != b) {
        return Long.compare(a, b);
      }
    }
    return 0;
  }

  private static int stages(
      @org.jspecify.annotations.Nullable String one,
      @org.jspecify.annotations.Nullable String two) {
    if (one == null || two == null) {
      return Boolean.compare(one == null, two == null);
    }
    return Integer.signum(one.compareTo(two));
  }
}

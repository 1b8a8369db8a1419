package io.logsense.internal.fingerprint;

import java.util.Arrays;
import java.util.Collection;

/**
 * A set of name prefixes. A prefix matches up to a boundary: {@code com.shop} not {@code
 * com.shopping}.
 */
final class PrefixSet {
  static final PrefixSet NONE = of();

  private final String[] prefixes;

  private PrefixSet(String[] prefixes) {
    this.prefixes = prefixes;
  }

  static PrefixSet of(String... prefixes) {
    return new PrefixSet(prefixes.clone());
  }

  PrefixSet plus(Collection<String> more) {
    String[] all = Arrays.copyOf(prefixes, prefixes.length + more.size());
    int n = prefixes.length;
    for (String prefix : more) {
      all[n++] = prefix;
    }
    return new PrefixSet(all);
  }

  boolean isEmpty() {
    return prefixes.length == 0;
  }

  boolean matches(String name) {
    for (String prefix : prefixes) {
      if (!prefix.isEmpty() && name.startsWith(prefix) && endsAtBoundary(name, prefix)) {
        return true;
      }
    }
    return false;
  }

  private static boolean endsAtBoundary(String name, String prefix) {
    return name.length() == prefix.length()
        || !Character.isLetterOrDigit(prefix.charAt(prefix.length() - 1))
        || !Character.isLetterOrDigit(name.charAt(prefix.length()));
  }
}

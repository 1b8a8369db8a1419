package io.logsense.internal.parse;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What was made before of a name within a parent: the path of a field, the slot of a parameter.
 *
 * <p>Bounded: at most {@value #SLOTS} answers for names of at most {@value #LONGEST} characters.
 * Shared by threads without locks: entries are immutable, and a race loses at most an entry.
 */
final class RepeatedNames<P, V> {
  private static final int SLOTS = 512;
  private static final int LONGEST = 96;

  private record Entry<P, V>(P parent, String name, V value) {}

  private final BiFunction<P, String, V> maker;
  private final @Nullable Entry<P, V>[] entries;

  /** An empty table; {@code maker} is called with parent and name and answers always the same. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  RepeatedNames(BiFunction<P, String, V> maker) {
    this.maker = maker;
    entries = new Entry[SLOTS];
  }

  V of(P parent, String name) {
    int hash = 31 * parent.hashCode() + name.hashCode();
    int slot = (hash ^ hash >>> 9 ^ hash >>> 18) & SLOTS - 1;
    Entry<P, V> entry = entries[slot];
    if (entry != null && entry.name.equals(name) && entry.parent.equals(parent)) {
      return entry.value;
    }
    V value = maker.apply(parent, name);
    if (name.length() <= LONGEST) {
      entries[slot] = new Entry<>(parent, name, value);
    }
    return value;
  }
}

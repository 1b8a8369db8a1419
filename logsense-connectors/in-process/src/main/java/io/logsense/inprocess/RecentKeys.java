package io.logsense.inprocess;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The groups of the format strings, or of the stack traces, that were seen lately.
 *
 * <p>A table of sets of {@value #WAYS} entries. A key is found by its reference or, if it has to
 * be, by its content. Two rules keep the answers right and the table useful:
 *
 * <ul>
 *   <li>A key gets an entry when it comes for the second time: messages which the application puts
 *       together itself, and which never come again, push nothing out.
 *   <li>A key whose events turn out to be of more than one group, such as {@code "failed: {}"}, is
 *       not answered until many events in a row were of one group, and of more each time.
 * </ul>
 *
 * <p>A lost entry costs another look at an event. Threads share the table without a lock: entries
 * are immutable and published by a race.
 */
final class RecentKeys {
  private static final int SETS = 1024;
  private static final int WAYS = 4;
  private static final int SUSPICION = 16;
  private static final int MOST_NEEDED = 1 << 20;

  private final @Nullable Entry[] entries = new @Nullable Entry[SETS * WAYS];

  /** Hashes of keys that came once. */
  private final int[] candidates = new int[SETS * WAYS];

  private final AtomicInteger victim = new AtomicInteger();
  private final int trust;

  /**
   * An empty table.
   *
   * @param trust how many events in a row have to be of one group before a key is answered at first
   */
  RecentKeys(int trust) {
    this.trust = trust;
  }

  /**
   * The group of a key, null when it is not known.
   *
   * @param key a format string or a fingerprint
   * @param part what else tells keys apart; null if nothing does
   */
  @Nullable LoggedGroup find(Object key, @Nullable String part) {
    int hash = hash(key, part);
    int from = set(hash);
    for (int at = from; at < from + WAYS; at++) {
      Entry entry = entries[at];
      if (entry != null && entry.is(key, part, hash)) {
        return entry.agreed >= entry.needed ? entry.group : null;
      }
    }
    return null;
  }

  /** Says what the group of an event with that key was. */
  void offer(Object key, @Nullable String part, LoggedGroup group) {
    int hash = hash(key, part);
    int from = set(hash);
    for (int at = from; at < from + WAYS; at++) {
      Entry entry = entries[at];
      if (entry != null && entry.is(key, part, hash)) {
        entries[at] = entry.next(group);
        return;
      }
    }
    int candidate = (hash * 0x9E3779B9) >>> 20;
    if (candidates[candidate] != hash) {
      candidates[candidate] = hash;
      return;
    }
    int at = from + (victim.getAndIncrement() & (WAYS - 1));
    for (int i = from; i < from + WAYS; i++) {
      if (entries[i] == null) {
        at = i;
        break;
      }
    }
    entries[at] = new Entry(key, part, hash, group, 0, trust);
  }

  private static int hash(Object key, @Nullable String part) {
    int hash = key.hashCode();
    return part == null ? hash : 31 * hash + part.hashCode();
  }

  private static int set(int hash) {
    return ((hash * 0x85EBCA6B) >>> 22) * WAYS;
  }

  /**
   * What is known of a key. Immutable, so that it can be published by a race.
   *
   * @param agreed how many events in a row were of the group since one was not
   * @param needed how many have to be before the key is answered
   */
  private record Entry(
      Object key, @Nullable String part, int hash, LoggedGroup group, int agreed, int needed) {

    @SuppressWarnings("ReferenceEquality") // the quick answer before the exact one
    boolean is(Object otherKey, @Nullable String otherPart, int otherHash) {
      return hash == otherHash
          && (key == otherKey || key.equals(otherKey))
          && (part == otherPart || (part != null && part.equals(otherPart)));
    }

    @SuppressWarnings("ReferenceEquality") // there is one instance of a group
    Entry next(LoggedGroup other) {
      if (other == group) {
        return agreed >= needed ? this : new Entry(key, part, hash, group, agreed + 1, needed);
      }
      int more = Math.min(MOST_NEEDED, Math.max(SUSPICION, 4 * needed));
      return new Entry(key, part, hash, other, 0, more);
    }
  }
}

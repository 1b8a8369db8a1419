package io.logsense;

import io.logsense.api.group.Group;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The earliest times of some traces: of those whose ids have the lowest hashes, so that the same
 * traces are in the samples of all groups that they are part of.
 *
 * <p>A bottom-k sketch (Cohen and Kaplan, "Summarizing data using bottom-k sketches", PODC 2007)
 * with k = {@value Group#MOST_TRACES}; does not depend on the order of events, and samples merge
 * without loss. Memory: 16·k bytes at most, and none as long as no event names a trace.
 */
final class TraceSample {
  private static final long[] NONE = {};
  private static final int FEWEST = 4;

  /** Ascending. */
  private long[] hashes = NONE;

  private long[] times = NONE;
  private int size;

  /** Adds an event of a trace; nothing when the id is empty. */
  void add(String traceId, long time) {
    if (!traceId.isEmpty()) {
      add(hash(traceId), time);
    }
  }

  /** Adds what another sample has. */
  void add(TraceSample other) {
    for (int i = 0; i < other.size; i++) {
      add(other.hashes[i], other.times[i]);
    }
  }

  private void add(long hash, long time) {
    if (size == Group.MOST_TRACES && hash > hashes[size - 1]) {
      return;
    }
    int at = Arrays.binarySearch(hashes, 0, size, hash);
    if (at >= 0) {
      times[at] = Math.min(times[at], time);
      return;
    }
    int place = -at - 1;
    if (size == hashes.length && size < Group.MOST_TRACES) {
      int room = Math.min(Group.MOST_TRACES, Math.max(FEWEST, 2 * size));
      hashes = Arrays.copyOf(hashes, room);
      times = Arrays.copyOf(times, room);
    }
    int moved = Math.min(size, Group.MOST_TRACES - 1) - place;
    System.arraycopy(hashes, place, hashes, place + 1, moved);
    System.arraycopy(times, place, times, place + 1, moved);
    hashes[place] = hash;
    times[place] = time;
    size = Math.min(size + 1, Group.MOST_TRACES);
  }

  /** FNV-1a over the characters, spread by the finaliser of MurmurHash3. */
  static long hash(String text) {
    long h = 0xCBF29CE484222325L;
    for (int i = 0; i < text.length(); i++) {
      h = (h ^ text.charAt(i)) * 0x100000001B3L;
    }
    h = (h ^ (h >>> 33)) * 0xFF51AFD7ED558CCDL;
    h = (h ^ (h >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return h ^ (h >>> 33);
  }

  /** Hash of the trace id, to the earliest time. */
  SortedMap<Long, Long> toMap() {
    SortedMap<Long, Long> map = new TreeMap<>();
    for (int i = 0; i < size; i++) {
      map.put(hashes[i], times[i]);
    }
    return map;
  }
}

package io.logsense.inprocess;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Knows which threads are inside an appender, so that what they log there does not enter it again.
 *
 * <p>A thread is noted in one of a few slots while it is inside, and nowhere afterwards: memory
 * follows the threads inside at a time, not those that ever logged, and nothing is left in a thread
 * that ends or goes back to a pool. A virtual thread is noted as itself, so that it may go on on
 * another carrier. Where more are inside than there are slots, the rest is noted in a map. Never
 * blocks; allocates only for the map.
 */
final class ReentryGuard {
  private static final int SLOTS = 256;
  private static final int PROBES = 4;

  /** Slots next to each other in use are this many references apart: two cache lines. */
  private static final int SPREAD = 16;

  private final AtomicReferenceArray<@Nullable Thread> slots =
      new AtomicReferenceArray<>(SLOTS * SPREAD);

  private final ConcurrentHashMap<Thread, Thread> crowd = new ConcurrentHashMap<>();

  /**
   * Notes the calling thread.
   *
   * @return false if it was inside already; else it has to call {@link #exit} at the end
   */
  boolean enter() {
    Thread thread = Thread.currentThread();
    int home = home(thread);
    int free = -1;
    for (int probe = 0; probe < PROBES; probe++) {
      int slot = slot(home, probe);
      Thread inside = slots.get(slot);
      if (inside == thread) {
        return false;
      }
      if (inside == null && free < 0) {
        free = slot;
      }
    }
    if (!crowd.isEmpty() && crowd.containsKey(thread)) {
      return false;
    }
    if (free >= 0 && slots.compareAndSet(free, null, thread)) {
      return true;
    }
    for (int probe = 0; probe < PROBES; probe++) {
      if (slots.compareAndSet(slot(home, probe), null, thread)) {
        return true;
      }
    }
    crowd.put(thread, thread);
    return true;
  }

  /** Forgets the calling thread. */
  void exit() {
    Thread thread = Thread.currentThread();
    int home = home(thread);
    for (int probe = 0; probe < PROBES; probe++) {
      int slot = slot(home, probe);
      if (slots.getPlain(slot) == thread) {
        slots.setRelease(slot, null);
        return;
      }
    }
    crowd.remove(thread);
  }

  /** How many threads are inside, as of a moment during the call. */
  int inside() {
    int count = crowd.size();
    for (int slot = 0; slot < SLOTS; slot++) {
      if (slots.get(slot * SPREAD) != null) {
        count++;
      }
    }
    return count;
  }

  private static int slot(int home, int probe) {
    return ((home + probe) & (SLOTS - 1)) * SPREAD;
  }

  @SuppressWarnings("deprecation") // the method that replaces it is not in JDK 17
  private static int home(Thread thread) {
    return (int) ((thread.getId() * 0x9E3779B97F4A7C15L) >>> 56);
  }
}

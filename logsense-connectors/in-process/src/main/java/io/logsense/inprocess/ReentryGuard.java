package io.logsense.inprocess;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Knows which threads are inside an appender, so that what they log there does not enter it again.
 *
 * <p>A thread is noted in one of a few slots while it is inside, and nowhere afterwards: memory
 * follows the threads inside at a time, not those that ever logged, and nothing is left in a thread
 * that ends or goes back to a pool. A virtual thread is noted as itself, so that it may go on on
 * another carrier. Where more are inside than there are slots, the rest is noted in a map. Never
 * blocks; allocates only for the map.
 *
 * <p>A thread may log until its stack overflows, and go on. It is forgotten without a call, for
 * which there may be no stack left: it would be taken for one inside for ever, and what it logs be
 * dropped.
 */
final class ReentryGuard {
  private static final int SLOTS = 256;
  private static final int PROBES = 4;

  private final Slot[] slots = new Slot[SLOTS];
  private final ConcurrentHashMap<Thread, Place> crowd = new ConcurrentHashMap<>();

  ReentryGuard() {
    for (int i = 0; i < SLOTS; i++) {
      slots[i] = new Slot();
    }
  }

  /** Where a thread is noted. */
  private static class Place {
    static final AtomicReferenceFieldUpdater<Place, @Nullable Thread> THREAD =
        AtomicReferenceFieldUpdater.newUpdater(Place.class, Thread.class, "thread");

    volatile @Nullable Thread thread;
  }

  /** A place that is used again. Two of them share no pair of cache lines. */
  @SuppressWarnings("unused") // but for their size
  private static final class Slot extends Place {
    private long p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16;
  }

  /**
   * Runs an action, within which the calling thread is inside.
   *
   * @return false without running it, if the thread was inside already
   */
  <E> boolean run(Consumer<E> action, E argument) {
    Thread thread = Thread.currentThread();
    Place place = enter(thread);
    if (place == null) {
      return false;
    }
    try {
      action.accept(argument);
    } finally {
      place.thread = null; // no call: see above
      if (!(place instanceof Slot)) {
        crowd.remove(thread);
      }
    }
    return true;
  }

  private @Nullable Place enter(Thread thread) {
    int home = home(thread);
    Place free = null;
    for (int probe = 0; probe < PROBES; probe++) {
      Place slot = slot(home, probe);
      Thread inside = slot.thread;
      if (inside == thread) {
        return null;
      }
      if (inside == null && free == null) {
        free = slot;
      }
    }
    if (!crowd.isEmpty() && isInCrowd(thread)) {
      return null;
    }
    if (free != null && Place.THREAD.compareAndSet(free, null, thread)) {
      return free;
    }
    for (int probe = 0; probe < PROBES; probe++) {
      Place slot = slot(home, probe);
      if (Place.THREAD.compareAndSet(slot, null, thread)) {
        return slot;
      }
    }
    Place place = new Place();
    crowd.put(thread, place);
    place.thread = thread;
    return place;
  }

  /**
   * A thread that has left is in the map until its next event if there was no stack to remove it.
   */
  private boolean isInCrowd(Thread thread) {
    Place place = crowd.get(thread);
    return place != null && place.thread == thread;
  }

  private Place slot(int home, int probe) {
    return slots[(home + probe) & (SLOTS - 1)];
  }

  @SuppressWarnings("deprecation") // the method that replaces it is not in JDK 17
  private static int home(Thread thread) {
    return (int) ((thread.getId() * 0x9E3779B97F4A7C15L) >>> 56);
  }
}

package io.logsense.inprocess;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A bounded queue and the daemon thread that takes from it, for an appender that should not write
 * in the thread that logs.
 *
 * <p>Thread-safe. What is dropped is counted and said once. {@link #stop} takes what is left, as
 * far as its deadline lets it, and says what was lost.
 *
 * @param <E> what is queued
 */
public final class WriteQueue<E> {
  /** Wakes the thread when it is to end. */
  private static final Object END = new Object();

  private final BlockingQueue<Object> queue;
  private final int capacity;
  private final WhenFull whenFull;
  private final long timeoutNanos;
  private final Consumer<E> writer;
  private final Consumer<String> warnings;
  private final Thread thread;
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicBoolean dropSaid = new AtomicBoolean();

  /** Whether the thread ends when nothing is left. */
  private volatile boolean ending;

  /** Whether it ends at once. */
  private volatile boolean givenUp;

  /** Whether something was taken that is not written yet. */
  private volatile boolean writing;

  /**
   * A queue that is not started yet.
   *
   * @param name of the thread
   * @param capacity how many wait at most
   * @param timeout how long {@link WhenFull#BLOCK_WITH_TIMEOUT} waits
   * @param writer takes one after the other; must not throw
   * @param warnings told once when something is dropped, and at the end what was lost
   */
  public WriteQueue(
      String name,
      int capacity,
      WhenFull whenFull,
      Duration timeout,
      Consumer<E> writer,
      Consumer<String> warnings) {
    queue = new ArrayBlockingQueue<>(capacity);
    this.capacity = capacity;
    this.whenFull = whenFull;
    this.timeoutNanos = timeout.toNanos();
    this.writer = writer;
    this.warnings = warnings;
    thread = new Thread(this::take, name);
    thread.setDaemon(true);
  }

  /** Begins to take. Once. */
  public void start() {
    thread.start();
  }

  /**
   * Adds by the policy, or drops.
   *
   * @return false when the queue has ended and the caller has to write the element himself
   */
  public boolean put(E element) {
    if (ending) {
      return false;
    }
    boolean added =
        queue.offer(element)
            || (whenFull != WhenFull.DROP
                && await(element, whenFull == WhenFull.BLOCK ? Long.MAX_VALUE : timeoutNanos));
    if (!added && !ending) {
      dropped.getAndIncrement();
      if (dropSaid.compareAndSet(false, true)) {
        warnings.accept("dropping events: the queue of " + capacity + " is full; said only once");
      }
      return true;
    }
    return added && !isLeftBehind(element);
  }

  /**
   * Adds whatever the policy, for what must not be dropped. Waits while the queue is full.
   *
   * @return false when the queue has ended and the caller has to write the element himself
   */
  public boolean putAlways(E element) {
    return await(element, Long.MAX_VALUE) && !isLeftBehind(element);
  }

  /** Whether an element was added when the thread may have ended, and was taken back. */
  private boolean isLeftBehind(E element) {
    return ending && queue.remove(element);
  }

  /** An interrupt is kept for whoever logs; it is not a reason to lose an event. */
  private boolean await(E element, long nanos) {
    long start = System.nanoTime();
    boolean interrupted = false;
    try {
      while (!ending) {
        long left = nanos - (System.nanoTime() - start);
        try {
          // Not longer than this, to see that the queue is ending.
          if (queue.offer(element, Math.min(left, 100_000_000), TimeUnit.NANOSECONDS)) {
            return true;
          }
          if (left <= 0) {
            return false;
          }
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @SuppressWarnings("unchecked") // but for the mark, only elements are added
  private void take() {
    while (!givenUp && !(ending && queue.isEmpty())) {
      try {
        Object element = queue.take();
        if (element != END) {
          writing = true;
          writer.accept((E) element);
          writing = false;
        }
      } catch (InterruptedException e) {
        // Only stop() ends this thread.
      }
    }
  }

  /** How many were dropped so far. */
  public long dropped() {
    return dropped.get();
  }

  /**
   * Takes no more, and waits until what is left was written.
   *
   * @return how many were lost because that took longer than the deadline
   */
  public long stop(Duration deadline) {
    ending = true;
    queue.offer(END); // wakes the thread if it waits; if there is no room, it does not wait
    Timer.join(thread, deadline);
    if (!thread.isAlive() || givenUp) {
      return 0;
    }
    givenUp = true;
    queue.remove(END);
    long lost = queue.size() + (writing ? 1L : 0L);
    if (lost > 0) {
      dropped.addAndGet(lost);
      warnings.accept("lost " + lost + " events that were not written within " + deadline);
    }
    return lost;
  }
}

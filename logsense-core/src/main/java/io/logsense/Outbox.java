package io.logsense;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What listeners of the host are to be told. It is posted where it happens, under whatever lock is
 * held there, and delivered later without any; in order, to one listener at a time. What a listener
 * throws is counted and logged once a minute, not passed on. Thread-safe.
 */
final class Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final int MOST = 10_000;
  private static final long MINUTE = 60_000_000_000L;

  private final Queue<Letter<?>> letters = new ConcurrentLinkedQueue<>();
  private final ReentrantLock delivering = new ReentrantLock();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private volatile long lastLogged = System.nanoTime() - MINUTE;

  /** Posts a call; when {@value #MOST} others wait already, it is dropped and counted. */
  <T> void post(String name, Consumer<T> listener, T argument) {
    if (waiting.get() < MOST) {
      waiting.incrementAndGet();
      letters.add(new Letter<>(name, listener, argument));
    } else if (dropped.getAndIncrement() == 0) {
      LOG.warn("listener {} is too slow: calls are dropped, see logsense.outbox.dropped", name);
    }
  }

  /**
   * Delivers what was posted, unless another thread is at it, or a listener called back: then that
   * one goes on with it.
   */
  void deliver() {
    while (!letters.isEmpty() && !delivering.isHeldByCurrentThread() && delivering.tryLock()) {
      try {
        for (Letter<?> letter = letters.poll(); letter != null; letter = letters.poll()) {
          waiting.decrementAndGet();
          deliver(letter);
        }
      } finally {
        delivering.unlock();
      }
    }
  }

  /** Calls at once, in this thread, what must not be dropped; nothing is thrown here either. */
  <T> void call(String name, Consumer<T> listener, T argument) {
    deliver(new Letter<>(name, listener, argument));
  }

  /** How often a listener threw. */
  long failures() {
    return failures.get();
  }

  /** How many calls were dropped because too many waited. */
  long dropped() {
    return dropped.get();
  }

  /** How many calls wait. */
  int size() {
    return waiting.get();
  }

  private <T> void deliver(Letter<T> letter) {
    try {
      letter.listener.accept(letter.argument);
    } catch (Throwable e) { // a fault of the host stays in its listener
      long count = failures.incrementAndGet();
      if (System.nanoTime() - lastLogged >= MINUTE) {
        lastLogged = System.nanoTime();
        LOG.warn("listener {} failed, {} times so far", letter.name, count, e);
      }
    }
  }

  private record Letter<T>(String name, Consumer<T> listener, T argument) {}
}

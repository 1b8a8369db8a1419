package io.logsense;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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
  private static final long MINUTE = 60_000_000_000L;

  private final Queue<Letter<?>> letters = new ConcurrentLinkedQueue<>();
  private final ReentrantLock delivering = new ReentrantLock();
  private final AtomicLong failures = new AtomicLong();
  private long lastLogged = System.nanoTime() - MINUTE;

  <T> void post(String name, Consumer<T> listener, T argument) {
    letters.add(new Letter<>(name, listener, argument));
  }

  /**
   * Delivers what was posted, unless another thread is at it, or a listener called back: then that
   * one goes on with it.
   */
  void deliver() {
    while (!letters.isEmpty() && !delivering.isHeldByCurrentThread() && delivering.tryLock()) {
      try {
        for (Letter<?> letter = letters.poll(); letter != null; letter = letters.poll()) {
          deliver(letter);
        }
      } finally {
        delivering.unlock();
      }
    }
  }

  /** How often a listener threw. */
  long failures() {
    return failures.get();
  }

  /** What is still to be told. */
  int size() {
    return letters.size();
  }

  private <T> void deliver(Letter<T> letter) {
    try {
      letter.listener.accept(letter.argument);
    } catch (RuntimeException e) {
      long count = failures.incrementAndGet();
      if (System.nanoTime() - lastLogged >= MINUTE) {
        lastLogged = System.nanoTime();
        LOG.warn("listener {} failed, {} times so far", letter.name, count, e);
      }
    }
  }

  private record Letter<T>(String name, Consumer<T> listener, T argument) {}
}

package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.alert.Alert;
import io.logsense.api.alert.Notifier;
import io.logsense.internal.alert.AlertBook;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers alerts to one notifier, in a thread of its own, until each got through. */
final class Courier {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Notifier notifier;
  private final AlertBook book;
  private final InstantSource clock;
  private final Semaphore news = new Semaphore(0);
  private final Map<String, Retry> retries = new HashMap<>();
  private final Thread thread;
  private volatile boolean stopping;
  private Instant lastLogged = Instant.MIN;
  private long failures;

  private record Retry(Instant due, Duration pause) {}

  Courier(Notifier notifier, AlertBook book, InstantSource clock) {
    this.notifier = notifier;
    this.book = book;
    this.clock = clock;
    thread = new Thread(this::run, "logsense-alerts-" + notifier.name());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  void wake() {
    news.release();
  }

  void stop() {
    stopping = true;
    thread.interrupt();
  }

  void join(long millis) {
    try {
      thread.join(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!stopping) {
        try {
          book.tick(clock.instant());
          deliver();
        } catch (LogSenseException e) {
          failed("state of alerts cannot be used", e);
        }
        // Also when there is no news: a storm may be over, or a retry due.
        if (news.tryAcquire(1, TimeUnit.SECONDS)) {
          news.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tries everything that is due, once. */
  void deliver() throws InterruptedException {
    for (Alert alert : book.undelivered(notifier.name())) {
      Retry retry = retries.get(alert.id());
      if (retry == null || !retry.due.isAfter(clock.instant())) {
        deliver(alert, retry);
      }
    }
  }

  private void deliver(Alert alert, @org.jspecify.annotations.Nullable Retry retry)
      throws InterruptedException {
    try {
      notifier.notify(alert);
      book.delivered(alert, notifier.name());
      retries.remove(alert.id());
    } catch (IOException | RuntimeException e) {
      Duration pause = retry == null ? SECOND : retry.pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
      retries.put(alert.id(), new Retry(clock.instant().plus(pause), pause));
      failed("alert not delivered by " + notifier.name() + "; it is tried again", e);
    }
  }

  private void failed(String what, Exception e) {
    failures++;
    Instant now = clock.instant();
    if (lastLogged.isBefore(now.minus(Duration.ofMinutes(1)))) {
      lastLogged = now;
      LOG.warn("{}, {} failures so far", what, failures, e);
    }
  }
}

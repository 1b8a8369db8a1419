package com.shop;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Two hours of traffic: draws what happens next, and runs it on one of the shop's own threads.
 *
 * <p>One thing happens at a time, so that the order of the log depends on the seed alone.
 */
final class Simulation implements AutoCloseable {
  /** From here on the new loyalty programme is switched on, and fails. */
  private static final Instant LOYALTY_LAUNCH = Instant.parse("2026-11-20T11:49:30Z");

  private static final Instant DATABASE_SLOW_FROM = Instant.parse("2026-11-20T10:51:00Z");
  private static final Instant DATABASE_SLOW_TO = Instant.parse("2026-11-20T11:06:00Z");
  private static final Instant SHIPPING_DOWN_FROM = Instant.parse("2026-11-20T11:20:00Z");
  private static final Instant SHIPPING_DOWN_TO = Instant.parse("2026-11-20T11:41:00Z");

  private final SimulatedClock clock;
  private final Random random;
  private final Shop shop;
  private final List<ExecutorService> webThreads = new ArrayList<>();
  private final ExecutorService scheduler = single("scheduling-1");

  Simulation(SimulatedClock clock, long seed) {
    this.clock = clock;
    random = new Random(seed);
    shop = new Shop(clock, random);
    for (int i = 1; i <= 6; i++) {
      webThreads.add(single("nio-8080-exec-" + i));
    }
  }

  void run(Instant end) {
    shop.started();
    Instant nextMinute = clock.instant();
    while (clock.instant().isBefore(end)) {
      if (!clock.instant().isBefore(nextMinute)) {
        on(scheduler, this::housekeeping);
        nextMinute = nextMinute.plus(Duration.ofMinutes(1));
      }
      on(webThreads.get(random.nextInt(webThreads.size())), this::request);
      clock.spend(Duration.ofMillis(900 + random.nextInt(4400)));
    }
  }

  private void request() {
    Instant now = clock.instant();
    shop.database().slow(within(now, DATABASE_SLOW_FROM, DATABASE_SLOW_TO));
    shop.shipping().down(within(now, SHIPPING_DOWN_FROM, SHIPPING_DOWN_TO));
    shop.loyalty().enabled(!now.isBefore(LOYALTY_LAUNCH));
    int dice = random.nextInt(100);
    if (dice < 44) {
      shop.web().browse();
    } else if (dice < 66) {
      shop.web().addToCart();
    } else if (dice < 88) {
      shop.web().checkout();
    } else if (dice < 94) {
      shop.web().recommend();
    } else {
      shop.web().resetPassword();
    }
  }

  private void housekeeping() {
    int minute = (int) (clock.instant().getEpochSecond() / 60 % 60);
    shop.jobs().refreshPrices();
    if (minute % 10 == 4) {
      shop.jobs().importCatalogue();
    }
    if (minute % 7 == 2) {
      shop.jobs().deliverWebhooks();
    }
    if (minute % 12 == 9) {
      shop.jobs().publishEvents();
    }
  }

  private static boolean within(Instant now, Instant from, Instant to) {
    return !now.isBefore(from) && now.isBefore(to);
  }

  private static ExecutorService single(String name) {
    return Executors.newSingleThreadExecutor(task -> new Thread(task, name));
  }

  private static void on(ExecutorService thread, Runnable task) {
    try {
      thread.submit(task).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the shop let a failure escape", e);
    }
  }

  @Override
  public void close() {
    webThreads.forEach(ExecutorService::shutdown);
    scheduler.shutdown();
    shop.close();
  }
}

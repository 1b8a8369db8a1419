package io.logsense.inprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.event.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReductionTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final List<Summary> summaries = Collections.synchronizedList(new ArrayList<>());
  private final AppenderOutlet outlet =
      new AppenderOutlet() {
        @Override
        public void write(Summary summary) {
          summaries.add(summary);
        }

        @Override
        public void warn(String problem, Throwable cause) {
          throw new AssertionError(problem, cause);
        }
      };
  private final EventIntake<Line> intake =
      EventIntake.builder(Line.READER)
          .reduction(new Reduction(10, 1, Duration.ofHours(1)))
          .build(outlet);

  @AfterEach
  void stop() {
    intake.stop(LONG);
    intake.engine().close();
  }

  /** How many of so many equal events are written in full. */
  private int written(int events) {
    int written = 0;
    for (int i = 0; i < events; i++) {
      written += intake.add(Line.info("sold item {}", i)).isReduced() ? 0 : 1;
    }
    return written;
  }

  private Summary onlySummary() {
    assertThat(summaries).hasSize(1);
    return summaries.remove(0);
  }

  @Test
  void theFirstEventsAreWrittenAndThenOneForEachDoubling() {
    intake.start();
    assertThat(written(10)).isEqualTo(10);
    assertThat(written(1_000_000)).isBetween(10, 40);
  }

  @Test
  void whatIsLeftOutIsTold() {
    intake.start();
    int written = written(1000);
    assertThat(measured("logsense.appender.reduced")).isEqualTo(1000 - written);
    intake.stop(LONG);
    assertThat(measured("logsense.appender.reduced")).isEqualTo(1000 - written);
    assertThat(measured("logsense.events")).isEqualTo(1000);
    assertThat(measured("logsense.appender.reentries")).isZero();
    assertThat(measured("logsense.appender.failures")).isZero();
  }

  private double measured(String name) {
    return intake.measures().stream()
        .filter(measure -> measure.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value()
        .getAsDouble();
  }

  @Test
  void messagesThatTheApplicationPutsTogetherAreReducedAsWell() {
    intake.start();
    int written = 0;
    for (int i = 0; i < 10_000; i++) {
      written += intake.add(Line.info("retrying order " + i, "")).isReduced() ? 0 : 1;
    }
    intake.summarise();
    assertThat(written).isBetween(10, 40);
    Summary summary = onlySummary();
    assertThat(summary.count()).isEqualTo(10_000 - written);
    assertThat(summary.lastSeen()).isEqualTo(Line.TIME);
  }

  @Test
  void everyPeriodOfAFloodHasAnEventInFullAndAnExactSummary() {
    intake.start();
    long out = 1000 - written(1000);
    for (int period = 0; period < 10; period++) {
      intake.summarise();
      assertThat(onlySummary().count()).isEqualTo(out);
      int written = written(1000);
      assertThat(written).isBetween(1, 12);
      out = 1000 - written;
    }
  }

  @Test
  void aSummarySaysWhatOfHowManyAndWhen() {
    intake.start();
    int written = written(1000);
    intake.summarise();
    Summary summary = onlySummary();
    assertThat(summary.total()).isEqualTo(1000);
    assertThat(summary.count()).isEqualTo(1000 - written);
    assertThat(summary.severity()).isEqualTo(Severity.INFO);
    assertThat(summary.group().logger()).isEqualTo("shop.Cart");
    assertThat(summary.text())
        .isEqualTo(
            summary.count() + " more, 1000 in all, latest 2023-11-14T22:13:20Z: sold item {}");
    assertThat(summary.facts())
        .containsEntry("logsense.fingerprint", summary.group().id())
        .containsEntry("logsense.group.count", 1000L)
        .containsEntry("logsense.reduced", summary.count());
  }

  @Test
  void aGroupThatWasQuietForAPeriodStartsAnew() {
    intake.start();
    written(1000);
    intake.summarise();
    summaries.clear();
    assertThat(written(1)).isEqualTo(1);
    intake.summarise();
    assertThat(summaries).isEmpty();
    assertThat(written(10)).isEqualTo(10);
  }

  @Test
  void everyProblemOfManyIsWritten() {
    intake.start();
    String[] things = {"apples", "pears", "plums", "nuts", "grapes", "figs", "dates", "melons"};
    for (String thing : things) {
      assertThat(intake.add(Line.info("we lost all of our " + thing, "")).isReduced()).isFalse();
    }
  }

  @Test
  void whatIsWrittenAndWhatIsSummarisedIsWhatWasLogged() throws InterruptedException {
    int threads = 8;
    int events = 100_000;
    LongAdder written = new LongAdder();
    LongAdder unknown = new LongAdder();
    CountDownLatch halfway = new CountDownLatch(threads / 2);
    Throwable thrown = new IllegalStateException("no price");
    intake.start();
    List<Thread> all = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < events; i++) {
                  Line line =
                      switch (i % 3) {
                        case 0 -> Line.info("sold item {}", i);
                        case 1 -> Line.error("cannot sell", thrown);
                        default -> new Line(Severity.WARN, "stock of {} is low", i, null);
                      };
                  Sighting sighting = intake.add(line);
                  (sighting.isReduced() ? unknown : written).increment();
                  if (i == events / 2) {
                    halfway.countDown();
                  }
                }
              });
      all.add(thread);
      thread.start();
    }
    // Ends among the events: what comes later is written in full.
    halfway.await();
    assertThat(intake.stop(LONG)).isTrue();
    for (Thread thread : all) {
      thread.join();
    }
    long summarised = summaries.stream().mapToLong(Summary::count).sum();
    assertThat(summarised).isEqualTo(unknown.sum()).isPositive();
    assertThat(written.sum() + summarised).isEqualTo((long) threads * events);
    assertThat(measured("logsense.events")).isEqualTo(intake.count());
  }

  @Test
  void aPolicyThatHidesAnErrorIsRefused() {
    assertThatThrownBy(() -> new Reduction(10, 0, Duration.ofMinutes(1)))
        .hasMessageContaining("further is 0");
    assertThatThrownBy(() -> new Reduction(0, 1, Duration.ofMinutes(1)))
        .hasMessageContaining("first is 0");
    assertThatThrownBy(() -> new Reduction(1, 1, Duration.ZERO)).hasMessageContaining("PT0S");
  }
}

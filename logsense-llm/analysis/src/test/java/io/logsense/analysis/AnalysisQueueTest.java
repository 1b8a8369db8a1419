package io.logsense.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.analysis.Incident;
import io.logsense.api.analysis.RootCauseAnalyzer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AnalysisQueueTest {
  private static final int FAST = 60_000_000;

  private final LinkedBlockingQueue<String> reported = new LinkedBlockingQueue<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  /** Holds the first incident until it is told to go on, so that the others wait. */
  private final RootCauseAnalyzer analyzer =
      incident -> {
        begun.countDown();
        goOn.await();
        return new RankingAnalyzer().analyze(incident);
      };

  @Test
  void theMostUrgentIsAnalysedFirst() throws Exception {
    try (AnalysisQueue queue = queue(10)) {
      queue.submit(incident("v0", 0));
      begun.await();
      queue.submit(incident("low", 1));
      queue.submit(incident("high", 5));
      queue.submit(incident("middle", 3));
      queue.submit(incident("low", 4)); // takes the place of its earlier form
      goOn.countDown();

      assertThat(reports(4)).containsExactly("v0", "high", "low", "middle");
      assertThat(value(queue, "logsense.rca.dropped")).isZero();
    }
  }

  @Test
  void theLeastUrgentIsDroppedAndCountedWhereThereIsNoRoom() throws Exception {
    try (AnalysisQueue queue = queue(2)) {
      queue.submit(incident("v0", 0));
      begun.await();
      assertThat(queue.submit(incident("a", 3))).isTrue();
      assertThat(queue.submit(incident("b", 1))).isTrue();
      assertThat(queue.submit(incident("c", 0))).isFalse();
      assertThat(queue.submit(incident("d", 5))).isTrue();
      goOn.countDown();

      assertThat(reports(3)).containsExactly("v0", "d", "a");
      assertThat(value(queue, "logsense.rca.dropped")).isEqualTo(2);
    }
  }

  @Test
  void aListenerThatThrowsDoesNotEndTheWork() throws Exception {
    goOn.countDown();
    try (AnalysisQueue queue =
        new AnalysisQueue(
            analyzer,
            (incident, report) -> {
              if (incident.version().equals("bad")) {
                throw new IllegalStateException("a bug of the host");
              }
              reported.add(incident.version());
            },
            10,
            FAST)) {
      queue.submit(incident("bad", 5));
      queue.submit(incident("good", 0));

      assertThat(reports(1)).containsExactly("good");
    }
  }

  @Test
  void nothingIsTakenAfterTheEnd() {
    AnalysisQueue queue = queue(2);
    queue.close();
    queue.close();

    assertThat(queue.submit(incident("a", 1))).isFalse();
  }

  private AnalysisQueue queue(int capacity) {
    return new AnalysisQueue(
        analyzer, (incident, report) -> reported.add(incident.version()), capacity, FAST);
  }

  private static Incident incident(String version, int criticality) {
    return Incidents.builder("x").deployed(version, "").criticality(criticality).build();
  }

  private List<String> reports(int count) throws InterruptedException {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(reported.poll(30, TimeUnit.SECONDS));
    }
    return all;
  }

  private static double value(AnalysisQueue queue, String name) {
    return queue.measures().stream()
        .filter(measure -> measure.name().equals(name))
        .mapToDouble(one -> one.value().getAsDouble())
        .findFirst()
        .orElseThrow();
  }
}

package io.logsense.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.event.Severity;
import io.logsense.api.finding.Finding;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class FindingsTest {
  private static final AppenderOutlet NOWHERE =
      new AppenderOutlet() {
        @Override
        public void write(Summary summary) {}

        @Override
        public void warn(String problem, Throwable cause) {}
      };

  @Test
  void whoeverListensMayBlockWithoutStoppingWhoLogs() throws InterruptedException {
    BlockingQueue<Finding> told = new LinkedBlockingQueue<>();
    CountDownLatch free = new CountDownLatch(1);
    EventIntake<Line> intake =
        EventIntake.builder(Line.READER)
            .engine(engine -> engine.previous(List.of()))
            .onFinding(
                finding -> {
                  told.add(finding);
                  try {
                    free.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                })
            .build(NOWHERE);
    intake.start();
    for (String thing : List.of("apples", "pears", "plums")) {
      intake.add(new Line(Severity.ERROR, "cannot sell any of the " + thing, "", null));
    }
    assertThat(told.take().group().template()).startsWith("cannot sell any of the ");
    free.countDown();
    assertThat(intake.stop(Duration.ofSeconds(30))).isTrue();
    assertThat(told).hasSizeLessThan(3);
    intake.engine().close();
  }
}

package io.logsense.internal.finding;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.anomaly.AnomalyDetector;
import io.logsense.api.anomaly.Judgement;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class RateWatchTest {
  private static final long MINUTE = 60_000_000_000L;

  private final List<String> points = new ArrayList<>();
  private final RateWatch watch =
      new RateWatch(new Recorder(), MINUTE, new RateWatch.Listener() {});

  @Test
  void quietMinutesAreZerosBetweenOthers() {
    at(1, 1, 4);
    watch.advance(6 * MINUTE);
    assertThat(points).containsExactly("1=2", "2=0", "3=0", "4=1");
  }

  @Test
  void eventsLateByAMinuteCountInTheirs() {
    at(1, 2, 1, 2, 1, 3, 2);
    watch.advance(9 * MINUTE);
    assertThat(points).containsExactly("1=3", "2=3", "3=1");
  }

  @Test
  void laterOnesAreNotJudgedAndAnOlderLogBeginsAgain() {
    at(5000, 5001, 4990, 20, 5001);
    for (int i = 0; i < 20; i++) {
      at(20);
    }
    at(21);
    watch.advance(30 * MINUTE);
    assertThat(points).containsExactly("5000=1", "5001=2", "20=1", "21=1");
  }

  @Test
  void aGapOfYearsCostsADay() {
    at(0, 10_000_000);
    watch.advance(10_000_005 * MINUTE);
    assertThat(points).hasSize(2 + 1440);
  }

  @Test
  void everyMinuteIsJudgedAtMostOnceWhateverTheOrder() {
    Random random = new Random(3);
    for (int run = 0; run < 200; run++) {
      points.clear();
      int minutes = 2000 + run * 4000;
      int last = minutes;
      for (int i = 0; i < 100; i++) {
        last += random.nextInt(4) - 1;
        watch.count(0, last * MINUTE + random.nextInt(1000), 1 + random.nextInt(3));
        if (random.nextInt(5) == 0) {
          watch.advance((last + random.nextInt(3)) * MINUTE);
        }
      }
      watch.advance((last + 10) * MINUTE);
      List<String> times = points.stream().map(point -> point.split("=")[0]).toList();
      assertThat(times).doesNotHaveDuplicates();
    }
  }

  @Test
  void theEndsOfTimeAreTimesLikeOthers() {
    watch.count(0, Long.MIN_VALUE, 1);
    watch.count(0, Long.MAX_VALUE, 1);
    watch.count(0, 0, 1);
    watch.count(0, Long.MIN_VALUE, Long.MAX_VALUE);
    watch.advance(Long.MAX_VALUE);
    assertThat(points.size()).isLessThan(4 * 1442);
  }

  private void at(long... minutes) {
    for (long minute : minutes) {
      watch.count(0, minute * MINUTE + 7, 1);
    }
  }

  /** Notes what it is asked to judge. */
  private final class Recorder implements AnomalyDetector {
    @Override
    public void observe(int series, long epochMillis, double value, Judgement out) {
      points.add(epochMillis / 60_000 + "=" + (long) value);
      out.clear();
    }

    @Override
    public void forget(int series) {}

    @Override
    public void snapshot(OutputStream out) {}

    @Override
    public void merge(InputStream in, IntUnaryOperator handles) {}
  }
}

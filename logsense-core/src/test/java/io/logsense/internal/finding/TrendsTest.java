package io.logsense.internal.finding;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.finding.Trend;
import io.logsense.api.group.Group;
import io.logsense.api.group.GroupKind;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class TrendsTest {
  private static final long MINUTE = 60_000_000_000L;
  private static final int LENGTH = 240;

  private final Random random = new Random(9);

  @Test
  void halvesThatDifferByMoreThanChanceAreATrend() {
    assertThat(trend(minute -> minute < 120 ? 1 : 4)).isEqualTo(Trend.RISING);
    assertThat(trend(minute -> minute < 120 ? 4 : 1)).isEqualTo(Trend.FALLING);
    assertThat(trend(minute -> minute < 60 ? 2 : 0)).isEqualTo(Trend.GONE);
    assertThat(trend(minute -> minute == 0 ? 2 : 0)).as("two events").isEqualTo(Trend.STEADY);
  }

  @Test
  void whatIsSteadyOrComesInBurstsHasNone() {
    int trends = 0;
    for (int run = 0; run < 400; run++) {
      double rate = run % 2 == 0 ? 0.3 : 5;
      trends += trend(minute -> rate) == Trend.STEADY ? 0 : 1;
      int shift = random.nextInt(40);
      trends += trend(minute -> (minute + shift) % 40 < 4 ? 20 : 0) == Trend.STEADY ? 0 : 1;
    }
    assertThat(trends).isLessThanOrEqualTo(8);
  }

  @Test
  void aGroupWithoutTimesOrOfOneMomentHasNone() {
    assertThat(Trends.of(group(new TreeMap<>(), LogEvent.NO_TIMESTAMP), 0)).isEqualTo(Trend.STEADY);
    TreeMap<Long, Long> moment = new TreeMap<>(Map.of(0L, 500L));
    assertThat(Trends.of(group(moment, 0), 0)).isEqualTo(Trend.STEADY);
    assertThat(Trends.of(group(moment, 0), Long.MAX_VALUE)).as("one burst").isEqualTo(Trend.STEADY);
  }

  private Trend trend(IntToDoubleFunction rate) {
    TreeMap<Long, Long> timeline = new TreeMap<>();
    for (int minute = 0; minute < LENGTH; minute++) {
      double mean = rate.applyAsDouble(minute);
      long count = minute == 0 ? 1 : 0;
      for (int i = 0; i < 100; i++) {
        count += random.nextDouble() < mean / 100 ? 1 : 0;
      }
      if (count > 0) {
        timeline.put(minute * MINUTE, count);
      }
    }
    return Trends.of(group(timeline, 0), LENGTH * MINUTE);
  }

  private static Group group(TreeMap<Long, Long> timeline, long first) {
    return Group.builder()
        .identity("tm1:a", GroupKind.MESSAGE)
        .counts(1, Map.of(Severity.ERROR, 1L))
        .seen(first, first)
        .timeline(timeline, MINUTE)
        .examples(List.of(LogEvent.builder().message("a").build()))
        .build();
  }
}

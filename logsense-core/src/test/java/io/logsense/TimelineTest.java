package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final long HOUR = 60 * Timeline.MINUTE;

  @Test
  void countsByMinute() {
    Timeline timeline = new Timeline();
    timeline.add(0, 1);
    timeline.add(Timeline.MINUTE - 1, 1);
    timeline.add(Timeline.MINUTE, 1);

    assertThat(timeline.toMap())
        .containsExactlyInAnyOrderEntriesOf(java.util.Map.of(0L, 2L, Timeline.MINUTE, 1L));
  }

  @Test
  void widensItsIntervalsUntilTheSpanFits() {
    Timeline timeline = new Timeline();
    timeline.add(0, 1);
    timeline.add(100 * 24 * HOUR, 1);

    assertThat(timeline.toMap()).hasSizeLessThanOrEqualTo(Timeline.MAX_INTERVALS);
    assertThat(timeline.interval()).isEqualTo(128 * Timeline.MINUTE);
  }

  @Test
  void staysSmallWhenTheClockJumpsByCenturies() {
    Timeline timeline = new Timeline();
    timeline.add(Long.MAX_VALUE - 1, 1);
    timeline.add(Long.MIN_VALUE + 1, 1);
    timeline.add(0, 1);

    assertThat(timeline.toMap().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(3);
  }

  @Test
  void doesNotDependOnTheOrderOfEventsNorOnHowTheyAreSplit() {
    Random random = new Random(7);
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      times.add((long) (random.nextGaussian() * 200 * HOUR));
    }
    Timeline inOrder = new Timeline();
    times.forEach(time -> inOrder.add(time, 1));

    Collections.shuffle(times, random);
    Timeline first = new Timeline();
    Timeline second = new Timeline();
    for (int i = 0; i < times.size(); i++) {
      (i % 3 == 0 ? first : second).add(times.get(i), 1);
    }
    second.add(first);

    assertThat(second.toMap()).isEqualTo(inOrder.toMap());
  }
}

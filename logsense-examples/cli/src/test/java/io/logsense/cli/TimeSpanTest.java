package io.logsense.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.group.Group;
import io.logsense.api.group.GroupKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TimeSpanTest {
  private static final long MINUTE = 60_000_000_000L;
  private static final long START = 1_760_000_040_000_000_000L;

  private static Group group(long interval, long last, SortedMap<Long, Long> timeline) {
    long count = timeline.values().stream().mapToLong(Long::longValue).sum();
    return Group.builder()
        .identity("tm1:0", GroupKind.MESSAGE)
        .counts(count, Map.of(Severity.ERROR, count))
        .seen(timeline.firstKey(), last)
        .timeline(timeline, interval)
        .examples(List.of(LogEvent.builder().timestamp(timeline.firstKey()).build()))
        .build();
  }

  @Test
  void countsFallIntoTheShareOfTimeThatTheyWereSeenIn() {
    TreeMap<Long, Long> timeline = new TreeMap<>();
    timeline.put(START, 3L);
    timeline.put(START + 23 * MINUTE, 5L);
    Group group = group(MINUTE, START + 24 * MINUTE - 1, timeline);

    long[] counts = TimeSpan.of(List.of(group)).counts(group, 24);

    assertThat(counts[0]).isEqualTo(3);
    assertThat(counts[23]).isEqualTo(5);
    assertThat(Arrays.stream(counts).sum()).isEqualTo(8);
  }

  @Test
  void anIntervalLongerThanAShareIsSpreadAndNothingIsLost() {
    TreeMap<Long, Long> timeline = new TreeMap<>();
    timeline.put(START, 100L);
    timeline.put(START + MINUTE, 7L);
    Group group = group(MINUTE, START + 2 * MINUTE - 1, timeline);

    long[] counts = TimeSpan.of(List.of(group)).counts(group, 24);

    assertThat(Arrays.stream(counts).sum()).isEqualTo(107);
    assertThat(Arrays.stream(counts, 0, 12)).allMatch(count -> count == 8 || count == 9);
    assertThat(Arrays.stream(counts, 12, 24).sum()).isEqualTo(7);
  }

  @Test
  void oneInstantIsASpanToo() {
    TreeMap<Long, Long> timeline = new TreeMap<>();
    timeline.put(START, 4L);
    Group group = group(MINUTE, START, timeline);

    TimeSpan span = TimeSpan.of(List.of(group));

    assertThat(Arrays.stream(span.counts(group, 24)).sum()).isEqualTo(4);
    assertThat(span.evenShares(List.of(group), 80)).isEqualTo(1);
  }

  @Test
  void withoutTimesThereIsNoTrend() {
    Group group =
        Group.builder()
            .identity("tm1:0", GroupKind.MESSAGE)
            .counts(2, Map.of(Severity.ERROR, 2L))
            .examples(List.of(LogEvent.builder().build()))
            .build();

    TimeSpan span = TimeSpan.of(List.of(group));

    assertThat(span.isKnown()).isFalse();
    assertThat(span.counts(group, 24)).containsOnly(0);
    assertThat(span.beforeEnd(group.lastSeen())).isEqualTo("-");
  }

  @Test
  void durationsAreSaidInTheUnitThatFits() {
    assertThat(TimeSpan.words(Duration.ofSeconds(59))).isEqualTo("59s");
    assertThat(TimeSpan.words(Duration.ofSeconds(61))).isEqualTo("1m");
    assertThat(TimeSpan.words(Duration.ofMinutes(125))).isEqualTo("2h05m");
    assertThat(TimeSpan.words(Duration.ofDays(3))).isEqualTo("3d");
  }
}

package io.logsense.benchmarks.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.event.Severity;
import io.logsense.api.store.StoredEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShopEventsTest {
  @Test
  void areTheSameForTheSameSeed() {
    assertThat(new ShopEvents(3).next(500)).isEqualTo(new ShopEvents(3).next(500));
    assertThat(new ShopEvents(3).next(500)).isNotEqualTo(new ShopEvents(4).next(500));
  }

  @Test
  void haveTheShapeThatTheySayTheyHave() {
    List<StoredEvent> events = new ShopEvents(1).next(20_000);

    assertThat(events).extracting(StoredEvent::id).doesNotHaveDuplicates();
    assertThat(events.stream().filter(e -> e.event().severity() == Severity.ERROR).count())
        .isBetween(800L, 1_200L);
    assertThat(events.stream().filter(e -> !e.stackTrace().isEmpty()).count())
        .isBetween(300L, 500L);
    assertThat(events.stream().map(e -> e.event().service()).distinct().count())
        .isEqualTo(ShopEvents.SERVICES);
    assertThat(events.stream().map(e -> e.event().traceId()).distinct().count())
        .isBetween(1_000L, 4_000L);
  }
}

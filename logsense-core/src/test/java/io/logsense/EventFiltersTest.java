package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventFiltersTest {
  private final LogEvent warning =
      LogEvent.builder()
          .severity(Severity.WARN)
          .service("cart")
          .environment("production")
          .timestamp(5_000_000_000L)
          .build();
  private final LogEvent bare = LogEvent.builder().build();

  @Test
  void severityPassesFromTheOneNamedOn() {
    assertThat(EventFilters.atLeast(Severity.WARN)).accepts(warning).rejects(bare);
    assertThat(EventFilters.atLeast(Severity.ERROR)).rejects(warning);
  }

  @Test
  void servicesAndEnvironmentsAreNamed() {
    assertThat(EventFilters.service("shop", "cart")).accepts(warning).rejects(bare);
    assertThat(EventFilters.environment("staging")).rejects(warning);
    assertThat(EventFilters.environment("production")).accepts(warning);
  }

  @Test
  void aTimeSpanIncludesItsStartAndExcludesItsEnd() {
    Instant at = Instant.ofEpochSecond(5);
    assertThat(EventFilters.between(at, at.plusNanos(1))).accepts(warning).rejects(bare);
    assertThat(EventFilters.between(at.minusSeconds(1), at)).rejects(warning);
  }
}

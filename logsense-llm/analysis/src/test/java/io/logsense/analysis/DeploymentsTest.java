package io.logsense.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.analysis.Deployments.Deployment;
import io.logsense.api.event.LogEvent;
import io.logsense.testkit.InMemoryDocumentStore;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeploymentsTest {
  private static final Instant MONDAY = Instant.parse("2026-03-02T10:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-03-03T10:00:00Z");

  private final InMemoryDocumentStore store = new InMemoryDocumentStore();
  private final Deployments deployments = Deployments.open(store);

  @BeforeEach
  void deploy() {
    deployments.add(new Deployment("shop", "prod", MONDAY, "1.0", "aaaa1111"));
    deployments.add(new Deployment("shop", "prod", TUESDAY, "1.1", "bbbb2222"));
    deployments.add(new Deployment("shop", "", TUESDAY.minusSeconds(60), "1.0.5", "cccc3333"));
  }

  @Test
  void anEventFindsItsCodeByWhatItSaysOfItself() {
    assertThat(commit(event("prod", TUESDAY.plusSeconds(5)).version("1.0"))).isEqualTo("aaaa1111");
    assertThat(commit(event("prod", MONDAY).commit("bbbb"))).isEqualTo("bbbb2222");
    assertThat(deployments.of(event("prod", TUESDAY).version("9").build())).isEmpty();
  }

  @Test
  void anEventThatSaysNothingFindsItByItsTime() {
    assertThat(commit(event("prod", TUESDAY.minusNanos(1)))).isEqualTo("aaaa1111");
    assertThat(commit(event("prod", TUESDAY))).isEqualTo("bbbb2222");
    assertThat(commit(event("test", TUESDAY))).isEqualTo("cccc3333");
    assertThat(deployments.of(event("prod", MONDAY.minusSeconds(1)).build())).isEmpty();
    assertThat(deployments.of(LogEvent.builder().service("shop").build())).isEmpty();
  }

  @Test
  void aRestartKnowsThemToo() {
    deployments.add(new Deployment("shop", "prod", MONDAY, "1.0", "aaaa1111"));

    assertThat(store.list(Deployments.KIND)).hasSize(3);
    assertThat(Deployments.open(store).of(event("prod", TUESDAY).build()))
        .isEqualTo(deployments.of(event("prod", TUESDAY).build()));
  }

  private String commit(LogEvent.Builder event) {
    return deployments.of(event.build()).orElseThrow().commit();
  }

  private static LogEvent.Builder event(String environment, Instant time) {
    return LogEvent.builder()
        .service("shop")
        .environment(environment)
        .timestamp(TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano());
  }
}

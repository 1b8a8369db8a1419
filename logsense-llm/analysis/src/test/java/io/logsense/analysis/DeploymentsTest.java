package io.logsense.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.analysis.Deployments.Deployment;
import io.logsense.api.event.LogEvent;
import io.logsense.testkit.InMemoryDocumentStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @Test
  void aFileIsReadWhateverTheOrderOfItsColumns(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("deployments.csv"),
            """
            commit,service,deployed_at,environment,version
            aaaa1111,shop,2026-03-02T10:00:00Z,prod,1.0
            bbbb2222,shop,2026-03-03T11:00+01:00,prod,1.1
            cccc3333,shop,2026-03-03T09:59:00,,1.0.5
            """);
    Deployments read = Deployments.read(file);

    for (LogEvent.Builder event :
        List.of(event("prod", MONDAY), event("prod", TUESDAY), event("test", TUESDAY))) {
      assertThat(read.of(event.build())).isEqualTo(deployments.of(event.build())).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "service,environment,version,commit\n",
        "service,environment,deployed_at,version,commit\nshop,prod,yesterday,1,a\n"
      })
  void aFileThatCannotBeReadIsRefusedWithItsRow(String text, @TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("deployments.csv"), text);

    assertThatThrownBy(() -> Deployments.read(file)).hasMessageContaining("deployments.csv, row ");
  }

  @Test
  void theOldestOfAPlaceAreForgotten() {
    for (int i = 0; i <= 10_000; i++) {
      deployments.add(new Deployment("busy", "", MONDAY.plusSeconds(i), "v" + i, ""));
    }
    LogEvent.Builder event = event("", MONDAY).service("busy");
    assertThat(deployments.of(event.version("v0").build())).isEmpty();
    assertThat(deployments.of(event.version("v1").build())).isPresent();
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

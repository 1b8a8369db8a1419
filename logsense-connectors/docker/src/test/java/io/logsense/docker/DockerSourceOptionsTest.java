package io.logsense.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.LogSourceProvider;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class DockerSourceOptionsTest {
  private static LogSource open(String uri) {
    LogSourceProvider provider =
        ServiceLoader.load(LogSourceProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(one -> one.scheme().equals("docker"))
            .findFirst()
            .orElseThrow();
    return provider.open(URI.create(uri), false);
  }

  @Test
  void aUriNamesEngineContainersAndOptions() {
    assertThat(open("docker://10.0.0.5:2376/shop-*?label=team=red,tier&since=24h").id())
        .isEqualTo("docker:tcp://10.0.0.5:2376/shop-*");
    assertThat(open("docker:///").id()).endsWith("/*");
  }

  @Test
  void unknownOptionsAreRefused() {
    assertThatThrownBy(() -> open("docker:///web?tail=5"))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("there is no option 'tail'");
  }

  @Test
  void aSourceSaysAllThatIsWrong() {
    assertThatThrownBy(
            () -> DockerSource.builder().host("tcp://a:1").context("b").recordBytes(0).build())
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("a host and a context")
        .hasMessageContaining("recordBytes is 0");
  }

  @Test
  void anEngineThatDoesNotAnswerMayBeAskedAgain() {
    LogSource source = DockerSource.builder().host("unix:///nowhere/docker.sock").build();
    assertThatThrownBy(source::partitions)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("unix:///nowhere/docker.sock");
    assertThatThrownBy(() -> source.open("3f2a9c1b22aa/stdin", Checkpoint.START))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("3f2a9c1b22aa/stdin");
  }

  @Test
  void checkpointsArePrintable() {
    LogPosition position = new LogPosition(Instant.parse("2026-03-01T10:00:00.000000001Z"), 3);
    assertThat(position.toCheckpoint().value()).isEqualTo("2026-03-01T10:00:00.000000001Z 3");
    assertThat(LogPosition.of(position.toCheckpoint())).isEqualTo(position);
    assertThat(LogPosition.of(Checkpoint.START)).isEqualTo(LogPosition.START);
    assertThatThrownBy(() -> LogPosition.of(new Checkpoint("17")))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("'17' is no checkpoint");
  }
}

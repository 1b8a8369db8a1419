package io.logsense.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.LogSourceProvider;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSourceProviderTest {
  @TempDir Path directory;

  @Test
  void itIsFoundByItsScheme() {
    assertThat(ServiceLoader.load(LogSourceProvider.class))
        .extracting(LogSourceProvider::scheme)
        .contains("kafka");
  }

  @Test
  void aUriNamesServersAndTopics() throws Exception {
    Path config = Files.writeString(directory.resolve("client.properties"), "client.rack = a\n");

    assertThat(
            open("kafka://one:9092,two:9093/logs,audit?group=g&from=24h&lost=skip&service=shop"
                    + "&environment=live&isolation=read_committed&recordBytes=1000&config="
                    + config.toUri().getPath())
                .id())
        .isEqualTo("kafka://one:9092,two:9093/logs,audit");
    assertThat(open("kafka://one:9092/logs?id=mine").id()).isEqualTo("mine");
    assertThat(open("kafka://one/logs?group=g&from=committed").replayable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka://one:9092",
        "kafka://one:9092/",
        "kafka:/logs",
        "kafka:logs",
        "kafka://one:9092/a,,b",
        "kafka://one:9092/logs?gruop=g",
        "kafka://one:9092/logs?from=yesterday",
        "kafka://one:9092/logs?from=committed",
        "kafka://one:9092/logs?lost=ignore",
        "kafka://one:9092/logs?isolation=serializable",
        "kafka://one:9092/logs?recordBytes=0",
        "kafka://one:9092/logs?config=/no/such/file",
        "kafka://me:hidden@one:9092,two:9092/logs"
      })
  void whatMakesNoSenseIsRefused(String uri) {
    assertThatThrownBy(() -> open(uri))
        .isInstanceOfSatisfying(
            LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.USAGE))
        .hasMessageNotContaining("hidden");
  }

  @Test
  void settingsThatTheReaderDependsOnAreRefusedByName() throws Exception {
    Path config =
        Files.writeString(
            directory.resolve("client.properties"), "enable.auto.commit=true\nlinger.ms=5\n");

    assertThatThrownBy(() -> open("kafka://one:9092/logs?config=" + config.toUri().getPath()))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("enable.auto.commit")
        .hasMessageNotContaining("linger.ms");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sasl.jaas.config=a.b.Login required password=hidden",
        "sasl.jaas.config=hidden",
        "ssl.truststore.type=PEM\\nssl.truststore.certificates=hidden",
        "request.timeout.ms=hidden",
        "metric.reporters=hidden"
      })
  void settingsAreNeverRepeated(String setting) throws Exception {
    Path config =
        Files.writeString(
            directory.resolve("client.properties"),
            "security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\n" + setting.replace("\\n", "\n"));
    LogSource source = open("kafka://127.0.0.1:1/logs?config=" + config.toUri().getPath());

    assertThatThrownBy(source::partitions)
        .isInstanceOfSatisfying(
            LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.USAGE))
        .satisfies(e -> assertThat(stack(e)).doesNotContain("hidden"));
    assertThat(source.toString()).doesNotContain("hidden");
  }

  private static String stack(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static LogSource open(String uri) {
    return new KafkaSourceProvider().open(URI.create(uri), false);
  }
}

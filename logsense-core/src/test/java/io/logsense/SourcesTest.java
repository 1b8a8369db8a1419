package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.LogSourceProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesTest {
  /** A system whose source has one message: what it was asked for. */
  public static final class Provider implements LogSourceProvider {
    @Override
    public String scheme() {
      return "echo";
    }

    @Override
    public LogSource open(URI uri, boolean follow) {
      return MessagesSource.of(uri + (follow ? " follow" : " once"));
    }
  }

  @TempDir Path dir;

  private static String message(LogSource source) {
    return LogSense.builder().source(source).analyze().groups().get(0).representative().message();
  }

  @Test
  void aUriIsOpenedByTheConnectorOfItsScheme() {
    assertThat(message(Sources.of("echo://host/x?a=b"))).isEqualTo("echo://host/x?a=b once");
    assertThat(message(Sources.of("ECHO://host"))).isEqualTo("ECHO://host once");
    assertThat(message(Sources.follow(URI.create("echo:x")))).isEqualTo("echo:x follow");
  }

  @Test
  void anUnknownSchemeSaysWhatToAdd() {
    assertThatThrownBy(() -> Sources.of("kafka://user:secret@host/topic"))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("add io.logsense:logsense-kafka")
        .hasMessageContaining("there are echo")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> Sources.of("s3://bucket")).hasMessageContaining("logsense-aws");
    assertThatThrownBy(() -> Stores.of(URI.create("duckdb:x")))
        .hasMessageContaining("no store for 'duckdb'")
        .hasMessageContaining("logsense-duckdb");
    assertThatThrownBy(() -> Sources.of("echo://h/a b"))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("character 11");
    assertThatThrownBy(() -> Stores.of(URI.create("events.db"))).hasMessageContaining("no scheme");
  }

  @Test
  void aUriOfAFileIsThatFile() throws IOException {
    Path log = Files.writeString(dir.resolve("a b.log"), "hello\n");

    assertThat(message(Sources.of(log.toUri().toString()))).isEqualTo("hello");
    assertThat(Sources.of(log.toUri().toString()).id()).isEqualTo(log.toString());
    assertThat(Sources.follow(log.toUri()).id()).isEqualTo("tail:" + log);
    assertThatThrownBy(() -> Sources.of("file://elsewhere/a.log"))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("file://elsewhere/a.log");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "C:\\logs\\app.log",
        "C:/logs/app.log",
        "c://logs",
        "a:b.log",
        "app.log",
        "12:30 x"
      })
  void whatIsNoUriIsAPath(String text) {
    assertThat(Sources.of(text).id()).isEqualTo(Path.of(text).toString());
  }
}

package io.logsense.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.Analysis;
import io.logsense.LogSense;
import io.logsense.Sources;
import io.logsense.api.group.GroupKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpringBootLogTest {
  private static final int SIZE = 500_000;

  @Test
  void equalSizesMakeEqualBytes() {
    byte[] log = SpringBootLog.bytes(SIZE, SpringBootLog.TRACES);
    assertThat(log).isEqualTo(SpringBootLog.bytes(SIZE, SpringBootLog.TRACES));
    assertThat(log.length).isBetween(SIZE, SIZE + 20_000);
  }

  @Test
  void aFileHasTheSameEvents(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("app.log");
    SpringBootLog.write(file, SIZE);
    assertThat(Files.readAllBytes(file)).isEqualTo(SpringBootLog.bytes(SIZE, SpringBootLog.TRACES));
  }

  @Test
  void everyEventIsOneRecordOfTheFormat() {
    byte[] log = SpringBootLog.bytes(SIZE, 50);
    Analysis analysis = LogSense.builder().source(Sources.bytes("log", log)).analyze();
    long events = new String(log, US_ASCII).lines().filter(l -> l.contains(" --- [shop]")).count();
    assertThat(analysis.formats().get(0).format()).isEqualTo("spring-boot");
    assertThat(analysis.events()).isEqualTo(events);
  }

  @Test
  void faultsAreToldApartAndMessagesAreFewTemplates() {
    byte[] log = SpringBootLog.bytes(4 * SIZE, 100);
    Analysis analysis = LogSense.builder().source(Sources.bytes("log", log)).analyze();
    long faults = analysis.groups().stream().filter(g -> g.kind() == GroupKind.EXCEPTION).count();
    assertThat(faults).isEqualTo(40);
    assertThat(analysis.groups().size() - faults).isBetween(25L, 45L);
  }
}

package io.logsense.benchmarks.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.LogSense;
import io.logsense.Sources;
import io.logsense.benchmarks.SpringBootLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTest {
  @Test
  void aSampleBelongsToTheInnermostStage() {
    StageShares shares = new StageShares();
    shares.add(
        List.of(
            "java.lang.String",
            "io.logsense.internal.text.Any",
            "io.logsense.internal.mask.StandardMasker",
            "io.logsense.RecordStage"));
    shares.add(List.of("io.logsense.Tally", "io.logsense.internal.template.Some"));
    shares.add(List.of("java.util.HashMap", "io.logsense.benchmarks.Run"));
    assertThat(shares.total()).isEqualTo(2);
    assertThat(shares.percent())
        .containsEntry("mask", 50.0)
        .containsEntry("count and hand on", 50.0)
        .containsEntry("mine templates", 0.0);
  }

  @Test
  void traceReadingAndAssemblyAreToldApartByWhoAsked() {
    StageShares shares = new StageShares();
    shares.add(
        List.of(
            "io.logsense.internal.stack.LineClassifier",
            "io.logsense.internal.stack.RecordAssembler"));
    shares.add(
        List.of(
            "io.logsense.internal.stack.LineClassifier",
            "io.logsense.internal.stack.TextStackTraceExtractor"));
    assertThat(shares.percent())
        .containsEntry("assemble records", 50.0)
        .containsEntry("read stack traces", 50.0);
  }

  @Test
  void aRecordingOfTheEngineHasSamplesOfItsStages(@TempDir Path directory) throws IOException {
    byte[] log = SpringBootLog.bytes(1_000_000, SpringBootLog.TRACES);
    Path recording = directory.resolve("engine.jfr");
    Sampling.record(
        () -> LogSense.builder().source(Sources.bytes("log", log)).threads(1).analyze(),
        Duration.ofSeconds(2),
        recording);
    StageShares shares = StageShares.of(recording);
    assertThat(shares.total()).isPositive();
    assertThat(shares.percent().values().stream().mapToDouble(v -> v).sum()).isBetween(99.9, 100.1);
  }

  @Test
  void theChartIsWellFormedAndNamesEveryEntry(@TempDir Path directory) throws Exception {
    Map<String, Double> percent = new LinkedHashMap<>();
    percent.put("mask & hide", 75.0);
    percent.put("mine", 25.0);
    Path chart = directory.resolve("chart.svg");
    Files.writeString(chart, ShareChart.svg("a < b", percent));
    var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(chart.toFile());
    assertThat(document.getDocumentElement().getTextContent())
        .contains("a < b", "mask & hide", "75.0 %", "25.0 %");
    assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(2);
  }
}

package io.logsense.benchmarks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.benchmarks.Figure;
import io.logsense.benchmarks.endtoend.Inputs.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndToEndTest {
  private static final int SIZE = 200_000;

  @TempDir Path directory;

  @Test
  void withoutDataThereIsTheGeneratedLog() throws IOException {
    List<Input> inputs = Inputs.make(directory, directory.resolve("nothing"), SIZE);
    assertThat(inputs).hasSize(1);
    assertThat(inputs.get(0).bytes()).isEqualTo(Files.size(inputs.get(0).path()));
  }

  @Test
  void rawLogsAreRepeatedEachInItsFile() throws IOException {
    Path data = directory.resolve("data");
    for (String system : List.of("A", "B")) {
      Path log = data.resolve("loghub2k").resolve(system).resolve(system + ".log");
      Files.createDirectories(log.getParent());
      Files.writeString(log, "service " + system + " is up");
    }
    Input raw = Inputs.make(directory, data, SIZE).get(1);
    assertThat(raw.files()).hasSize(2);
    assertThat(raw.bytes()).isBetween((long) SIZE, SIZE + 100L);
    assertThat(Files.readAllLines(raw.files().get(1))).containsOnly("service B is up");
  }

  @Test
  void everyCaseHasAFigureAndEveryPeerALine() throws IOException {
    Input input = Inputs.make(directory, directory, SIZE).get(0);
    List<Figure> figures = EndToEnd.figures(input, new Peers(null), directory, 100);
    assertThat(figures)
        .filteredOn(figure -> figure.metric().equals("endToEnd.MBs"))
        .extracting(Figure::data)
        .containsExactly(
            "generated Spring Boot log, 0 MB, 1 thread",
            "generated Spring Boot log, 0 MB, 2 threads");
    assertThat(figures)
        .filteredOn(figure -> figure.metric().equals("endToEnd.MBsPerCpuSecond"))
        .extracting(Figure::peerName)
        .contains(Peers.READ_LINE)
        .doesNotContain("drain-java", "Drain3");
    assertThat(figures).allSatisfy(figure -> assertThat(figure.ours()).isPositive());
  }

  @Test
  void aDirectoryWithoutPeersIsNoError() throws IOException {
    Path messages = Files.writeString(directory.resolve("messages.txt"), "one\ntwo\n");
    assertThat(new Peers(null).miners(messages)).isEmpty();
    assertThat(new Peers(directory).miners(messages)).isEmpty();
  }

  @Test
  void aPeerThatDoesNotRunIsLeftOut() throws IOException {
    Files.createDirectories(directory.resolve("drain-java"));
    Files.createDirectories(directory.resolve("drain3"));
    Path messages = Files.writeString(directory.resolve("messages.txt"), "one\ntwo\n");
    assertThat(new Peers(directory).miners(messages)).doesNotContainKey("drain-java");
  }

  @Test
  void minersGetTheFirstMessagesWithoutTheirHeaders() throws IOException {
    Path log = directory.resolve("app.log");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      text.append("2026-05-01 10:00:00,000 INFO [main] com.shop.Till - sold item ").append(i);
      text.append(" to a@b.example\n");
    }
    Files.writeString(log, text);
    Input input = Input.of("log", log, List.of(log));
    Path messages = directory.resolve("messages.txt");
    long bytes = Peers.writeMessages(input, messages, 25);
    assertThat(Files.readAllLines(messages)).hasSize(25).startsWith("sold item 0 to a@b.example");
    assertThat(bytes).isEqualTo(input.bytes() / 4);
  }
}

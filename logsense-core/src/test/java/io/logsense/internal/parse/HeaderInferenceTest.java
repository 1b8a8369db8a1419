package io.logsense.internal.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.event.LogEvent;
import io.logsense.api.parse.LogParser;
import io.logsense.api.source.RecordBatch;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In the files of {@code headers/} a broken bar stands between the header and the message. */
class HeaderInferenceTest {
  private static final Catalogue CATALOGUE = new Catalogue(TimeContext.DEFAULT);

  static Stream<Path> headers() throws IOException, URISyntaxException {
    return Files.list(Path.of(HeaderInferenceTest.class.getResource("headers").toURI())).sorted();
  }

  @ParameterizedTest
  @MethodSource("headers")
  void theHeaderEndsWhereTheMessageBegins(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    assertThat(cut(lines, lines.size())).isEqualTo(lines);
  }

  @ParameterizedTest
  @MethodSource("headers")
  void aFewLinesAreEnough(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    assertThat(cut(lines, 8)).isEqualTo(lines);
  }

  @Test
  void ordinaryWordsAreNoHeaderHoweverOftenTheyRepeat() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      lines.add("2024-01-12 03:04:%02d INFO ¦User u%d logged in from host%d".formatted(i, i, i));
    }
    assertThat(cut(lines, 50)).isEqualTo(lines);
  }

  @Test
  void aBracketThatReadsKeyAndValueBelongsToTheMessage() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      lines.add("2024-01-12 03:04:%02d INFO a.b.Pump ¦[tank: %d] level read".formatted(i, i));
    }
    assertThat(cut(lines, 50)).isEqualTo(lines);
  }

  @Test
  void linesOfAStackTraceDoNotDisturbTheSample() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      lines.add("2024-01-12 03:04:%02d|main|7|¦task %d failed".formatted(i, i));
      lines.add("java.lang.IllegalStateException: no");
      lines.add("\tat a.b.C.d(C.java:1)");
      lines.add("\tat a.b.C.e(C.java:2)");
    }
    LogParser parser = detect(lines, lines.size());
    byte[] frame = "\tat a.b.C.d(C.java:1)".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThat(parser.startsRecord(frame, 0, frame.length)).isFalse();
    List<String> records = lines.stream().filter(l -> l.contains("¦")).toList();
    assertThat(cut(records, parser)).isEqualTo(records);
  }

  @Test
  void proseHasNoHeader() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      lines.add("the quick brown fox " + i + " jumps over the lazy dog");
    }
    assertThat(detect(lines, 30).name()).isEqualTo("plain-text");
  }

  private static List<String> cut(List<String> marked, int sample) {
    return cut(marked, detect(marked, sample));
  }

  private static LogParser detect(List<String> marked, int sample) {
    RecordBatch batch =
        Lines.batch(marked.subList(0, sample).stream().map(l -> l.replace("¦", "")).toList());
    return new FormatDetector(CATALOGUE).detect(batch).parser();
  }

  /** The lines with the mark where the parser's message begins. */
  private static List<String> cut(List<String> marked, LogParser parser) {
    RecordBatch batch = Lines.batch(marked.stream().map(l -> l.replace("¦", "")).toList());
    List<String> cut = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      LogEvent.Builder out = LogEvent.builder();
      assertThat(parser.parse(batch.buffer(), batch.start(i), batch.length(i), out))
          .as(marked.get(i))
          .isTrue();
      String line = marked.get(i).replace("¦", "");
      int begin = line.lastIndexOf(out.message());
      cut.add(line.substring(0, begin) + "¦" + line.substring(begin));
    }
    return cut;
  }
}

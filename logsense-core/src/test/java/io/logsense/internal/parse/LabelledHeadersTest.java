package io.logsense.internal.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.logsense.api.event.LogEvent;
import io.logsense.api.parse.LogParser;
import io.logsense.api.source.RecordBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Logs with labelled messages, when there are any beside the repository: {@code
 * shared/data/loghub2k/SYSTEM/SYSTEM_2k.log} and its {@code _structured.csv}.
 */
class LabelledHeadersTest {
  private static final Path DATA = Path.of("..", "..", "shared", "data", "loghub2k");

  @Test
  void theMessageIsTheLabelledContent() throws IOException {
    assumeTrue(Files.isDirectory(DATA), "no labelled logs at " + DATA);
    List<Path> systems;
    try (Stream<Path> list = Files.list(DATA)) {
      systems = list.filter(Files::isDirectory).sorted().toList();
    }
    for (Path system : systems) {
      for (boolean inferred : new boolean[] {false, true}) {
        assertThat(share(system, inferred))
            .as(system.getFileName() + (inferred ? " inferred" : " detected"))
            .isGreaterThanOrEqualTo(0.99);
      }
    }
  }

  private static double share(Path system, boolean inferred) throws IOException {
    String log = system.getFileName() + "_2k.log";
    List<String> lines =
        List.of(Files.readString(system.resolve(log), StandardCharsets.UTF_8).split("\r?\n"));
    List<String> contents = contents(Files.readString(system.resolve(log + "_structured.csv")));
    RecordBatch batch = Lines.batch(lines);
    LogParser parser = parser(Lines.batch(lines.subList(0, 300)), inferred);
    int hits = 0;
    for (int i = 0; i < batch.size(); i++) {
      LogEvent.Builder out = LogEvent.builder();
      boolean parsed = parser.parse(batch.buffer(), batch.start(i), batch.length(i), out);
      hits += parsed && out.message().equals(contents.get(i).strip()) ? 1 : 0;
    }
    return (double) hits / batch.size();
  }

  private static LogParser parser(RecordBatch sample, boolean inferred) {
    if (!inferred) {
      return new FormatDetector(new Catalogue(TimeContext.DEFAULT)).detect(sample).parser();
    }
    Layout layout = HeaderInference.infer(Sample.of(sample));
    assertThat(layout).isNotNull();
    return new LayoutParser("inferred", layout, new Timestamps(TimeContext.DEFAULT), 1);
  }

  /** The column {@code Content} of a CSV file. */
  private static List<String> contents(String csv) {
    List<String> contents = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    int column = -1;
    for (int i = 0; i < csv.length(); i++) {
      char c = csv.charAt(i);
      if (c == '"') {
        boolean escaped = quoted && i + 1 < csv.length() && csv.charAt(i + 1) == '"';
        field.append(escaped ? "\"" : "");
        i += escaped ? 1 : 0;
        quoted = escaped == quoted;
      } else if (quoted || (c != ',' && c != '\n')) {
        field.append(c);
      } else {
        row.add(field.toString());
        field.setLength(0);
        if (c == '\n') {
          if (column < 0) {
            column = row.indexOf("Content");
          } else {
            contents.add(row.get(column));
          }
          row.clear();
        }
      }
    }
    return contents;
  }
}

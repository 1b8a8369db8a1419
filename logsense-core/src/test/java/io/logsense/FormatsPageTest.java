package io.logsense;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.parse.LogParser;
import io.logsense.api.source.RecordBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The samples of docs/formats.md are what the parsers read. */
class FormatsPageTest {
  private static final Path PAGE = Path.of("../docs/formats.md");
  private final Parsers parsers = Parsers.defaults();

  @Test
  void thePageNamesEveryFormat() throws IOException {
    assertThat(samples().keySet()).containsExactlyInAnyOrderElementsOf(parsers.all().keySet());
  }

  @TestFactory
  Iterable<DynamicTest> theSampleOfAFormatIsDetectedAndReadAsThatFormat() throws IOException {
    return samples().entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getKey(), e.getValue())))
        .toList();
  }

  private void check(String name, String sample) {
    LogParser parser = parsers.named(name);
    byte[] text = sample.getBytes(UTF_8);
    LogEvent.Builder out = LogEvent.builder();

    assertThat(parser.startsRecord(text, 0, firstLine(sample))).isTrue();
    assertThat(parser.parse(text, 0, text.length, out)).isTrue();
    LogEvent event = out.build();

    assertThat(event.message()).isNotBlank();
    if (sample.matches("(?si).*(\\berror|severe).*")) {
      assertThat(event.severity()).isEqualTo(Severity.ERROR);
    }
    assertThat(parsers.detect(batch(sample)).parser().name()).isEqualTo(name);
  }

  private static int firstLine(String sample) {
    int end = sample.indexOf('\n');
    return end < 0 ? sample.getBytes(UTF_8).length : end;
  }

  /** Twenty copies of the sample, line by line as a file's reader hands them out. */
  private static RecordBatch batch(String sample) {
    byte[] text = (sample + "\n").repeat(20).getBytes(UTF_8);
    RecordBatch batch = new RecordBatch(text);
    int start = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\n') {
        batch.add(start, i, start, false);
        start = i + 1;
      }
    }
    return batch;
  }

  /** The code block under each heading of the third level, by heading, in the page's order. */
  private static Map<String, String> samples() throws IOException {
    Map<String, String> samples = new LinkedHashMap<>();
    String heading = "";
    StringBuilder block = null;
    for (String line : Files.readAllLines(PAGE)) {
      if (line.startsWith("#")) {
        heading = line.startsWith("### ") ? line.substring(4) : "";
      } else if (line.equals("```") && block == null) {
        block = new StringBuilder();
      } else if (line.equals("```") && block != null) {
        if (!heading.isEmpty()) {
          samples.put(heading, block.toString().strip());
        }
        block = null;
      } else if (block != null) {
        block.append(line).append('\n');
      }
    }
    return samples;
  }
}

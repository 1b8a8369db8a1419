package io.logsense.internal.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.logsense.Limits;
import io.logsense.StackTraces;
import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What real runtimes printed ({@code LANGUAGE/NAME.txt}) beside how it is to be read ({@code
 * NAME.expected}): Java 17 and 25, Logback, Log4j, Python 3.11, Node 20, Go 1.19, Mono 6.8, Ruby
 * 3.1, PHP 8.2, Rust 1.95.
 */
final class StackTraceSpecTest {
  private static final String BEFORE = "the shop opens";
  private static final String AFTER = "the shop closes";

  static Stream<Path> traces() throws IOException, URISyntaxException {
    Path root = Path.of(StackTraceSpecTest.class.getResource("java").toURI()).getParent();
    List<Path> files;
    try (Stream<Path> found = Files.walk(root)) {
      files = found.filter(f -> f.toString().endsWith(".txt")).sorted().toList();
    }
    return files.stream();
  }

  @ParameterizedTest
  @MethodSource("traces")
  void aTraceBetweenTwoOrdinaryLinesIsReadWhole(Path file) throws IOException {
    List<String> lines = trimmed(file);

    List<StackTrace> found = extract(between(lines, ""));

    assertThat(found).hasSize(1);
    assertThat(found.get(0).language()).isEqualTo(file.getParent().getFileName().toString());
    assertThat(found.get(0).firstLine()).isEqualTo(1);
    assertThat(found.get(0).lines()).isEqualTo(lines.size());
    assertThat(found.get(0).truncated()).isFalse();
    assertThat(rendered(found.get(0).error()))
        .isEqualTo(Files.readString(Path.of(file.toString().replace(".txt", ".expected"))));
  }

  @ParameterizedTest
  @MethodSource("traces")
  void aTraceInPlainTextIsOneRecord(Path file) throws IOException {
    List<String> records = new ArrayList<>();
    RecordAssembler assembler =
        RecordAssembler.plainText(Limits.defaults(), r -> records.add(r.text()));

    for (String line : between(trimmed(file), "").split("\n")) {
      assembler.line(line.getBytes(UTF_8), 0, line.getBytes(UTF_8).length, false, 0, 0, true, "");
    }
    assembler.flush();

    assertThat(records).hasSize(3).startsWith(BEFORE).endsWith(AFTER);
  }

  @ParameterizedTest
  @MethodSource("traces")
  void carriageReturnsChangeNothing(Path file) throws IOException {
    String text = between(trimmed(file), "");

    assertThat(extract(text.replace("\n", "\r\n"))).isEqualTo(extract(text));
  }

  @ParameterizedTest
  @MethodSource("traces")
  void aTraceAtTheEndOfTheTextIsReadTheSame(Path file) throws IOException {
    String text = String.join("\n", trimmed(file));

    assertThat(extract(text).get(0).error())
        .isEqualTo(extract(between(trimmed(file), "")).get(0).error());
  }

  @ParameterizedTest
  @MethodSource("traces")
  void aTraceEscapedIntoOneJsonLineIsReadTheSame(Path file) throws IOException {
    assumeThat(trimmed(file)).hasSizeGreaterThan(1);
    String text = String.join("\n", trimmed(file));
    String json = text.replace("\\", "\\\\").replace("\"", "\\\"");
    json = json.replace("\n", "\\n").replace("\t", "\\t");

    List<StackTrace> found = extract("{\"level\":\"ERROR\",\"trace\":\"" + json + "\"}\nwords\n");

    assertThat(found).hasSize(1);
    assertThat(found.get(0).firstLine()).isZero();
    assertThat(found.get(0).lines()).isEqualTo(1);
    assertThat(found.get(0).error().frames()).isEqualTo(extract(text).get(0).error().frames());
  }

  private static String between(List<String> lines, String indent) {
    return BEFORE + "\n" + indent + String.join("\n" + indent, lines) + "\n" + AFTER + "\n";
  }

  private static List<String> trimmed(Path file) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    while (lines.get(0).isBlank()) {
      lines.remove(0);
    }
    while (lines.get(lines.size() - 1).isBlank()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }

  private static List<StackTrace> extract(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return StackTraces.extractor().extract(bytes, 0, bytes.length);
  }

  /** One line per throwable and frame, indented by nesting. */
  static String rendered(ThrownError error) {
    StringBuilder out = new StringBuilder();
    render(error, "", "error", out);
    return out.toString();
  }

  private static void render(ThrownError error, String indent, String role, StringBuilder out) {
    String message = error.message() == null ? "" : " | " + error.message().replace("\n", "\\n");
    out.append(indent).append(role).append(' ').append(error.type()).append(message).append('\n');
    for (StackFrame frame : error.frames()) {
      out.append(indent).append("  ").append(frame.className()).append(" # ");
      out.append(frame.method()).append(" @ ").append(frame.file()).append(" : ");
      out.append(frame.line()).append('\n');
    }
    if (error.framesInCommon() > 0) {
      out.append(indent).append("  ... ").append(error.framesInCommon()).append('\n');
    }
    error.suppressed().forEach(e -> render(e, indent + "    ", "suppressed", out));
    ThrownError cause = error.cause();
    if (cause != null) {
      render(cause, indent + "  ", "cause", out);
    }
  }
}

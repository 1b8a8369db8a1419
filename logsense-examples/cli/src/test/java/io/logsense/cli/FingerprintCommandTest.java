package io.logsense.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintCommandTest {
  private static final String TRACE =
      """
      something before
      java.lang.RuntimeException: outer
      \tat com.shop.A.call(A.java:11)
      \tat java.base/java.lang.Thread.run(Thread.java:840)
      Caused by: java.lang.IllegalStateException: inner
      \tat com.shop.B.fail(B.java:22)
      \t... 2 more
      something after
      """;

  @TempDir Path folder;

  private List<JsonNode> fingerprints(String text) throws IOException {
    Run run = new Run.Terminal(folder).type(text).run("fingerprint", "-", "--json");
    assertThat(run.code()).isZero();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : run.out().lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  @Test
  void aTraceIsOneLineWithTheFieldsOfTheContract() throws IOException {
    List<JsonNode> lines = fingerprints(TRACE);

    assertThat(lines).hasSize(1);
    JsonNode trace = lines.get(0);
    assertThat(AnalyzeCommandTest.names(trace))
        .startsWith(
            "line",
            "lines",
            "language",
            "type",
            "message",
            "strict",
            "site",
            "root",
            "exact",
            "quality",
            "causes",
            "frames");
    assertThat(trace.get("line").asInt()).isEqualTo(2);
    assertThat(trace.get("lines").asInt()).isEqualTo(6);
    assertThat(trace.get("language").asText()).isEqualTo("java");
    assertThat(trace.get("type").asText()).isEqualTo("java.lang.RuntimeException");
    assertThat(trace.get("message").asText()).isEqualTo("outer");
    assertThat(trace.get("causes").asInt()).isEqualTo(1);
    assertThat(trace.get("frames")).hasSize(3);
  }

  @Test
  void aFrameSaysWhoseItIsAndWhetherItCounts() throws IOException {
    JsonNode frames = fingerprints(TRACE).get(0).get("frames");

    assertThat(AnalyzeCommandTest.names(frames.get(0)))
        .containsExactly("class", "method", "file", "line", "inApp", "kept");
    assertThat(frames.get(0).get("class").asText()).isEqualTo("com.shop.A");
    assertThat(frames.get(0).get("inApp").asBoolean()).isTrue();
    assertThat(frames.get(2).get("inApp").asBoolean()).isTrue();
    assertThat(frames.get(2).get("kept").asBoolean()).isTrue();
    assertThat(frames.get(1).get("inApp").asBoolean()).isFalse();
    assertThat(frames.get(1).get("kept").asBoolean()).isFalse();
    assertThat(frames.get(2).get("line").asInt()).isEqualTo(22);
  }

  @Test
  void linesMoveTheExactIdentityOnly() throws IOException {
    JsonNode before = fingerprints(TRACE).get(0);
    JsonNode after = fingerprints(TRACE.replace(":22)", ":29)")).get(0);

    assertThat(after.get("strict")).isEqualTo(before.get("strict"));
    assertThat(after.get("exact")).isNotEqualTo(before.get("exact"));
  }

  @Test
  void tracesComeInOrder() throws IOException {
    List<JsonNode> lines = fingerprints(TRACE + TRACE);

    assertThat(lines).extracting(line -> line.get("line").asInt()).containsExactly(2, 10);
  }

  @Test
  void aTextWithoutATraceIsSaidToHaveNone() {
    Run run = new Run.Terminal(folder).type("all is well\n").run("fingerprint");

    assertThat(run.code()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("no stack trace in standard input");
  }

  @Test
  void aBrokenGzipIsNamed() throws IOException {
    Path file = Files.write(folder.resolve("t.gz"), new byte[] {0x1f, (byte) 0x8b, 'x'});
    Run run = Run.of(folder, "fingerprint", file.toString());

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err()).contains("t.gz: ");
  }

  @Test
  void aFileOrAMissingOne() throws IOException {
    Path file = Files.writeString(folder.resolve("t.txt"), TRACE);

    assertThat(Run.of(folder, "fingerprint", file.toString()).out()).contains("strict  jf1:");
    assertThat(Run.of(folder, "fingerprint", folder.resolve("none").toString()).code())
        .isEqualTo(3);
  }
}

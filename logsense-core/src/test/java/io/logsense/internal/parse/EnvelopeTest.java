package io.logsense.internal.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.event.LogEvent;
import io.logsense.api.source.RecordBatch;
import io.logsense.internal.text.Ascii;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
  private static List<String> unwrap(String... lines) {
    RecordBatch batch = Lines.batch(List.of(lines));
    Envelope envelope = Objects.requireNonNull(Envelope.detect(batch));
    List<String> inner = new ArrayList<>();
    Envelope.Sink sink =
        (b, offset, length, stream, time, place, number) ->
            inner.add(
                stream
                    + "@"
                    + (time == LogEvent.NO_TIMESTAMP ? "-" : time / 1_000_000_000L)
                    + " "
                    + Ascii.text(b, offset, offset + length));
    for (int i = 0; i < batch.size(); i++) {
      envelope.unwrap(batch.buffer(), batch.start(i), batch.length(i), batch.offset(i), i, sink);
    }
    envelope.flush(sink);
    return inner;
  }

  @Test
  void dockersJsonIsUnescapedAndItsLineEndDropped() {
    assertThat(
            unwrap(
                "{\"log\":\"a \\\"b\\\" \\u00fc\\n\",\"stream\":\"stdout\",\"time\":\"2024-01-12T03:04:05Z\"}",
                "{\"log\":\"\\tat x.Y.z(Y.java:1)\\r\\n\",\"stream\":\"stderr\",\"time\":\"2024-01-12T03:04:06Z\"}"))
        .containsExactly("stdout@1705028645 a \"b\" ü", "stderr@1705028646 \tat x.Y.z(Y.java:1)");
  }

  @Test
  void aLineThatDockerSplitIsJoinedWithinItsStream() {
    assertThat(
            unwrap(
                "{\"log\":\"one \",\"stream\":\"stdout\",\"time\":\"2024-01-12T03:04:05Z\"}",
                "{\"log\":\"other\\n\",\"stream\":\"stderr\",\"time\":\"2024-01-12T03:04:06Z\"}",
                "{\"log\":\"line\\n\",\"stream\":\"stdout\",\"time\":\"2024-01-12T03:04:07Z\"}"))
        .containsExactly("stderr@1705028646 other", "stdout@1705028645 one line");
  }

  @Test
  void partialLinesOfTheRuntimeInterfaceAreJoined() {
    assertThat(
            unwrap(
                "2024-01-12T03:04:05.000000001Z stdout F whole",
                "2024-01-12T03:04:06.000000001Z stderr P be",
                "2024-01-12T03:04:06.000000002Z stdout F between",
                "2024-01-12T03:04:06.000000003+00:00 stderr F gun",
                "2024-01-12T03:04:07.000000001Z stdout F "))
        .containsExactly(
            "stdout@1705028645 whole",
            "stdout@1705028646 between",
            "stderr@1705028646 begun",
            "stdout@1705028647 ");
  }

  @Test
  void aPartialLineAtTheEndOfTheInputIsNotLost() {
    assertThat(unwrap("2024-01-12T03:04:05Z stdout P begun"))
        .containsExactly("stdout@1705028645 begun");
  }

  @Test
  void prefixesOfComposeAndKubectlBecomeTheStream() {
    assertThat(unwrap("web-1  | started", "db-1   | ready | steady", "web-1  | \tat a.b(C.java:1)"))
        .containsExactly("web-1@- started", "db-1@- ready | steady", "web-1@- \tat a.b(C.java:1)");
    assertThat(unwrap("[pod/web-7f/app] started", "[pod/web-7f/app] done"))
        .containsExactly("pod/web-7f/app@- started", "pod/web-7f/app@- done");
  }

  @Test
  void aLineWithoutTheEnvelopePassesUnchanged() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      lines.add("2024-01-12T03:04:05Z stdout F line " + i);
    }
    lines.add("runtime restarted");
    assertThat(unwrap(lines.toArray(String[]::new))).contains("@- runtime restarted");
  }

  @Test
  void ordinaryLogsHaveNoEnvelope() {
    assertThat(Envelope.detect(Lines.batch("INFO  | main | started\nWARN  | main | slow")))
        .isNull();
    assertThat(Envelope.detect(Lines.batch("{\"message\":\"x\"}"))).isNull();
    assertThat(Envelope.detect(Lines.batch("2024-01-12T03:04:05Z INFO started"))).isNull();
    assertThat(Envelope.detect(new RecordBatch(new byte[0]))).isNull();
  }
}

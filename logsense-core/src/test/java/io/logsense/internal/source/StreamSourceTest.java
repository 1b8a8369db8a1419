package io.logsense.internal.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.Sources;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import io.logsense.internal.source.Records.Line;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamSourceTest {
  @Test
  void aStreamIsReadToItsEnd() throws Exception {
    String text = "line\n".repeat(50_000);
    LogSource source = Sources.stream("test", new ByteArrayInputStream(text.getBytes(UTF_8)));
    assertThat(source.replayable()).isFalse();
    assertThat(Records.texts(source)).hasSize(50_000).containsOnly("line");
  }

  @Test
  void aStreamThatIsSilentDoesNotHoldItsReader() throws Exception {
    PipedOutputStream writer = new PipedOutputStream();
    try (InputStream stream = new PipedInputStream(writer);
        PartitionReader reader = Sources.stream("pipe", stream).open("pipe", Checkpoint.START)) {
      assertThat(reader.poll(Duration.ofMillis(1))).isNotNull().matches(b -> b.isEmpty());
      writer.write("one\ntw".getBytes(UTF_8));
      writer.flush();
      List<Line> lines = new ArrayList<>();
      while (lines.isEmpty()) {
        lines.addAll(Records.copy(reader.poll(Duration.ofSeconds(1))));
      }
      assertThat(Records.texts(lines)).containsExactly("one");
      writer.write("o\n".getBytes(UTF_8));
      writer.close();
      assertThat(Records.texts(Records.all(reader))).containsExactly("two");
    }
  }

  @Test
  void aCompressedStreamIsDecompressed() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write("one\ntwo\n".getBytes(UTF_8));
    }
    byte[] gzip = bytes.toByteArray();
    assertThat(Records.texts(Sources.stream("gz", new ByteArrayInputStream(gzip))))
        .containsExactly("one", "two");
    assertThat(Records.texts(Sources.bytes("gz", gzip))).containsExactly("one", "two");
  }

  @Test
  void aStreamThatFailsGivesItsRecordsThenTheReasonThenTheEnd() throws Exception {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the cable was cut");
          }
        };
    InputStream stream =
        new SequenceInputStream(new ByteArrayInputStream("one\ntwo".getBytes(UTF_8)), broken);
    try (PartitionReader reader = Sources.stream("cable", stream).open("cable", Checkpoint.START)) {
      List<Line> lines = new ArrayList<>();
      assertThatThrownBy(
              () -> {
                while (true) {
                  lines.addAll(Records.copy(reader.poll(Duration.ofSeconds(1))));
                }
              })
          .isInstanceOf(IOException.class)
          .hasMessage("cannot read cable: the cable was cut");
      assertThat(lines).containsExactly(new Line("one", 1, 0, false), new Line("two", 2, 4, true));
      assertThat(reader.poll(Duration.ofSeconds(1))).isNull();
    }
  }

  @Test
  void linesAndBytesInMemoryCanBeReadAgain() throws Exception {
    LogSource source = Sources.lines("one", "", "two");
    assertThat(source.replayable()).isTrue();
    assertThat(Records.texts(source)).containsExactly("one", "", "two");
    assertThat(Records.texts(source)).containsExactly("one", "", "two");
    assertThat(Records.texts(Sources.lines())).isEmpty();
    assertThat(Records.texts(Sources.bytes("short", new byte[] {'x'}))).containsExactly("x");
  }

  @Test
  void anInputIsAStreamAPatternOrAPath() {
    assertThat(Sources.of("-").id()).isEqualTo("stdin");
    assertThat(Sources.of("a/*.log")).isInstanceOf(FileSource.class);
    assertThat(Sources.of("missing.log").id()).isEqualTo("missing.log");
  }
}

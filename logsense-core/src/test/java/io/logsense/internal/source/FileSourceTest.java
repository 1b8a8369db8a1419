package io.logsense.internal.source;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.logsense.api.LogSenseException;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.Progress;
import io.logsense.internal.source.Records.Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  @TempDir private Path directory;

  @Test
  void aFileIsOnePartitionNamedByItsPath() throws Exception {
    Path file = file("app.log", "one\ntwo\n");
    LogSource source = source(file);
    assertThat(source.id()).isEqualTo(file.toString());
    assertThat(source.partitions()).containsExactly(file.toString());
    assertThat(Records.texts(source)).containsExactly("one", "two");
  }

  @Test
  void aFileThatIsNotThereIsSaidByItsName() {
    Path missing = directory.resolve("missing.log");
    assertThatThrownBy(() -> source(missing).partitions())
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("missing.log")
        .hasMessageContaining("no such file");
  }

  @Test
  void anEmptyFileHasNoRecords() throws Exception {
    assertThat(Records.texts(source(file("empty.log", "")))).isEmpty();
  }

  @Test
  void aDirectoryGivesItsFilesSortedByPathAndThoseBelow() throws Exception {
    file("b.log", "b\n");
    file("sub/a.log", "sub a\n");
    file("a.log", "a\n");
    file(".hidden", "hidden\n");
    file(".git/config", "hidden\n");
    assertThat(Records.texts(source(directory))).containsExactly("a", "b", "sub a");
  }

  @Test
  void aLinkedFileIsReadOnceAndALinkInACircleIsNotEntered() throws Exception {
    Path file = file("2026.log", "line\n");
    Files.createSymbolicLink(directory.resolve("current.log"), file);
    Files.createSymbolicLink(directory.resolve("circle"), directory);
    assertThat(Records.texts(source(directory))).containsExactly("line");
  }

  @Test
  void oneOfManyFilesWithoutTextIsReportedAndTheOthersAreRead() throws Exception {
    byte[] program = new byte[2000];
    new Random(1).nextBytes(program);
    Path binary = directory.resolve("a.bin");
    Files.write(binary, program);
    file("b.log", "line\n");
    LogSource source = source(directory);
    assertThat(source.partitions()).hasSize(2);
    try (PartitionReader reader = source.open(binary.toString(), Checkpoint.START)) {
      assertThatThrownBy(() -> reader.poll(TIMEOUT))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("a.bin does not hold text");
      assertThat(reader.poll(TIMEOUT)).isNull();
    }
  }

  @Test
  void aFileWithoutTextIsReadWhenItIsNamed() throws Exception {
    Path file = directory.resolve("dump");
    Files.write(file, new byte[] {1, 2, 3, 4, 5, '\n', 6, 0, 7});
    assertThat(Records.texts(source(file))).containsExactly("\1\2\3\4\5", "\6\0\7");
  }

  @Test
  void aHoleOfNulsInFrontOfTextIsText() throws Exception {
    file("holed.log", "\0".repeat(3000) + "line\n");
    assertThat(Records.texts(source(directory))).hasSize(1);
  }

  @Test
  void aPatternGivesWhatMatches() throws Exception {
    file("app.log", "app\n");
    file("app.txt", "text\n");
    file("sub/deep/app.log", "deep\n");
    assertThat(Records.texts(glob("*.log"))).containsExactly("app");
    assertThat(Records.texts(glob("**/*.log"))).containsExactly("app", "deep");
    assertThat(Records.texts(glob("sub/*/a?p.{log,txt}"))).containsExactly("deep");
  }

  @Test
  void aPatternThatMatchesNothingIsSaid() {
    assertThatThrownBy(() -> glob("*.nothing").partitions())
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("no file matches");
    assertThatThrownBy(() -> glob("[").partitions())
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("not a file pattern");
  }

  @Test
  void gzipIsKnownByItsContentWhateverTheName() throws Exception {
    Path file = directory.resolve("app.log");
    Files.write(file, gzip("one\ntwo\n"));
    assertThat(Records.texts(source(file))).containsExactly("one", "two");
    Path plain = file("plain.gz", "not compressed\n");
    assertThat(Records.texts(source(plain))).containsExactly("not compressed");
  }

  @Test
  void allMembersOfAGzipFileAreReadAndALineMaySpanThem() throws Exception {
    Path file = directory.resolve("app.log.gz");
    Files.write(file, join(gzip("one\ntw"), gzip(""), gzip("o\nthree\n"), new byte[512]));
    assertThat(Records.texts(source(file))).containsExactly("one", "two", "three");
  }

  @Test
  void aTruncatedGzipFileGivesItsRecordsThenTheReasonThenTheEnd() throws Exception {
    byte[] whole = gzip(numbered(20_000));
    for (int cut : new int[] {whole.length / 2, whole.length - 9, whole.length - 3, 5}) {
      Path file = directory.resolve("cut-" + cut + ".gz");
      Files.write(file, Arrays.copyOf(whole, cut));
      try (PartitionReader reader = source(file).open(file.toString(), Checkpoint.START)) {
        List<Line> lines = new ArrayList<>();
        assertThatThrownBy(() -> collect(reader, lines))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("gzip damaged near compressed byte");
        assertThat(reader.poll(TIMEOUT)).isNull();
        assertThat(String.join("\n", Records.texts(lines)))
            .isEqualTo(numbered(20_000).substring(0, length(lines)));
        assertThat(lines.stream().filter(Line::truncated)).hasSizeLessThan(2);
      }
    }
  }

  @Test
  void nothingInFrontOfTheDamageIsLost() throws Exception {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      text.append(random.nextLong()).append('\n');
    }
    byte[] damaged = gzip(text.toString());
    damaged[damaged.length / 2] ^= 0x55;
    Path file = directory.resolve("damaged.gz");
    Files.write(file, damaged);
    try (PartitionReader reader = source(file).open(file.toString(), Checkpoint.START)) {
      List<Line> lines = new ArrayList<>();
      assertThatThrownBy(() -> collect(reader, lines)).hasMessageContaining("gzip damaged");
      assertThat(length(lines)).isGreaterThan(text.length() / 2 - 1000);
    }
  }

  @Test
  void bytesBehindAGzipFileAreReported() throws Exception {
    Path file = directory.resolve("garbage.gz");
    Files.write(file, join(gzip("one\n"), "garbage".getBytes(UTF_8)));
    try (PartitionReader reader = source(file).open(file.toString(), Checkpoint.START)) {
      List<Line> lines = new ArrayList<>();
      assertThatThrownBy(() -> collect(reader, lines)).hasMessageContaining("not gzip");
      assertThat(Records.texts(lines)).containsExactly("one");
    }
  }

  @Test
  void aCompressionThatCannotBeReadIsReported() throws Exception {
    Path file = directory.resolve("app.zst");
    Files.write(file, new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0, 0});
    assertThatThrownBy(() -> source(file).open(file.toString(), Checkpoint.START))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("decompress it first");
  }

  @Test
  void utf16WithAByteOrderMarkIsTranscoded() throws Exception {
    String text = "\ufeffone \u00e4\u20ac\ud83d\ude00\r\ntwo \ud800 alone\nend";
    Path little = directory.resolve("le.log");
    Files.write(little, text.getBytes(UTF_16LE));
    Path big = directory.resolve("be.log");
    Files.write(big, text.getBytes(UTF_16BE));
    // The JDK encodes the lone surrogate as U+FFFD by itself.
    List<String> expected = List.of("one \u00e4\u20ac\ud83d\ude00", "two \ufffd alone", "end");
    assertThat(Records.texts(source(little))).isEqualTo(expected);
    assertThat(Records.texts(source(big))).isEqualTo(expected);
  }

  @Test
  void anyFileResumesAtACheckpoint() throws Exception {
    String text = numbered(60_000);
    Path plain = file("plain.log", text);
    Path gz = directory.resolve("app.gz");
    Files.write(gz, gzip(text));
    Path utf16 = directory.resolve("utf16.log");
    Files.write(utf16, ("\ufeff" + text).getBytes(UTF_16LE));
    for (Path file : List.of(plain, gz, utf16)) {
      LogSource source = source(file);
      List<Line> first;
      Checkpoint checkpoint;
      try (PartitionReader reader = source.open(file.toString(), Checkpoint.START)) {
        first = Records.copy(reader.poll(TIMEOUT));
        checkpoint = reader.position();
      }
      try (PartitionReader reader = source.open(file.toString(), checkpoint)) {
        List<Line> rest = Records.all(reader);
        assertThat(first.size()).isBetween(1, 59_999);
        assertThat(rest.get(0).line()).isEqualTo(first.size() + 1);
        assertThat(first.size() + rest.size()).isEqualTo(60_000);
        assertThat(rest.get(rest.size() - 1).text()).isEqualTo("line 59999");
      }
    }
  }

  @Test
  void aFileThatIsNotTheOneOfTheCheckpointIsReadFromItsBeginning() throws Exception {
    Path file = file("app.log", "one\ntwo\n");
    Checkpoint checkpoint;
    try (PartitionReader reader = source(file).open(file.toString(), Checkpoint.START)) {
      assertThat(Records.all(reader)).hasSize(2);
      checkpoint = reader.position();
    }
    Files.writeString(file, "another\nfile\n");
    try (PartitionReader reader = source(file).open(file.toString(), checkpoint)) {
      assertThat(Records.texts(Records.all(reader))).containsExactly("another", "file");
    }
  }

  @Test
  void aCheckpointOfAnotherKindIsRefused() throws Exception {
    Path file = file("app.log", "one\n");
    for (String text : List.of("42", "1;x;1;FRESH;0;0;k", "1;5;1;FRESH;9;0;k", "1;1;1;NO;0;0;k")) {
      assertThatThrownBy(() -> source(file).open(file.toString(), new Checkpoint(text)))
          .isInstanceOf(LogSenseException.class)
          .hasMessageContaining(text);
    }
  }

  @Test
  void progressCountsCompressedBytes() throws Exception {
    Path file = directory.resolve("app.gz");
    Files.write(file, gzip(numbered(100_000)));
    try (PartitionReader reader = source(file).open(file.toString(), Checkpoint.START)) {
      long size = Files.size(file);
      assertThat(reader.progress()).isEqualTo(new Progress(0, size));
      assertThat(Records.all(reader)).hasSize(100_000);
      assertThat(reader.progress()).isEqualTo(new Progress(size, size));
    }
  }

  @Test
  void aNamedPipeIsReadAsAStream() throws Exception {
    Path pipe = directory.resolve("pipe");
    assumeThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
        .as("mkfifo is there")
        .isZero();
    Thread writer =
        new Thread(
            () -> {
              try (OutputStream out = Files.newOutputStream(pipe)) {
                out.write("through a pipe\n".getBytes(UTF_8));
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    writer.start();
    assertThat(Records.texts(source(pipe))).containsExactly("through a pipe");
    writer.join();
  }

  private Path file(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static LogSource source(Path path) {
    return FileSource.path(path, 1 << 20);
  }

  private LogSource glob(String pattern) {
    return FileSource.glob(directory + "/" + pattern, 1 << 20);
  }

  private static void collect(PartitionReader reader, List<Line> lines) throws Exception {
    var batch = reader.poll(TIMEOUT);
    while (batch != null) {
      lines.addAll(Records.copy(batch));
      batch = reader.poll(TIMEOUT);
    }
  }

  private static int length(List<Line> lines) {
    return String.join("\n", Records.texts(lines)).length();
  }

  private static String numbered(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("line ").append(i).append('\n');
    }
    return text.toString();
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }
}

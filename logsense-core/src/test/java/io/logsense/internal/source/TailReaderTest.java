package io.logsense.internal.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.RecordBatch;
import io.logsense.internal.source.Records.Line;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TailReaderTest {
  private static final TailTiming TIMING =
      new TailTiming(Duration.ofMillis(100), Duration.ofSeconds(1));
  private static final String PADDING = "-".repeat(80);

  @TempDir private Path directory;
  private Path log;
  private final ManualPause pause = new ManualPause();

  @BeforeEach
  void nameTheLog() {
    log = directory.resolve("app.log");
  }

  @Test
  void linesArriveAsTheyAreWritten() throws Exception {
    append("one\n");
    pause.then(() -> append("two\nthr")).then(() -> append("ee\n"));
    try (TailReader reader = open(Checkpoint.START)) {
      assertThat(texts(reader)).containsExactly("one", "two", "three");
    }
  }

  @Test
  void aWaitThatBringsNothingEndsAtItsTimeout() throws Exception {
    append("one\n");
    try (TailReader reader = open(Checkpoint.START)) {
      assertThat(Records.copy(reader.poll(Duration.ofMillis(250)))).hasSize(1);
      long before = pause.nanos();
      assertThat(reader.poll(Duration.ofMillis(250)).isEmpty()).isTrue();
      assertThat(pause.nanos() - before).isEqualTo(Duration.ofMillis(250).toNanos());
      assertThat(pause.waits()).isEqualTo(3);
    }
  }

  @Test
  void aFileThatIsNotThereYetIsWaitedFor() throws Exception {
    pause.then(() -> {}).then(() -> append("first\n"));
    try (TailReader reader = open(Checkpoint.START)) {
      assertThat(texts(reader)).containsExactly("first");
    }
  }

  @Test
  void anUnfinishedLineIsHeldUntilTheFileIsIdle() throws Exception {
    append("begun");
    pause.then(() -> append(" and ")).then(() -> append("left"));
    try (TailReader reader = open(Checkpoint.START)) {
      assertThat(texts(reader)).containsExactly("begun and left");
      assertThat(pause.nanos()).isGreaterThan(Duration.ofSeconds(1).toNanos());
      append("\nnext\n");
      assertThat(lines(reader)).containsExactly(new Line("next", 2, 15, false));
    }
  }

  @Test
  void aRenamedFileIsReadToItsEndBeforeTheNewOne() throws Exception {
    append("one\n");
    pause
        .then(() -> rename("app.log.1"))
        .then(() -> append("three\n"))
        .then(() -> write(directory.resolve("app.log.1"), "two\n"));
    try (TailReader reader = open(Checkpoint.START)) {
      assertThat(texts(reader)).containsExactly("one", "two", "three");
    }
  }

  @Test
  void filesThatCameAndWentWhileTheOldOneWasReadAreReadInOrder() throws Exception {
    append("one\n");
    pause.then(
        () -> {
          rename("app.log.1");
          age("app.log.1", 60);
          append("two\n");
          Files.move(directory.resolve("app.log.1"), directory.resolve("app.log.2"));
          rename("app.log.1");
          age("app.log.1", 30);
          append("three\n");
        });
    try (TailReader reader = open(Checkpoint.START)) {
      assertThat(texts(reader)).containsExactly("one", "two", "three");
    }
  }

  @Test
  void anEmptiedFileIsReadFromItsBeginning() throws Exception {
    append("one\ntwo\n");
    pause.then(() -> Files.write(log, new byte[0])).then(() -> append("three\n"));
    try (TailReader reader = open(Checkpoint.START)) {
      assertThat(lines(reader))
          .containsExactly(
              new Line("one", 1, 0, false),
              new Line("two", 2, 4, false),
              new Line("three", 1, 8, false));
    }
  }

  @Test
  void anEmptiedFileThatHasGrownPastTheOldPlaceIsReadFromItsBeginning() throws Exception {
    append("one\n");
    pause.then(() -> Files.writeString(log, "a longer line\nand another\n"));
    try (TailReader reader = open(Checkpoint.START)) {
      assertThat(texts(reader)).containsExactly("one", "a longer line", "and another");
    }
  }

  @Test
  void whatWasNotReadWhenAFileWasEmptiedComesFromItsCopy() throws Exception {
    append("one " + PADDING + "\nbegun");
    pause.then(
        () -> {
          append(" and finished\nunread\n");
          Files.copy(log, directory.resolve("app.log.1"));
          Files.write(log, new byte[0]);
          append("three\n");
        });
    try (TailReader reader = open(Checkpoint.START)) {
      assertThat(texts(reader))
          .containsExactly("one " + PADDING, "begun and finished", "unread", "three");
    }
  }

  @Test
  void aDeletedFileIsReadOnAndItsSuccessorFollows() throws Exception {
    append("one\n");
    try (TailReader reader = open(Checkpoint.START);
        OutputStream writer = Files.newOutputStream(log, StandardOpenOption.APPEND)) {
      assertThat(texts(reader)).containsExactly("one");
      Files.delete(log);
      writer.write("two\n".getBytes(UTF_8));
      assertThat(texts(reader)).containsExactly("two");
      append("three\n");
      assertThat(texts(reader)).containsExactly("three");
    }
  }

  @Test
  void aRestartGoesOnInTheMiddle() throws Exception {
    append("one\ntwo\n");
    Checkpoint checkpoint = readAll();
    append("three\n");
    assertThat(from(checkpoint)).containsExactly(new Line("three", 3, 8, false));
  }

  @Test
  void aCheckpointIsShortAndPrintable() throws Exception {
    append("one " + PADDING + "\n");
    assertThat(readAll().value()).hasSizeLessThan(Checkpoint.MAX_LENGTH).isPrintable();
  }

  @Test
  void aRestartFindsTheFileUnderItsRotatedNameAndReadsWhatFollowed() throws Exception {
    append("one\n");
    Checkpoint checkpoint = readAll();
    append("two\n");
    rename("app.log.2");
    age("app.log.2", 60);
    append("three\n");
    rename("app.log.1");
    age("app.log.1", 30);
    append("four\n");
    assertThat(texts(from(checkpoint))).containsExactly("two", "three", "four");
  }

  @Test
  void aRestartFindsTheFileUnderADate() throws Exception {
    append("one\n");
    Checkpoint checkpoint = readAll();
    append("two\n");
    rename("app-2026-01-31.0.log");
    append("three\n");
    assertThat(texts(from(checkpoint))).containsExactly("two", "three");
  }

  @Test
  void aRestartFindsTheFileAfterItWasCompressed() throws Exception {
    append("one " + PADDING + "\n");
    Checkpoint checkpoint = readAll();
    append("two\n");
    try (OutputStream gz =
        new GZIPOutputStream(Files.newOutputStream(directory.resolve("app.log.1.gz")))) {
      Files.copy(log, gz);
    }
    Files.delete(log);
    append("three\n");
    assertThat(texts(from(checkpoint))).containsExactly("two", "three");
  }

  @Test
  void aRestartAfterTheFileWasReplacedReadsTheNewOneFromItsBeginning() throws Exception {
    append("one\n");
    Checkpoint checkpoint = readAll();
    Files.delete(log);
    append("another file\n");
    assertThat(texts(from(checkpoint))).containsExactly("another file");
  }

  @Test
  void anotherRotatedFileWithTheSameKeyIsNotTakenForTheOldOne() throws Exception {
    append("one " + PADDING + "\n");
    Place place = Place.of(readAll());
    Files.writeString(log, "some other file that is longer than the place " + PADDING + "\n");
    Place sameKey =
        new Place(
            place.offset(),
            2,
            place.state(),
            place.headLength(),
            place.headHash(),
            OpenFile.keyOf(log));
    assertThat(texts(from(sameKey.toCheckpoint())))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("some other");
  }

  @Test
  void offsetsGoOnFromFileToFileAndOverRestarts() throws Exception {
    String line = "0 of the same length " + PADDING + "\n";
    append(line);
    pause.then(() -> rename("app.log.1")).then(() -> append(line.replace('0', '1')));
    List<Line> read = new ArrayList<>();
    Checkpoint behindFirst;
    Checkpoint behindBoth;
    try (TailReader reader = open(Checkpoint.START)) {
      read.addAll(Records.copy(reader.poll(Duration.ZERO)));
      behindFirst = reader.position();
      read.addAll(lines(reader));
      behindBoth = reader.position();
    }
    assertThat(read).extracting(Line::offset).containsExactly(0L, (long) line.length());
    try (TailReader reader = open(behindFirst)) {
      assertThat(lines(reader)).extracting(Line::offset).containsExactly((long) line.length());
      assertThat(reader.position()).isEqualTo(behindBoth);
    }
    Files.delete(directory.resolve("app.log.1"));
    Files.delete(log);
    append(line.replace('0', '2'));
    try (TailReader reader = open(behindBoth)) {
      assertThat(lines(reader)).extracting(Line::offset).containsExactly(2L * line.length());
    }
  }

  @Test
  void nothingIsLostOrRepeatedWhileAWriterRotates() throws Exception {
    int total = 30_000;
    ExecutorService writer = Executors.newSingleThreadExecutor();
    TailTiming fast = new TailTiming(Duration.ofMillis(2), Duration.ofMillis(60));
    try (TailReader reader = new TailReader(log, Checkpoint.START, 1 << 20, fast, Pause.real())) {
      Future<?> writing = writer.submit(() -> writeAndRotate(total));
      List<String> read = new ArrayList<>();
      while (read.size() < total) {
        RecordBatch batch = reader.poll(Duration.ofSeconds(1));
        if (batch.isEmpty() && writing.isDone()) {
          break;
        }
        read.addAll(Records.texts(Records.copy(batch)));
      }
      writing.get(10, TimeUnit.SECONDS);
      assertThat(read)
          .containsExactlyElementsOf(
              IntStream.range(0, total).mapToObj(TailReaderTest::numbered).toList());
    } finally {
      writer.shutdownNow();
    }
  }

  private Void writeAndRotate(int total) throws IOException {
    int files = 6;
    FileChannel channel = openForAppend();
    try {
      for (int i = 0; i < total; i++) {
        if (i > 0 && i % (total / files) == 0) {
          for (int n = files; n > 0; n--) {
            Path from = n == 1 ? log : directory.resolve("app.log." + (n - 1));
            if (Files.exists(from)) {
              Files.move(
                  from, directory.resolve("app.log." + n), StandardCopyOption.REPLACE_EXISTING);
            }
          }
          channel.close();
          channel = openForAppend();
        }
        channel.write(UTF_8.encode(numbered(i) + "\n"));
      }
    } finally {
      channel.close();
    }
    return null;
  }

  private static String numbered(int i) {
    return "line " + i + " of the writer";
  }

  private FileChannel openForAppend() throws IOException {
    return FileChannel.open(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private TailReader open(Checkpoint from) {
    return new TailReader(log, from, 1 << 20, TIMING, pause);
  }

  private Checkpoint readAll() throws Exception {
    try (TailReader reader = open(Checkpoint.START)) {
      assertThat(lines(reader)).isNotEmpty();
      return reader.position();
    }
  }

  private List<Line> from(Checkpoint checkpoint) throws Exception {
    try (TailReader reader = open(checkpoint)) {
      return lines(reader);
    }
  }

  private static List<String> texts(TailReader reader) throws Exception {
    return texts(lines(reader));
  }

  private static List<String> texts(List<Line> lines) {
    return Records.texts(lines);
  }

  /** Everything that arrives until five seconds bring nothing. */
  private static List<Line> lines(TailReader reader) throws Exception {
    List<Line> lines = new ArrayList<>();
    RecordBatch batch;
    while (!(batch = reader.poll(Duration.ofSeconds(5))).isEmpty()) {
      lines.addAll(Records.copy(batch));
    }
    return lines;
  }

  private void append(String text) throws IOException {
    write(log, text);
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void rename(String name) throws IOException {
    Files.move(log, directory.resolve(name));
  }

  private void age(String name, int seconds) throws IOException {
    Path file = directory.resolve(name);
    Files.setLastModifiedTime(
        file, FileTime.fromMillis(Files.getLastModifiedTime(file).toMillis() - seconds * 1000L));
  }
}

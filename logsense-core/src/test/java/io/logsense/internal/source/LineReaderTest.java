package io.logsense.internal.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.logsense.api.source.RecordBatch;
import io.logsense.internal.source.Records.Line;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {
  private static final int UNLIMITED = 1 << 20;

  @Test
  void aLineEndsWithLineFeedOrCarriageReturnAndLineFeed() throws Exception {
    assertThat(texts("one\ntwo\r\nthree\n")).containsExactly("one", "two", "three");
  }

  @Test
  void aLoneCarriageReturnIsPartOfTheLine() throws Exception {
    assertThat(texts("10 %\r20 %\r\nx\r\r\ny\r")).containsExactly("10 %\r20 %", "x\r", "y\r");
  }

  @Test
  void anEmptyLineIsARecord() throws Exception {
    assertThat(texts("\n\r\na\n\n")).containsExactly("", "", "a", "");
  }

  @Test
  void theLastLineNeedsNoLineEnd() throws Exception {
    assertThat(texts("a\nb")).containsExactly("a", "b");
    assertThat(texts("")).isEmpty();
  }

  @Test
  void nulsAndBytesThatAreNoTextStayInTheirLine() throws Exception {
    byte[] bytes = {'a', 0, 'b', '\n', (byte) 0xff, 0x0b, '\n'};
    LineReader reader = reader(bytes, UNLIMITED, () -> 100);
    RecordBatch batch = reader.next(0);
    assertThat(batch.size()).isEqualTo(2);
    assertThat(Arrays.copyOfRange(batch.buffer(), batch.start(0), batch.end(1)))
        .isEqualTo(Arrays.copyOf(bytes, 6));
  }

  @Test
  void aByteOrderMarkIsLeftOutOfTheFirstLineOnly() throws Exception {
    List<Line> lines = read("\ufeffa\n\ufeffb\n".getBytes(UTF_8), UNLIMITED, () -> 1);
    assertThat(lines).containsExactly(new Line("a", 1, 3, false), new Line("\ufeffb", 2, 5, false));
  }

  @Test
  void everyRecordKnowsItsLineAndItsOffset() throws Exception {
    assertThat(read("a\r\n\nbcd\ne".getBytes(UTF_8), UNLIMITED, () -> 3))
        .containsExactly(
            new Line("a", 1, 0, false),
            new Line("", 2, 3, false),
            new Line("bcd", 3, 4, false),
            new Line("e", 4, 8, false));
  }

  @Test
  void whereTheBytesAreSplitDoesNotMatter() throws Exception {
    byte[] bytes =
        "\ufeffone\r\ntwo\n\n\u00e4\u20ac\ud83d\ude00 and more than the limit\r\nx\r"
            .getBytes(UTF_8);
    List<Line> whole = read(bytes, 16, () -> bytes.length);
    for (int split = 1; split < bytes.length; split++) {
      int first = split;
      int[] call = {0};
      assertThat(read(bytes, 16, () -> call[0]++ == 0 ? first : bytes.length))
          .as("split at byte %s", split)
          .isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void anyPiecesOfAnyTextGiveTheRecordsOfASimpleSplit(long seed) throws Exception {
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      byte[] bytes = randomText(random);
      int limit = 1 + random.nextInt(40);
      int most = 1 + random.nextInt(50);
      assertThat(read(bytes, limit, () -> random.nextInt(most + 1)))
          .isEqualTo(simpleSplit(bytes, limit));
    }
  }

  @Test
  void aLineOverTheLimitIsCutAtACharacterAndMarkedAndTheNextOneIsWhole() throws Exception {
    List<Line> lines = read("abcdef\u20acghi\nnext\n".getBytes(UTF_8), 8, () -> 5);
    assertThat(lines)
        .containsExactly(new Line("abcdef", 1, 0, true), new Line("next", 2, 13, false));
  }

  @Test
  void aLineOfExactlyTheLimitIsNotCutWhateverItsLineEnd() throws Exception {
    assertThat(read("12345678\r\n12345678\n12345678".getBytes(UTF_8), 8, () -> 1))
        .extracting(Line::truncated)
        .containsExactly(false, false, false);
  }

  @Test
  void aReaderResumesInsideALineThatWasCut() throws Exception {
    byte[] bytes = "a long line that is cut\nnext\n".getBytes(UTF_8);
    LineReader first = reader(bytes, 4, () -> 10);
    assertThat(Records.copy(first.next(0))).extracting(Line::text).containsExactly("a lo");
    Place place = first.place("");
    assertThat(place.state()).isEqualTo(Place.LineState.SKIPPED);
    byte[] rest = Arrays.copyOfRange(bytes, (int) place.offset(), bytes.length);
    Head head = new Head();
    head.append(bytes, 0, (int) place.offset());
    LineReader second = new LineReader(new ArrayInput(rest), place, head, 4, 64);
    assertThat(Records.copy(second.next(0))).containsExactly(new Line("next", 2, 24, false));
  }

  @Test
  void aLineOfAHundredMegabytesNeedsNoMoreMemoryThanTheLimit() throws Exception {
    ByteInput endless = new EndlessLine(100L << 20);
    long before = allocated();
    LineReader reader =
        new LineReader(endless, Place.START, new Head(), 1 << 20, LineReader.BUFFER_BYTES);
    RecordBatch batch = reader.next(0);
    assertThat(batch.size()).isEqualTo(1);
    assertThat(batch.length(0)).isEqualTo(1 << 20);
    assertThat(batch.truncated(0)).isTrue();
    batch = reader.next(0);
    long allocated = allocated() - before;
    assertThat(batch.size()).isEqualTo(1);
    assertThat(batch.length(0)).isEqualTo(4);
    assertThat(batch.firstLine()).isEqualTo(2);
    assertThat(allocated).isLessThan(8L << 20);
  }

  @Test
  void aWarmReaderAllocatesNothing() throws Exception {
    byte[] text = "an ordinary line of an ordinary log file\n".repeat(30_000).getBytes(UTF_8);
    ByteInput cycle = new DrippingInput(text, () -> 100_000);
    LineReader reader =
        new LineReader(cycle, Place.START, new Head(), UNLIMITED, LineReader.BUFFER_BYTES);
    int records = reader.next(0).size() + reader.next(0).size() + reader.next(0).size();
    long before = allocated();
    int more = 0;
    for (int i = 0; i < 8; i++) {
      more += reader.next(0).size();
    }
    long perRecord = (allocated() - before) / more;
    assertThat(records + more).isGreaterThan(20_000);
    assertThat(perRecord).isZero();
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  private static List<String> texts(String text) throws IOException, InterruptedException {
    return Records.texts(read(text.getBytes(UTF_8), UNLIMITED, () -> 100));
  }

  private static List<Line> read(byte[] bytes, int limit, IntSupplier sizes)
      throws IOException, InterruptedException {
    LineReader reader = reader(bytes, limit, sizes);
    List<Line> lines = new ArrayList<>();
    do {
      lines.addAll(Records.copy(reader.next(0)));
    } while (!reader.atEnd());
    lines.addAll(Records.copy(reader.rest(false)));
    return lines;
  }

  private static LineReader reader(byte[] bytes, int limit, IntSupplier sizes) {
    return new LineReader(new DrippingInput(bytes, sizes), Place.START, new Head(), limit, 16);
  }

  private static byte[] randomText(Random random) {
    StringBuilder text = new StringBuilder(random.nextInt(5) == 0 ? "\ufeff" : "");
    for (int i = random.nextInt(120); i > 0; i--) {
      text.append("ab\r\n\n\u00fc\u4e2d".charAt(random.nextInt(7)));
    }
    return text.toString().getBytes(UTF_8);
  }

  /** The definition, without any of the care for speed and memory. */
  private static List<Line> simpleSplit(byte[] bytes, int limit) {
    List<Line> lines = new ArrayList<>();
    int start = 0;
    while (start < bytes.length) {
      int newline = start;
      while (newline < bytes.length && bytes[newline] != '\n') {
        newline++;
      }
      int end = newline;
      if (newline < bytes.length && end > start && bytes[end - 1] == '\r') {
        end--;
      }
      int stop = end;
      if (end - start > limit) {
        stop = start + limit;
        while (stop > start && (bytes[stop] & 0xc0) == 0x80) {
          stop--;
        }
        stop = stop == start ? start + limit : stop;
      }
      boolean mark = start == 0 && end >= 3 && bytes[0] == (byte) 0xef;
      int begin = mark ? 3 : start;
      lines.add(
          new Line(
              new String(bytes, Math.min(begin, stop), stop - Math.min(begin, stop), UTF_8),
              lines.size() + 1,
              begin,
              stop < end));
      start = newline + 1;
    }
    return lines;
  }

  /** One line of {@code x}, then a short one. */
  private static final class EndlessLine implements ByteInput {
    private final long length;
    private long next;

    EndlessLine(long length) {
      this.length = length;
    }

    @Override
    public int read(byte[] target, int offset, int count, long timeoutNanos) {
      if (next == length) {
        next++;
        System.arraycopy("\nlast".getBytes(UTF_8), 0, target, offset, 5);
        target[offset + 5] = '\n';
        return 6;
      }
      if (next > length) {
        return END;
      }
      int n = (int) Math.min(count, length - next);
      Arrays.fill(target, offset, offset + n, (byte) 'x');
      next += n;
      return n;
    }

    @Override
    public long consumed() {
      return next;
    }

    @Override
    public long total() {
      return length;
    }

    @Override
    public void close() {}
  }
}

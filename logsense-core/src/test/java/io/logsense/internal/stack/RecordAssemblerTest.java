package io.logsense.internal.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.Limits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RecordAssemblerTest {
  private record Taken(
      String text, long offset, long firstLine, int lines, boolean truncated, String stream) {}

  private final List<Taken> taken = new ArrayList<>();

  private static final String TRACE =
      """
      java.lang.IllegalStateException: no such item
      \tat com.shop.Cart.total(Cart.java:12)
      \tat com.shop.Main.main(Main.java:3)
      Caused by: java.io.IOException: disk
      \tat com.shop.Store.load(Store.java:7)
      \t... 2 more""";

  private RecordAssembler plain() {
    return RecordAssembler.plainText(Limits.defaults(), this::take);
  }

  private RecordAssembler headers() {
    return RecordAssembler.withHeaders(Limits.defaults(), this::take);
  }

  private void take(AssembledRecord r) {
    taken.add(
        new Taken(r.text(), r.sourceOffset(), r.firstLine(), r.lines(), r.truncated(), r.stream()));
  }

  private static void feed(RecordAssembler assembler, String text) {
    long number = 1;
    long offset = 0;
    for (String line : text.split("\n", -1)) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      boolean header = line.startsWith("2024-");
      assembler.line(bytes, 0, bytes.length, false, offset, number++, header, "");
      offset += bytes.length + 1;
    }
    assembler.flush();
  }

  private List<String> texts() {
    return taken.stream().map(Taken::text).toList();
  }

  @Test
  void aTraceInPlainTextIsOneRecordAndTheLinesAroundItAreTheirOwn() {
    feed(plain(), "the server is up\n" + TRACE + "\none more line");

    assertThat(texts()).containsExactly("the server is up", TRACE, "one more line");
    assertThat(taken.get(1).firstLine()).isEqualTo(2);
    assertThat(taken.get(1).lines()).isEqualTo(6);
    assertThat(taken.get(1).offset()).isEqualTo(17);
    assertThat(taken.get(2).firstLine()).isEqualTo(8);
  }

  @Test
  void aLineWithoutHeaderBelongsToTheRecordBeforeIt() {
    feed(headers(), "2024-05-01 a\ncontinued\n\n" + TRACE + "\n\n2024-05-01 b\n\n");

    assertThat(texts()).containsExactly("2024-05-01 a\ncontinued\n\n" + TRACE, "2024-05-01 b");
    assertThat(taken.get(0).lines()).isEqualTo(9);
  }

  @Test
  void linesBeforeTheFirstHeaderAreTreatedAsPlainText() {
    feed(headers(), "banner\n\n" + TRACE + "\n2024-05-01 a");

    assertThat(texts()).containsExactly("banner", TRACE, "2024-05-01 a");
  }

  @Test
  void aMessageOfSeveralLinesBelongsToTheTraceBelowIt() {
    String trace =
        "com.shop.QueryException: near line 3\nselect *\n\n  from item\n\tat a.B.c(B.java:1)";
    feed(plain(), "ordinary\nwords\n" + trace + "\nwords");

    assertThat(texts()).containsExactly("ordinary", "words", trace, "words");
  }

  @Test
  void streamsDoNotMix() {
    RecordAssembler assembler = plain();
    String[] lines = TRACE.split("\n");
    for (int i = 0; i < lines.length; i++) {
      byte[] bytes = lines[i].getBytes(StandardCharsets.UTF_8);
      assembler.line(bytes, 0, bytes.length, false, 0, i, false, "one");
      assembler.line(bytes, 0, bytes.length, false, 0, i, false, "two");
    }
    assembler.flush();

    assertThat(texts()).containsExactly(TRACE, TRACE);
    assertThat(taken).extracting(Taken::stream).containsExactly("one", "two");
  }

  @Test
  void tooManyStreamsFlushTheOneThatWasUsedLeastRecently() {
    RecordAssembler assembler = plain();
    byte[] bytes = "words".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i <= RecordAssembler.MOST_STREAMS; i++) {
      assembler.line(bytes, 0, bytes.length, false, 0, 0, false, "s" + i);
    }

    assertThat(taken).extracting(Taken::stream).containsExactly("s0");
  }

  @Test
  void anEndlessTraceIsOneRecordThatIsMarkedAndBounded() {
    Limits limits = Limits.builder().recordLines(10).recordBytes(1000).build();
    RecordAssembler assembler = RecordAssembler.plainText(limits, this::take);
    StringBuilder text = new StringBuilder("java.lang.StackOverflowError\n");
    for (int i = 0; i < 10_000; i++) {
      text.append("\tat com.shop.Cart.total(Cart.java:").append(i).append(")\n");
    }
    feed(assembler, "before\n" + text + "after");

    assertThat(taken).hasSize(3);
    assertThat(taken.get(1).truncated()).isTrue();
    assertThat(taken.get(1).lines()).isEqualTo(10_001);
    assertThat(taken.get(1).text().lines()).hasSizeLessThanOrEqualTo(10);
    assertThat(taken.get(1).text().length()).isLessThanOrEqualTo(1000);
    assertThat(taken.get(2).text()).isEqualTo("after");
  }

  @Test
  void aLineLongerThanTheLimitIsCutAndMarked() {
    Limits limits = Limits.builder().recordBytes(10).build();
    feed(RecordAssembler.plainText(limits, this::take), "0123456789abc\nshort");

    assertThat(texts()).containsExactly("0123456789", "short");
    assertThat(taken).extracting(Taken::truncated).containsExactly(true, false);
  }

  @Test
  void carriageReturnsAndBlankLinesAreNoRecords() {
    feed(plain(), "one\r\n\r\n   \t\ntwo\r\n");

    assertThat(texts()).containsExactly("one", "two");
    assertThat(taken.get(1).firstLine()).isEqualTo(4);
  }

  @Test
  void everyLineIsInOneRecordWhateverIsInterleaved() {
    Random random = new Random(7);
    String[] pool =
        (TRACE
                + "\n2024-05-01 x\nwords\n\nTraceback (most recent call last):\n"
                + "  File \"a.py\", line 3, in f\nValueError: x\npanic: y\ngoroutine 1 [running]:\n"
                + "main.f()\n\t/a.go:3 +0x1\n#0 /a.php(3): f()\nStack trace:\nthread 'm' panicked at 'x'")
            .split("\n");
    for (int round = 0; round < 2000; round++) {
      StringBuilder text = new StringBuilder();
      int lines = random.nextInt(200);
      int notBlank = 0;
      for (int i = 0; i < lines; i++) {
        String line = pool[random.nextInt(pool.length)];
        line = random.nextInt(10) == 0 ? line.substring(random.nextInt(line.length() + 1)) : line;
        notBlank += line.isBlank() ? 0 : 1;
        text.append(line).append('\n');
      }
      taken.clear();
      feed(round % 2 == 0 ? plain() : headers(), text.toString());
      long inRecords =
          taken.stream().flatMap(r -> r.text().lines()).filter(l -> !l.isBlank()).count();
      assertThat(inRecords).as(text.toString()).isEqualTo(notBlank);
      long end = 0;
      for (Taken record : taken) {
        assertThat(record.firstLine()).isGreaterThan(end);
        end = record.firstLine() + record.lines() - 1;
      }
    }
  }

  @Test
  void anOrdinaryLineAllocatesNothing() {
    RecordAssembler plain = RecordAssembler.plainText(Limits.defaults(), r -> {});
    RecordAssembler headers = RecordAssembler.withHeaders(Limits.defaults(), r -> {});
    byte[] line =
        "2024-05-01 12:00:00 INFO shop: handled request 4711 in 12 ms"
            .getBytes(StandardCharsets.UTF_8);
    long allocated = Long.MAX_VALUE;
    for (int round = 0; round < 2; round++) {
      long before = AllocatedBytes.now();
      for (int i = 0; i < 20_000; i++) {
        plain.line(line, 0, line.length, false, i, i, false, "");
        headers.line(line, 0, line.length, false, i, i, true, "");
      }
      allocated = AllocatedBytes.now() - before;
    }

    assertThat(allocated).isLessThan(20_000);
  }

  @Test
  void aTraceAllocatesNothingOnceThereIsRoomForIt() {
    RecordAssembler plain = RecordAssembler.plainText(Limits.defaults(), r -> {});
    byte[][] lines =
        (TRACE + "\nthe shop closes")
            .lines()
            .map(l -> l.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    long allocated = Long.MAX_VALUE;
    for (int round = 0; round < 2; round++) {
      long before = AllocatedBytes.now();
      for (int i = 0; i < 5_000; i++) {
        for (byte[] line : lines) {
          plain.line(line, 0, line.length, false, i, i, false, "");
        }
      }
      allocated = AllocatedBytes.now() - before;
    }

    assertThat(allocated).isLessThan(20_000);
  }
}

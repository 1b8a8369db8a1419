package io.logsense.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.event.LogEvent;
import io.logsense.api.parse.LogParser;
import io.logsense.api.source.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What every {@link LogParser} must do. Extend it, and say which heads of records are of its format
 * and which lines are not.
 *
 * <p>Random and mutated input comes from {@link #seed}; a failure shows the seed and the input.
 */
public abstract class ParserContract {
  private static final int ROUNDS = 3_000;
  private static final int LONGEST = 300;
  private static final int HUGE = 1 << 20;

  /** For the class that extends this. */
  protected ParserContract() {}

  /** The parser. */
  protected abstract LogParser parser();

  /**
   * Heads of records of the format, complete: {@link LogParser#headLines()} lines each, joined by
   * line feeds.
   */
  protected abstract List<String> samples();

  /** Lines that do not begin a record of the format; such as are stack traces unless overridden. */
  protected List<String> others() {
    return List.of("\tat com.acme.Cart.total(Cart.java:10)", "");
  }

  /** Where random input begins; the same each time unless overridden. */
  protected long seed() {
    return 20260123L;
  }

  /** How long any single call may take on the slowest of machines: 30 s unless overridden. */
  protected Duration deadline() {
    return Duration.ofSeconds(30);
  }

  @Test
  void itsSamplesAreParsed() {
    for (String sample : samples()) {
      byte[] head = bytes(sample);
      assertThat(parser().startsRecord(head, 0, firstLine(head))).as(sample).isTrue();
      assertThat(parser().parse(head, 0, head.length, LogEvent.builder())).as(sample).isTrue();
      assertThat(parser().headLines()).isBetween(1, 2);
    }
  }

  @Test
  void otherLinesBeginNoRecord() {
    for (String other : others()) {
      byte[] line = bytes(other);
      assertThat(parser().startsRecord(line, 0, line.length)).as(other).isFalse();
    }
  }

  @Test
  void aParserHasOneName() {
    assertThat(parser().name()).matches("[a-z0-9-]+").isEqualTo(parser().name());
  }

  @Test
  void noBytesMakeItThrow() {
    Random random = new Random(seed());
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = new byte[random.nextInt(LONGEST)];
      random.nextBytes(bytes);
      assertNoThrow(bytes);
    }
  }

  @Test
  void noMutationOfASampleMakesItThrow() {
    Random random = new Random(seed());
    for (int round = 0; round < ROUNDS; round++) {
      assertNoThrow(mutated(random));
    }
  }

  @Test
  void aHeadMayBeCutShortAnywhere() {
    for (String sample : samples()) {
      byte[] head = bytes(sample);
      for (int length = 0; length <= head.length; length++) {
        assertNoThrow(Arrays.copyOf(head, length));
      }
    }
  }

  /** Parses in the middle of a buffer, so that a look beyond the ends shows. */
  @Test
  void itLooksAtTheBytesItIsGivenAlone() {
    Random random = new Random(seed());
    for (int round = 0; round < ROUNDS; round++) {
      byte[] head = round % 2 == 0 ? mutated(random) : anyOf(samples(), random);
      byte[] before = head.clone();
      byte[] inside = new byte[head.length + 64];
      random.nextBytes(inside);
      System.arraycopy(head, 0, inside, 32, head.length);
      LogEvent.Builder alone = LogEvent.builder();
      LogEvent.Builder among = LogEvent.builder();
      boolean expected = parser().parse(head, 0, head.length, alone);
      boolean actual = parser().parse(inside, 32, head.length, among);
      assertThat(actual).as(shown(head)).isEqualTo(expected);
      if (expected) {
        assertThat(among.build()).as(shown(head)).isEqualTo(alone.build());
      }
      assertThat(head).as("the input afterwards").isEqualTo(before);
      assertThat(parser().startsRecord(inside, 32, firstLine(head)))
          .as(shown(head))
          .isEqualTo(parser().startsRecord(head, 0, firstLine(head)));
    }
  }

  /** Of damaged heads it may parse what it would not begin a record with. */
  @Test
  void whatItParsesBeginsARecord() {
    List<byte[]> inputs = new ArrayList<>();
    samples().forEach(sample -> inputs.add(bytes(sample)));
    others().forEach(other -> inputs.add(bytes(other)));
    Random random = new Random(seed());
    for (int round = 0; round < ROUNDS; round++) {
      byte[] noise = new byte[random.nextInt(LONGEST)];
      random.nextBytes(noise);
      inputs.add(limited(noise));
    }
    for (byte[] head : inputs) {
      if (parser().parse(head, 0, head.length, LogEvent.builder())) {
        assertThat(parser().startsRecord(head, 0, firstLine(head))).as(shown(head)).isTrue();
      }
    }
  }

  @Test
  void oneParserServesAllAndKeepsNothing() throws Exception {
    LogParser shared = parser();
    List<LogEvent> alone = new ArrayList<>();
    for (String sample : samples()) {
      alone.add(event(parser(), bytes(sample)));
    }
    List<Watch.Call<Boolean>> calls = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      int first = t;
      calls.add(new Watch(deadline()).start("parse", () -> agrees(shared, first, alone)));
    }
    for (Watch.Call<Boolean> call : calls) {
      assertThat(call.get()).as("threads get what one gets").isTrue();
    }
  }

  private boolean agrees(LogParser shared, int first, List<LogEvent> alone) {
    Random random = new Random(seed() + first);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] other = mutated(random);
      shared.parse(other, 0, other.length, LogEvent.builder());
      int sample = (first + i) % alone.size();
      if (!event(shared, bytes(samples().get(sample))).equals(alone.get(sample))) {
        return false;
      }
    }
    return true;
  }

  private static LogEvent event(LogParser parser, byte[] head) {
    LogEvent.Builder out = LogEvent.builder();
    parser.parse(head, 0, head.length, out);
    return out.build();
  }

  @Test
  void confidenceIsAShare() {
    Random random = new Random(seed());
    List<byte[]> noise = new ArrayList<>();
    List<byte[]> heads = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      byte[] line = new byte[random.nextInt(LONGEST)];
      random.nextBytes(line);
      noise.add(line);
      byte[] head = bytes(samples().get(i % samples().size()));
      heads.addAll(lines(head));
    }
    double sure = confidence(heads);
    assertThat(sure).as("its own samples").isGreaterThan(0).isLessThanOrEqualTo(1);
    assertThat(confidence(noise)).as("noise").isBetween(0.0, 1.0).isLessThanOrEqualTo(sure);
    assertThat(confidence(List.of())).as("nothing").isBetween(0.0, 1.0);
    assertThat(confidence(List.of(new byte[0]))).as("an empty line").isBetween(0.0, 1.0);
  }

  private double confidence(List<byte[]> lines) {
    byte[] all = new byte[lines.stream().mapToInt(line -> line.length).sum()];
    RecordBatch batch = new RecordBatch(all);
    int at = 0;
    for (byte[] line : lines) {
      System.arraycopy(line, 0, all, at, line.length);
      batch.add(at, at + line.length, at, false);
      at += line.length;
    }
    return parser().confidence(batch);
  }

  /** What is worse than linear takes hours for a mebibyte. */
  @Test
  void aHugeHeadTakesItsTimeAndNoMore() throws Exception {
    for (String sample : samples()) {
      for (String filling :
          List.of("x", " ", "[", "{\"a\":", "\"", "\\", "=", "9", "a=b ", ":-", "\u00E9")) {
        assertLinear(bytes(sample + filling.repeat(HUGE / filling.length())));
        int middle = sample.length() / 2;
        assertLinear(
            bytes(
                sample.substring(0, middle)
                    + filling.repeat(HUGE / filling.length())
                    + sample.substring(middle)));
      }
    }
  }

  private void assertLinear(byte[] head) throws Exception {
    new Watch(deadline())
        .run(
            "parse of " + shown(head),
            () -> {
              parser().startsRecord(head, 0, firstLine(head));
              parser().parse(head, 0, head.length, LogEvent.builder());
            });
  }

  private void assertNoThrow(byte[] head) {
    try {
      parser().startsRecord(head, 0, firstLine(head));
      parser().parse(head, 0, head.length, LogEvent.builder());
      confidence(lines(head));
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("parsing threw for " + shown(head), e);
    }
  }

  private byte[] mutated(Random random) {
    byte[] head = anyOf(samples(), random);
    for (int changes = 1 + random.nextInt(4); changes > 0 && head.length > 0; changes--) {
      int at = random.nextInt(head.length);
      switch (random.nextInt(4)) {
        case 0 -> head[at] = (byte) random.nextInt(256);
        case 1 -> head = Arrays.copyOf(head, at);
        case 2 -> head = joined(head, at, anyOf(samples(), random));
        default -> head[at] = (byte) "\"\\{}[]:=,\n 0-\u007F".charAt(random.nextInt(14));
      }
    }
    return limited(head);
  }

  /** As many lines as a head may have. */
  private byte[] limited(byte[] head) {
    int lines = 0;
    for (int i = 0; i < head.length; i++) {
      if (head[i] == '\n' && ++lines == parser().headLines()) {
        return Arrays.copyOf(head, i);
      }
    }
    return head;
  }

  private static byte[] joined(byte[] head, int length, byte[] other) {
    byte[] both = Arrays.copyOf(head, length + other.length);
    System.arraycopy(other, 0, both, length, other.length);
    return both;
  }

  private static byte[] anyOf(List<String> texts, Random random) {
    return bytes(texts.get(random.nextInt(texts.size())));
  }

  private static List<byte[]> lines(byte[] head) {
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= head.length; i++) {
      if (i == head.length || head[i] == '\n') {
        lines.add(Arrays.copyOfRange(head, start, i));
        start = i + 1;
      }
    }
    return lines;
  }

  private static int firstLine(byte[] head) {
    return lines(head).get(0).length;
  }

  private String shown(byte[] input) {
    return "seed " + seed() + ", input " + Delivered.shown(escaped(input));
  }

  private static String escaped(byte[] input) {
    StringBuilder text = new StringBuilder();
    for (byte b : Arrays.copyOf(input, Math.min(input.length, LONGEST))) {
      text.append(b >= ' ' && b < 0x7F ? String.valueOf((char) b) : "\\x%02X".formatted(b & 0xFF));
    }
    return text.append(" (").append(input.length).append(" bytes)").toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

package io.logsense.internal.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.event.LogEvent;
import io.logsense.api.parse.LogParser;
import io.logsense.api.source.RecordBatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MalformedInputTest {
  private static final Catalogue CATALOGUE = new Catalogue(TimeContext.DEFAULT);

  /** Lines of several formats up to where the length of what follows may matter. */
  private static final List<String> HEADS =
      List.of(
          "2024-01-12 03:04:05,123 INFO [main] a.B - ",
          "2024-01-12T03:04:05.123Z INFO 1 --- [",
          "<34>1 2024-01-12T03:04:05Z web su 1 2 ",
          "<34>1 2024-01-12T03:04:05Z web su 1 2 [",
          "Jan 12 03:04:05 web su[1]: ",
          "10.0.0.1 - - [12/Jan/2024:03:04:05 +0000] \"",
          "[Sun Dec 04 04:47:44 2005] [",
          "{\"@timestamp\":\"2024-01-12T03:04:05Z\",\"message\":\"m\",\"thrown\":[",
          "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":",
          "level=info msg=");

  static Stream<LogParser> parsers() {
    List<LogParser> parsers = new ArrayList<>(CATALOGUE.parsers().values());
    parsers.add(CATALOGUE.pattern("pattern", "%X{a} %d{dd.MM.yy HH:mm z} [%p] %c - %m (%t) %F:%L"));
    return parsers.stream();
  }

  static List<byte[]> samples() throws Exception {
    List<byte[]> samples = new ArrayList<>();
    for (Path directory : FormatSpecificationTest.formats().toList()) {
      RecordBatch batch = FormatSpecificationTest.batch(directory);
      for (int i = 0; i < batch.size(); i++) {
        samples.add(Arrays.copyOfRange(batch.buffer(), batch.start(i), batch.end(i)));
      }
    }
    return samples;
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void everyPrefixOfEverySampleIsAnswered(LogParser parser) throws Exception {
    for (byte[] sample : samples()) {
      // Behind the end stands what must not be read.
      byte[] padded = Arrays.copyOf(sample, sample.length + 64);
      Arrays.fill(padded, sample.length, padded.length, (byte) ']');
      for (int length = 0; length <= Math.min(sample.length, 400); length += length > 40 ? 13 : 1) {
        offer(parser, padded, 0, length);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void flippedBytesAreAnswered(LogParser parser) throws Exception {
    Random random = new Random(42);
    for (byte[] sample : samples()) {
      for (int round = 0; round < 8 && sample.length > 0; round++) {
        byte[] broken = sample.clone();
        for (int flips = 0; flips < 1 + round / 4; flips++) {
          broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
        }
        offer(parser, broken, 0, broken.length);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void hostileLinesAreAnsweredInTimeThatOnlyALinearParserHas(LogParser parser) {
    byte[] megabyte = new byte[1 << 20];
    for (String unit :
        new String[] {
          "x",
          "[",
          "{\"a\":",
          "a=\"",
          " ",
          "1",
          "2024-01-12 ",
          ": ",
          "<",
          "(",
          "\\\"",
          "[a ]",
          "[a b=\"",
          "] [",
          "\" ",
          "a=1 ",
          "[[",
          "{\"a\":[{\"class\":\"a\",\"method\":\"b\"},"
        }) {
      byte[] text = unit.getBytes(UTF_8);
      for (int i = 0; i < megabyte.length; i++) {
        megabyte[i] = text[i % text.length];
      }
      offer(parser, megabyte, 0, megabyte.length);
      for (String head : HEADS) {
        byte[] line = (head + unit.repeat((1 << 20) / unit.length())).getBytes(UTF_8);
        offer(parser, line, 0, line.length);
      }
    }
    offer(parser, new byte[0], 0, 0);
    byte[] broken = {(byte) 0xC3, (byte) 0x28, (byte) 0xFF, 0, 0x1B, '[', '3', '1', 'm'};
    offer(parser, broken, 0, broken.length);
  }

  @ParameterizedTest
  @MethodSource("samplesWithoutStructure")
  void detectionAlwaysAnswers(String text) {
    assertThat(new FormatDetector(CATALOGUE).detect(Lines.batch(text)).parser()).isNotNull();
  }

  static Stream<String> samplesWithoutStructure() {
    return Stream.of(
        "",
        "\n\n",
        "\0\u0001\u0002",
        "[[[[[[\n]]]]]]",
        "|||\n|||",
        "a",
        "- - - - - - - -",
        "1705028645",
        "2024-01-12 03:04:05");
  }

  private static void offer(LogParser parser, byte[] bytes, int offset, int length) {
    LogEvent.Builder out = LogEvent.builder();
    parser.startsRecord(bytes, offset, length);
    if (parser.parse(bytes, offset, length, out)) {
      assertThat(out.build().message().length()).isLessThanOrEqualTo(length);
    }
  }
}

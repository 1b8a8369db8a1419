package io.logsense.internal.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.StackTraces;
import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.stack.StackTraceExtractor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** An extractor that has seen a line before answers as one that has not. */
final class RepeatedTracesTest {
  private static final String TRACE =
      """
      java.lang.IllegalStateException: no such item
      \tat com.shop.Cart.total(Cart.java:12)
      \tat com.shop.Cart.show(Cart.java:20)
      \tat com.shop.Main.main(Main.java:3)
      Caused by: java.io.IOException: disk
      \tat com.shop.Store.load(Store.java:7)
      \t... 2 more
      """;

  private static List<StackTrace> extract(StackTraceExtractor extractor, byte[] text) {
    return extractor.extract(text, 0, text.length);
  }

  private static List<String> traces() throws Exception {
    List<String> traces = new ArrayList<>();
    for (Path file : StackTraceSpecTest.traces().toList()) {
      traces.add(Files.readString(file).stripTrailing());
    }
    return traces;
  }

  /** Traces behind one another with lines left out, doubled, changed and taken from others. */
  private static byte[] mixed(List<String> traces, Random random) {
    StringBuilder out = new StringBuilder();
    List<String> earlier = new ArrayList<>(List.of("words"));
    for (int n = 1 + random.nextInt(6); n > 0; n--) {
      for (String line : traces.get(random.nextInt(traces.size())).split("\n")) {
        switch (random.nextInt(40)) {
          case 0 -> {}
          case 1 -> out.append(line).append('\n').append(line).append('\n');
          case 2 -> out.append(earlier.get(random.nextInt(earlier.size()))).append('\n');
          case 3 -> out.append(line, 0, random.nextInt(line.length() + 1)).append('\n');
          case 4 -> out.append(line).append("{\n");
          case 5 -> out.append(line).append("\r\n");
          case 6 -> out.append(line.replace('1', '2')).append('\n');
          default -> out.append(line).append('\n');
        }
        earlier.add(line);
      }
      out.append(random.nextBoolean() ? "the shop closes\n" : "");
    }
    return out.substring(0, out.length() - random.nextInt(2)).getBytes(UTF_8);
  }

  @Test
  void whatWasSeenBeforeChangesNothing() throws Exception {
    List<String> traces = traces();
    StackTraceExtractor experienced = StackTraces.extractor();
    Random random = new Random(3);
    for (int round = 0; round < 2_000; round++) {
      byte[] text = mixed(traces, random);

      assertThat(extract(experienced, text))
          .as(new String(text, UTF_8))
          .isEqualTo(extract(StackTraces.extractor(), text));
    }
  }

  @Test
  void threadsThatShareAnExtractorReadTheSame() throws Exception {
    List<String> traces = traces();
    List<byte[]> texts = new ArrayList<>();
    List<List<StackTrace>> expected = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      texts.add(mixed(traces, random));
      expected.add(extract(StackTraces.extractor(), texts.get(i)));
    }
    StackTraceExtractor shared = StackTraces.extractor();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<List<StackTrace>>>> answers = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        answers.add(
            threads.submit(
                () -> {
                  List<List<StackTrace>> found = new ArrayList<>();
                  for (int pass = 0; pass < 4; pass++) {
                    found = texts.stream().map(text -> extract(shared, text)).toList();
                  }
                  return found;
                }));
      }
      for (Future<List<List<StackTrace>>> answer : answers) {
        assertThat(answer.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aFrameSeenOftenIsTheSameObject() {
    StackTraceExtractor extractor = StackTraces.extractor();
    byte[] text = TRACE.getBytes(UTF_8);
    List<StackFrame> third = new ArrayList<>();
    List<StackFrame> fourth = new ArrayList<>();
    for (int pass = 1; pass <= 4; pass++) {
      List<StackFrame> frames = extract(extractor, text).get(0).error().frames();
      (pass < 4 ? third : fourth).addAll(pass < 3 ? List.of() : frames);
    }

    assertThat(third).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(fourth.get(i)).isSameAs(third.get(i));
    }
  }

  @Test
  void anOrdinaryLineAllocatesNothing() {
    byte[] lines =
        ("2024-05-01 12:00:00 INFO shop: handled request 4711 in 12 ms\n"
                + "2024-05-01 12:00:00 INFO shop: handled request (4711) in shop:12\n"
                + "Caused by: the weather\n\tindented\n")
            .repeat(25_000)
            .getBytes(UTF_8);
    StackTraceExtractor extractor = StackTraces.extractor();

    assertThat(leastAllocated(extractor, lines)).isLessThan(2_000);
  }

  @Test
  void aRepeatedFrameAllocatesNoMoreThanItsPlaceInAList() {
    StringBuilder text = new StringBuilder("java.lang.StackOverflowError\n");
    for (int i = 0; i < 20_000; i++) {
      text.append("\tat com.shop.Cart.total").append(i % 97).append("(Cart.java:12)\n");
    }

    long allocated = leastAllocated(StackTraces.extractor(), text.toString().getBytes(UTF_8));

    assertThat(allocated / 20_000).isLessThan(100);
  }

  private static long leastAllocated(StackTraceExtractor extractor, byte[] text) {
    long least = Long.MAX_VALUE;
    for (int pass = 0; pass < 5; pass++) {
      long before = AllocatedBytes.now();
      extract(extractor, text);
      least = Math.min(least, AllocatedBytes.now() - before);
    }
    return least;
  }
}

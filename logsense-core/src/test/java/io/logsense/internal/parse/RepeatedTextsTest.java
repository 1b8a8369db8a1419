package io.logsense.internal.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.internal.text.Ascii;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RepeatedTextsTest {
  private final RepeatedTexts texts = new RepeatedTexts();

  @Test
  void theThirdTimeATextIsTheOneOfTheSecond() {
    byte[] bytes = Ascii.bytes("[main] [main] [main]");
    String first = texts.text(bytes, 1, 5);
    String second = texts.text(bytes, 8, 12);
    assertThat(first).isEqualTo("main").isNotSameAs(second);
    assertThat(texts.text(bytes, 15, 19)).isSameAs(second);
  }

  @Test
  void bytesAndCharactersOfOneHashAreNotConfused() {
    Random random = new Random(3);
    for (int i = 0; i < 50_000; i++) {
      String text = text(random);
      byte[] bytes = Ascii.bytes("x" + text + "x");
      char[] chars = ("x" + text + "x").toCharArray();
      assertThat(texts.text(bytes, 1, bytes.length - 1)).isEqualTo(text);
      assertThat(texts.text(chars, 1, chars.length - 2)).isEqualTo(text);
    }
  }

  /** Few texts of many lengths that differ in one place only. */
  private static String text(Random random) {
    StringBuilder text = new StringBuilder("é-thread-".repeat(1 + random.nextInt(12)));
    text.setLength(random.nextInt(text.length() + 1));
    if (text.length() > 0) {
      text.setCharAt(random.nextInt(text.length()), (char) ('0' + random.nextInt(10)));
    }
    return text.toString();
  }

  @Test
  void threadsShareATable() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Void> work =
          () -> {
            Random random = new Random(5);
            for (int i = 0; i < 50_000; i++) {
              String text = text(random);
              byte[] bytes = Ascii.bytes(text);
              assertThat(texts.text(bytes, 0, bytes.length)).isEqualTo(text);
            }
            return null;
          };
      for (Future<Void> done : threads.invokeAll(Stream.generate(() -> work).limit(4).toList())) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}

package io.logsense.internal.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.StackTraces;
import io.logsense.api.stack.StackTraceExtractor;
import org.junit.jupiter.api.Test;

class TracelessTextTest {
  private static final String LINE =
      "2024-05-01 12:00:00,123 INFO  [http-4] com.shop.Till - order 4711 was paid with card\n";
  private static final int LINES = 10_000;

  @Test
  void linesThatBelongToNoTraceAllocateNothing() {
    StackTraceExtractor extractor = StackTraces.extractor();
    byte[] text = LINE.repeat(LINES).getBytes(UTF_8);
    long allocated = Long.MAX_VALUE;
    for (int round = 0; round < 3; round++) {
      long before = AllocatedBytes.now();
      assertThat(extractor.extract(text, 0, text.length)).isEmpty();
      allocated = AllocatedBytes.now() - before;
    }
    assertThat(allocated).isLessThan(LINES);
  }
}

package io.logsense.api.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.event.LogEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RecordBufferTest {
  private final RecordBuffer buffer = new RecordBuffer(10_000);

  @Test
  void recordsOutliveTheGrowthOfTheBuffer() {
    for (int i = 0; i < 5000; i++) {
      buffer.add("record " + i, i, i % 2 == 0 ? i : LogEvent.NO_TIMESTAMP);
    }

    RecordBatch batch = buffer.batch();
    assertThat(batch.size()).isEqualTo(5000);
    for (int i = 0; i < 5000; i++) {
      assertThat(text(batch, i)).isEqualTo("record " + i);
      assertThat(batch.offset(i)).isEqualTo(i);
      assertThat(batch.time(i)).isEqualTo(i % 2 == 0 ? i : LogEvent.NO_TIMESTAMP);
    }
  }

  @Test
  void nothingIsLeftAfterClear() {
    buffer.add("first", 1, 1);
    buffer.clear();
    buffer.add("second", 2, LogEvent.NO_TIMESTAMP);

    assertThat(buffer.batch().size()).isEqualTo(1);
    assertThat(text(buffer.batch(), 0)).isEqualTo("second");
    assertThat(buffer.batch().time(0)).isEqualTo(LogEvent.NO_TIMESTAMP);
  }

  @Test
  void lineEndsAtTheEndAreNoPartOfARecordAndThoseInsideAre() {
    buffer.add("first\nsecond\r\n", 1, 1);

    assertThat(text(buffer.batch(), 0)).isEqualTo("first\nsecond");
  }

  @Test
  void whatIsTooLongIsCutAndMarked() {
    buffer.add("x".repeat(10_001), 1, 1);
    buffer.add("x".repeat(10_000), 2, 1);

    assertThat(buffer.batch().length(0)).isEqualTo(10_000);
    assertThat(buffer.batch().truncated(0)).isTrue();
    assertThat(buffer.batch().truncated(1)).isFalse();
  }

  private static String text(RecordBatch batch, int i) {
    return new String(batch.buffer(), batch.start(i), batch.length(i), StandardCharsets.UTF_8);
  }
}

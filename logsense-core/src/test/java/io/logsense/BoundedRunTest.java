package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.event.LogEvent;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.DeadLetter;
import io.logsense.api.source.LeftOutException;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.RecordBatch;
import io.logsense.api.source.RecordBuffer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sources that fail on the way. */
class BoundedRunTest {
  /** An object is a message, or what a failure to read it says. */
  private record Objects(List<String> objects) implements LogSource {
    @Override
    public String id() {
      return "bucket";
    }

    @Override
    public List<String> partitions() {
      return List.of("objects");
    }

    @Override
    public PartitionReader open(String partition, Checkpoint from) {
      return new PartitionReader() {
        private final RecordBuffer buffer = new RecordBuffer(1000);
        private int next;
        private boolean failed;
        private int polls;

        @Override
        public @Nullable RecordBatch poll(Duration timeout) throws IOException {
          if (next == objects.size()) {
            return null;
          }
          String object = objects.get(next);
          polls++;
          if (object.startsWith("gone") && polls % 3 != 0) {
            buffer.clear();
            return buffer.batch();
          }
          if (object.startsWith("gone") || (object.startsWith("ERROR reset") && !failed)) {
            failed = true;
            throw new IOException(object);
          }
          failed = false;
          next++;
          if (object.startsWith("damaged")) {
            throw new LeftOutException(object, null);
          }
          buffer.clear();
          buffer.add(object, next, LogEvent.NO_TIMESTAMP);
          return buffer.batch();
        }

        @Override
        public Checkpoint position() {
          return new Checkpoint(Integer.toString(next));
        }

        @Override
        public void close() {}
      };
    }
  }

  private static Analysis analyze(String... objects) {
    return LogSense.builder().source(new Objects(List.of(objects))).analyze();
  }

  @Test
  void whatCannotBeReadIsReportedAndTheRestIsRead() {
    Analysis analysis = analyze("ERROR a", "damaged 1", "damaged 2", "ERROR b", "damaged 3");

    assertThat(analysis.events()).isEqualTo(2);
    assertThat(analysis.failures())
        .extracting(DeadLetter::reason)
        .satisfiesExactly(
            reason -> assertThat(reason).contains("damaged 1"),
            reason -> assertThat(reason).contains("damaged 2"),
            reason -> assertThat(reason).contains("damaged 3"));
  }

  @Test
  void aFailureThatPassesIsNone() {
    Analysis analysis = analyze("ERROR a", "ERROR reset", "ERROR reset", "ERROR b");

    assertThat(analysis.events()).isEqualTo(4);
    assertThat(analysis.failures()).isEmpty();
  }

  @Test
  void aFailureThatDoesNotPassEndsThePartitionAndIsReportedOnce() {
    Analysis analysis = analyze("ERROR a", "ERROR reset", "ERROR b", "gone", "ERROR c");

    assertThat(analysis.events()).isEqualTo(3);
    assertThat(analysis.failures())
        .singleElement()
        .matches(failure -> failure.reason().contains("gone"));
  }
}

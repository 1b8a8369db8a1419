package io.logsense.aws;

import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.RecordBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What readers deliver, copied. */
final class Records {
  static final Duration PATIENCE = Duration.ofMillis(200);
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  /** One of them. */
  record Record(String text, long offset, long time, long line) {}

  private Records() {}

  /** All up to the end. */
  static List<Record> toEnd(PartitionReader reader) throws IOException, InterruptedException {
    List<Record> records = new ArrayList<>();
    for (RecordBatch batch = reader.poll(PATIENCE); batch != null; batch = reader.poll(PATIENCE)) {
      records.addAll(copy(batch));
    }
    return records;
  }

  /** The texts of those up to the end. */
  static List<String> texts(PartitionReader reader) throws IOException, InterruptedException {
    return toEnd(reader).stream().map(Record::text).toList();
  }

  /** Those of polls until there are {@code count}. */
  static List<Record> next(PartitionReader reader, int count)
      throws IOException, InterruptedException {
    List<Record> records = new ArrayList<>();
    long start = System.nanoTime();
    while (records.size() < count) {
      if (System.nanoTime() - start > DEADLINE.toNanos()) {
        throw new AssertionError("no more than " + records + " came in " + DEADLINE);
      }
      RecordBatch batch = reader.poll(PATIENCE);
      if (batch == null) {
        throw new AssertionError("the end came after " + records);
      }
      records.addAll(copy(batch));
    }
    return records;
  }

  static List<Record> copy(RecordBatch batch) {
    List<Record> records = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      records.add(
          new Record(
              new String(batch.buffer(), batch.start(i), batch.length(i), StandardCharsets.UTF_8),
              batch.offset(i),
              batch.time(i),
              batch.firstLine() == 0 ? 0 : batch.firstLine() + i));
    }
    return records;
  }
}

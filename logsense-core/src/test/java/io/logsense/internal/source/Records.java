package io.logsense.internal.source;

import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.RecordBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Records copied out of batches, whose arrays are then poisoned. */
final class Records {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private Records() {}

  record Line(String text, long line, long offset, boolean truncated) {}

  /** Copies the records and overwrites the batch, as whoever borrowed it may not keep it. */
  static List<Line> copy(RecordBatch batch) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      String text =
          new String(batch.buffer(), batch.start(i), batch.length(i), StandardCharsets.UTF_8);
      lines.add(new Line(text, batch.firstLine() + i, batch.offset(i), batch.truncated(i)));
    }
    if (!batch.isEmpty()) {
      Arrays.fill(batch.buffer(), batch.start(0), batch.end(batch.size() - 1), (byte) 0x15);
    }
    return lines;
  }

  static List<Line> all(PartitionReader reader) throws IOException, InterruptedException {
    List<Line> lines = new ArrayList<>();
    RecordBatch batch;
    while ((batch = reader.poll(TIMEOUT)) != null) {
      lines.addAll(copy(batch));
    }
    return lines;
  }

  static List<String> texts(List<Line> lines) {
    return lines.stream().map(Line::text).toList();
  }

  static List<String> texts(LogSource source) throws IOException, InterruptedException {
    List<String> texts = new ArrayList<>();
    for (String partition : source.partitions()) {
      try (PartitionReader reader = source.open(partition, Checkpoint.START)) {
        texts.addAll(texts(all(reader)));
      }
    }
    return texts;
  }
}

package io.logsense.internal.parse;

import io.logsense.api.source.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Batches made from text, one record per line. */
final class Lines {
  private Lines() {}

  static RecordBatch batch(List<String> lines) {
    byte[] bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    RecordBatch batch = new RecordBatch(bytes);
    int start = 0;
    for (int p = 0; p <= bytes.length; p++) {
      if (p == bytes.length || bytes[p] == '\n') {
        batch.add(start, p, start, false);
        start = p + 1;
      }
    }
    return batch;
  }

  static RecordBatch batch(String text) {
    return batch(List.of(text.split("\n")));
  }
}

package io.logsense;

import io.logsense.api.event.LogEvent;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.RecordBatch;
import io.logsense.api.source.RecordBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages of a broker in one partition, the offset of each its place in the list; one in a batch.
 */
record MessagesSource(String id, Map<String, String> labels, List<Message> messages)
    implements LogSource {
  record Message(String text, long time) {}

  static MessagesSource of(String... texts) {
    return new MessagesSource(
        "broker:logs",
        Map.of(),
        List.of(texts).stream().map(text -> new Message(text, LogEvent.NO_TIMESTAMP)).toList());
  }

  @Override
  public List<String> partitions() {
    return List.of("0");
  }

  @Override
  public PartitionReader open(String partition, Checkpoint from) {
    return new PartitionReader() {
      private final RecordBuffer buffer = new RecordBuffer(1 << 20);
      private int next = from.value().isEmpty() ? 0 : Integer.parseInt(from.value());

      @Override
      public @Nullable RecordBatch poll(Duration timeout) {
        if (next == messages.size()) {
          return null;
        }
        buffer.clear();
        buffer.add(messages.get(next).text(), next, messages.get(next).time());
        next++;
        return buffer.batch();
      }

      @Override
      public Checkpoint position() {
        return new Checkpoint(Integer.toString(next));
      }

      @Override
      public Map<String, String> labels() {
        return labels;
      }

      @Override
      public void close() {}
    };
  }
}

package io.logsense.internal.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.logsense.api.event.LogEvent;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.Progress;
import io.logsense.api.source.RecordBatch;
import io.logsense.api.source.RecordBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The records of dead letters in a {@link DeadLetterFile}. A line that is none, because a process
 * died while it wrote, is a record itself.
 */
public final class DeadLetterSource implements LogSource {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int LONGEST_LINE = 8 << 20;

  private final Path file;

  /** The letters in {@code file} and the one before. */
  public DeadLetterSource(Path file) {
    this.file = file;
  }

  @Override
  public String id() {
    return "dead-letters:" + file;
  }

  @Override
  public List<String> partitions() {
    return Stream.of(DeadLetterFile.older(file), file)
        .filter(Files::exists)
        .map(Path::toString)
        .toList();
  }

  @Override
  public PartitionReader open(String partition, Checkpoint from) throws IOException {
    FileSource lines = FileSource.path(Path.of(partition), LONGEST_LINE);
    return new Reader(lines.open(partition, from));
  }

  /** Unpacks the lines that another reader reads. */
  private record Reader(PartitionReader lines, RecordBuffer records) implements PartitionReader {
    Reader(PartitionReader lines) {
      this(lines, new RecordBuffer(LONGEST_LINE));
    }

    @Override
    public @Nullable RecordBatch poll(Duration timeout) throws IOException, InterruptedException {
      RecordBatch batch = lines.poll(timeout);
      if (batch == null) {
        return null;
      }
      records.clear();
      for (int i = 0; i < batch.size(); i++) {
        unpack(batch, i);
      }
      return records.batch();
    }

    private void unpack(RecordBatch batch, int i) {
      byte[] line = Arrays.copyOfRange(batch.buffer(), batch.start(i), batch.end(i));
      byte[] raw = line;
      StringBuilder place = new StringBuilder();
      try (JsonParser json = JSON.createParser(line)) {
        while (json.nextToken() != null) {
          if (json.currentToken() != JsonToken.FIELD_NAME) {
            continue;
          }
          String name = json.currentName();
          JsonToken value = json.nextToken();
          switch (name) {
            case "source", "offset", "line" -> place.append(json.getText()).append('\n');
            case "raw" -> raw = json.getBinaryValue();
            default -> {
              if (value.isStructStart()) {
                json.skipChildren();
              }
            }
          }
        }
      } catch (IOException e) {
        raw = line;
      }
      records.add(raw, RecordBuffer.offsetOf(place.toString()), LogEvent.NO_TIMESTAMP);
    }

    @Override
    public Checkpoint position() {
      return lines.position();
    }

    @Override
    public Progress progress() {
      return lines.progress();
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}

package io.logsense.internal.source;

import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.Progress;
import io.logsense.api.source.RecordBatch;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A reader of input that ends: a file, a stream, an array.
 *
 * <p>Input that is damaged is delivered up to the damage, an unfinished last line marked as cut.
 * Then one call throws, and the next one answers the end.
 */
final class LineStream implements PartitionReader {
  private final ByteInput input;
  private final LineReader lines;
  private final Closeable resource;
  private final String fileKey;
  private @Nullable IOException failure;
  private boolean finished;

  LineStream(ByteInput input, int recordBytes) {
    this(
        input,
        new LineReader(input, Place.START, new Head(), recordBytes, LineReader.BUFFER_BYTES),
        input,
        "");
  }

  LineStream(OpenFile file) {
    this(file.text(), file.lines(), file, file.key());
  }

  private LineStream(ByteInput input, LineReader lines, Closeable resource, String fileKey) {
    this.input = input;
    this.lines = lines;
    this.resource = resource;
    this.fileKey = fileKey;
  }

  @Override
  public @Nullable RecordBatch poll(Duration timeout) throws IOException, InterruptedException {
    if (!finished && failure == null) {
      RecordBatch batch = read(timeout);
      if (!batch.isEmpty() || (!finished && failure == null)) {
        return batch;
      }
    }
    finished = true;
    if (failure != null) {
      IOException thrown = failure;
      failure = null;
      throw thrown;
    }
    return null;
  }

  private RecordBatch read(Duration timeout) throws InterruptedException {
    try {
      RecordBatch batch = lines.next(timeout.toNanos());
      if (batch.isEmpty() && lines.atEnd()) {
        finished = true;
        return lines.rest(false);
      }
      return batch;
    } catch (IOException e) {
      failure = e;
      return lines.rest(true);
    }
  }

  @Override
  public Checkpoint position() {
    return lines.place(fileKey).toCheckpoint();
  }

  @Override
  public Progress progress() {
    return new Progress(input.consumed(), input.total());
  }

  @Override
  public void close() throws IOException {
    resource.close();
  }
}

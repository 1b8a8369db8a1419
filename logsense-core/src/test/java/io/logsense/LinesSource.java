package io.logsense;

import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines in batches of a chosen size; a batch is overwritten as soon as the next one is asked for.
 */
final class LinesSource implements LogSource {
  private final List<byte[]> lines;
  private final int batchSize;
  private final int fileSize;

  LinesSource(List<byte[]> lines, int batchSize) {
    this(lines, batchSize, Integer.MAX_VALUE);
  }

  private LinesSource(List<byte[]> lines, int batchSize, int fileSize) {
    this.lines = lines;
    this.batchSize = batchSize;
    this.fileSize = fileSize;
  }

  /** The same, numbered anew every so many lines; a multiple of the batch size. */
  LinesSource inFilesOf(int newFileSize) {
    return new LinesSource(lines, batchSize, newFileSize);
  }

  static LinesSource of(String text, int batchSize) {
    return new LinesSource(
        text.lines().map(line -> line.getBytes(StandardCharsets.UTF_8)).toList(), batchSize);
  }

  @Override
  public String id() {
    return "lines";
  }

  @Override
  public List<String> partitions() {
    return List.of("lines");
  }

  @Override
  public PartitionReader open(String partition, Checkpoint from) {
    return new PartitionReader() {
      private byte[] borrowed = new byte[0];
      private int next;
      private long offset;

      @Override
      public @Nullable RecordBatch poll(Duration timeout) {
        Arrays.fill(borrowed, (byte) '?');
        if (next == lines.size()) {
          return null;
        }
        List<byte[]> some = lines.subList(next, Math.min(lines.size(), next + batchSize));
        borrowed = new byte[some.stream().mapToInt(line -> line.length + 1).sum()];
        RecordBatch batch = new RecordBatch(borrowed).reset(borrowed, next % fileSize + 1);
        int at = 0;
        for (byte[] line : some) {
          System.arraycopy(line, 0, borrowed, at, line.length);
          batch.add(at, at + line.length, offset, false);
          at += line.length + 1;
          offset += line.length + 1;
        }
        next += some.size();
        return batch;
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

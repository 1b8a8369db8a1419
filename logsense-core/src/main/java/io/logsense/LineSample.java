package io.logsense;

import io.logsense.api.source.RecordBatch;
import java.util.Arrays;

/** The first lines of a partition, kept until its format is known. */
final class LineSample {
  /** Takes the lines of the sample again, in order. */
  interface Sink {
    void line(
        byte[] buffer, int start, int length, long offset, long number, boolean cut, long time);
  }

  private byte[] bytes = new byte[1 << 14];
  private final RecordBatch batch = new RecordBatch(bytes);
  private long[] numbers = new long[64];
  private int length;

  /** Copies a line, or a message. */
  void add(byte[] buffer, int start, int count, long offset, long number, boolean cut, long time) {
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
    }
    if (batch.size() == numbers.length) {
      numbers = Arrays.copyOf(numbers, numbers.length * 2);
    }
    System.arraycopy(buffer, start, bytes, length, count);
    numbers[batch.size()] = number;
    batch.add(length, length + count, offset, cut, time);
    length += count;
  }

  /** Forgets all lines. */
  void clear() {
    length = 0;
    batch.reset(bytes, 0);
  }

  int lines() {
    return batch.size();
  }

  int bytes() {
    return length;
  }

  /** The lines as one batch; of messages, each of their lines. */
  RecordBatch batch() {
    RecordBatch all =
        new RecordBatch(bytes).reset(bytes, lines() == 0 ? 0 : Math.max(0, numbers[0]));
    for (int i = 0; i < batch.size(); i++) {
      int start = batch.start(i);
      for (int at = start; numbers[i] < 0 && at < batch.end(i); at++) {
        if (bytes[at] == '\n') {
          all.add(start, endOfLine(start, at), batch.offset(i), false);
          start = at + 1;
        }
      }
      all.add(start, batch.end(i), batch.offset(i), batch.truncated(i));
    }
    return all;
  }

  private int endOfLine(int start, int at) {
    return at > start && bytes[at - 1] == '\r' ? at - 1 : at;
  }

  void replay(Sink sink) {
    for (int i = 0; i < batch.size(); i++) {
      sink.line(
          bytes,
          batch.start(i),
          batch.length(i),
          batch.offset(i),
          numbers[i],
          batch.truncated(i),
          batch.time(i));
    }
  }
}

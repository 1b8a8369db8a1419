package io.logsense;

import io.logsense.api.source.RecordBatch;
import java.util.Arrays;

/** The colours that consoles print: control sequences of ECMA-48, {@code ESC [ … letter}. */
final class Ansi {
  private static final byte ESCAPE = 0x1b;

  private Ansi() {}

  static boolean isIn(RecordBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      if (isIn(batch.buffer(), batch.start(i), batch.length(i))) {
        return true;
      }
    }
    return false;
  }

  static boolean isIn(byte[] buffer, int offset, int length) {
    for (int i = offset, end = offset + length - 1; i < end; i++) {
      if (buffer[i] == ESCAPE && buffer[i + 1] == '[') {
        return true;
      }
    }
    return false;
  }

  /** The same records without control sequences. */
  static RecordBatch without(RecordBatch batch) {
    LineSample plain = new LineSample();
    for (int i = 0; i < batch.size(); i++) {
      byte[] line = without(batch.buffer(), batch.start(i), batch.length(i));
      plain.add(line, 0, line.length, batch.offset(i), 0, batch.truncated(i), batch.time(i));
    }
    return plain.batch();
  }

  /** The bytes without control sequences, in an array of their own. */
  static byte[] without(byte[] buffer, int offset, int length) {
    byte[] out = new byte[length];
    int size = 0;
    int end = offset + length;
    for (int i = offset; i < end; i++) {
      if (buffer[i] == ESCAPE && i + 1 < end && buffer[i + 1] == '[') {
        i += 2;
        while (i < end && (buffer[i] < '@' || buffer[i] > '~')) {
          i++;
        }
      } else {
        out[size++] = buffer[i];
      }
    }
    return Arrays.copyOf(out, size);
  }
}

package io.logsense.testkit;

import io.logsense.api.source.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A record as a reader delivered it, copied.
 *
 * @param text its bytes, each as the character of its number
 */
record Delivered(long offset, String text, boolean cut, long time) {
  private static final int SHOWN = 120;
  private static final byte POISON = (byte) 0xA5;

  static Delivered of(RecordBatch batch, int i) {
    String text =
        new String(batch.buffer(), batch.start(i), batch.length(i), StandardCharsets.ISO_8859_1);
    return new Delivered(batch.offset(i), text, batch.truncated(i), batch.time(i));
  }

  /** Overwrites the bytes of all records: whoever kept a part of them will be found out. */
  static void poison(RecordBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      Arrays.fill(batch.buffer(), batch.start(i), batch.end(i), POISON);
    }
  }

  byte[] bytes() {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    return offset + (cut ? "(cut): " : ": ") + shown(text);
  }

  static String shown(String text) {
    return text.length() <= SHOWN
        ? text
        : text.substring(0, SHOWN) + "… (" + text.length() + " bytes)";
  }
}

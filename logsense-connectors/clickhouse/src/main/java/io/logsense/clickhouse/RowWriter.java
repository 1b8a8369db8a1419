package io.logsense.clickhouse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes ClickHouse's format RowBinary: values one after the other, little end first. */
final class RowWriter {
  private static final int MORE = 0x80;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A whole number of a column of {@code bytes} bytes. */
  RowWriter number(long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >> (Byte.SIZE * i)));
    }
    return this;
  }

  /** A text in UTF-8; half of a surrogate pair becomes a question mark. */
  RowWriter text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    length(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  RowWriter texts(Map<String, String> values) {
    length(values.size());
    values.forEach((name, value) -> text(name).text(value));
    return this;
  }

  private void length(int value) {
    int rest = value;
    while (rest >= MORE) {
      out.write(rest | MORE);
      rest >>>= 7;
    }
    out.write(rest);
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}

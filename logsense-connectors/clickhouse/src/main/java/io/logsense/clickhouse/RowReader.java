package io.logsense.clickhouse;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads what {@link RowWriter} writes. */
final class RowReader {
  private static final int SEVEN_BITS = 0x7F;

  private final ByteBuffer in;

  RowReader(byte[] rows) {
    in = ByteBuffer.wrap(rows).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * All rows.
   *
   * @throws LogSenseException (external) when the answer is not of their form
   */
  <T> List<T> rows(Function<RowReader, T> row) {
    List<T> rows = new ArrayList<>();
    try {
      while (in.hasRemaining()) {
        rows.add(row.apply(this));
      }
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new LogSenseException(
          Category.EXTERNAL, "ClickHouse answered what is no row: is there something between?", e);
    }
    return rows;
  }

  long int64() {
    return in.getLong();
  }

  int int32() {
    return in.getInt();
  }

  int uint8() {
    return Byte.toUnsignedInt(in.get());
  }

  String text() {
    int length = length();
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    String text = new String(in.array(), in.position(), length, StandardCharsets.UTF_8);
    in.position(in.position() + length);
    return text;
  }

  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (int left = length(); left > 0; left--) {
      String name = text();
      texts.put(name, text());
    }
    return texts;
  }

  private int length() {
    int value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (next & SEVEN_BITS) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}

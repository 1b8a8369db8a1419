package io.logsense.fluent;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.logsense.api.event.LogEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ValueType;

/**
 * Takes MessagePack apart, value by value, and believes no size that it states.
 *
 * <p>All methods throw {@link ProtocolException} for values that may not stand where they do, are
 * too deep, or lie beyond the allowed bytes, and {@link MessagePackException} for what is no
 * MessagePack or ends too early.
 */
final class MessagePackReader {
  private static final JsonFactory JSON = new JsonFactory();

  /** A value inside that many others is refused: reading is recursive. */
  private static final int DEPTH = 100;

  /** The Forward protocol's EventTime: seconds and nanoseconds, big-endian, 32 bits each. */
  private static final int EVENT_TIME = 0;

  private static final int EVENT_TIME_BYTES = 8;
  private static final long NANOS = 1_000_000_000L;
  private static final long LARGEST_SECONDS = Long.MAX_VALUE / NANOS - 1;

  private final MessageUnpacker in;
  private final int allowed;
  private long end;

  /** Allows {@code allowed} bytes from each {@link #allow} to the next. */
  MessagePackReader(InputStream in, int allowed) {
    this.in = MessagePack.newDefaultUnpacker(in);
    this.allowed = allowed;
    allow();
  }

  void allow() {
    end = in.getTotalReadBytes() + allowed;
  }

  /** Whether there is a value; waits for one. */
  boolean hasNext() throws IOException {
    return in.hasNext();
  }

  ValueType type() throws IOException {
    return format().getValueType();
  }

  private MessageFormat format() throws IOException {
    MessageFormat format = in.getNextFormat();
    spend(1);
    return format;
  }

  private int spend(int bytes) throws ProtocolException {
    if (bytes > end - in.getTotalReadBytes()) {
      throw new ProtocolException("more than " + allowed + " bytes");
    }
    return bytes;
  }

  private static ProtocolException misplaced(ValueType type, String place) {
    return new ProtocolException(type + " where " + place + " must be");
  }

  void nil() throws IOException {
    in.unpackNil();
  }

  /** The length of an array, whose values follow. */
  int array(String place) throws IOException {
    ValueType type = type();
    if (type != ValueType.ARRAY) {
      throw misplaced(type, place);
    }
    return in.unpackArrayHeader();
  }

  /** The size of a map, whose keys and values follow in turn. */
  int map(String place) throws IOException {
    ValueType type = type();
    if (type != ValueType.MAP) {
      throw misplaced(type, place);
    }
    return in.unpackMapHeader();
  }

  /** Text, in whichever of the two types for bytes; what is not UTF-8 is replaced. */
  String text(String place) throws IOException {
    return new String(bytes(place), UTF_8);
  }

  byte[] bytes(String place) throws IOException {
    ValueType type = type();
    if (!type.isRawType()) {
      throw misplaced(type, place);
    }
    int length = type == ValueType.BINARY ? in.unpackBinaryHeader() : in.unpackRawStringHeader();
    return in.readPayload(spend(length));
  }

  /**
   * A time in nanoseconds since the epoch; {@code NO_TIMESTAMP} for nil, and for what nanoseconds
   * cannot say.
   */
  long time() throws IOException {
    ValueType type = type();
    switch (type) {
      case NIL -> {
        in.unpackNil();
        return LogEvent.NO_TIMESTAMP;
      }
      case INTEGER -> {
        long seconds = in.unpackLong();
        return Math.abs(seconds) > LARGEST_SECONDS || seconds == Long.MIN_VALUE
            ? LogEvent.NO_TIMESTAMP
            : seconds * NANOS;
      }
      case FLOAT -> {
        double seconds = in.unpackDouble();
        // A double of our days knows no more than microseconds.
        return Math.abs(seconds) <= LARGEST_SECONDS
            ? Math.round(seconds * 1e6) * 1000
            : LogEvent.NO_TIMESTAMP;
      }
      case EXTENSION -> {
        ExtensionTypeHeader header = in.unpackExtensionTypeHeader();
        if (!isEventTime(header)) {
          throw misplaced(type, "a time");
        }
        Instant time = eventTime(in.readPayload(spend(EVENT_TIME_BYTES)));
        return time.getEpochSecond() * NANOS + time.getNano();
      }
      case ARRAY -> {
        // Fluent Bit 2: the time, and metadata.
        if (in.unpackArrayHeader() != 2 || type() == ValueType.ARRAY) {
          throw misplaced(type, "a time");
        }
        long time = time();
        skip();
        return time;
      }
      default -> throw misplaced(type, "a time");
    }
  }

  private static boolean isEventTime(ExtensionTypeHeader header) {
    return header.getType() == EVENT_TIME && header.getLength() == EVENT_TIME_BYTES;
  }

  private static Instant eventTime(byte[] payload) {
    ByteBuffer time = ByteBuffer.wrap(payload);
    return Instant.ofEpochSecond(
        Integer.toUnsignedLong(time.getInt()), Integer.toUnsignedLong(time.getInt()));
  }

  void skip() throws IOException {
    try (JsonGenerator nowhere = JSON.createGenerator(OutputStream.nullOutputStream())) {
      value(nowhere, 0);
    }
  }

  /**
   * A map as a line of JSON, with one more member at its end.
   *
   * @return null when the line is longer than {@code recordBytes}
   */
  byte @Nullable [] line(String name, String text, int recordBytes) throws IOException {
    Line line = new Line(recordBytes);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      int members = map("a record");
      json.writeStartObject();
      for (int i = 0; i < members; i++) {
        String key = key();
        if (key.equals(name)) {
          skip();
        } else {
          json.writeFieldName(key);
          value(json, 1);
        }
      }
      json.writeStringField(name, text);
      json.writeEndObject();
    }
    return line.size() > recordBytes ? null : line.toByteArray();
  }

  private String key() throws IOException {
    return type() == ValueType.INTEGER ? in.unpackBigInteger().toString() : text("a key");
  }

  private void value(JsonGenerator json, int depth) throws IOException {
    if (depth > DEPTH) {
      throw new ProtocolException("more than " + DEPTH + " values inside each other");
    }
    MessageFormat format = format();
    switch (format.getValueType()) {
      case NIL -> {
        in.unpackNil();
        json.writeNull();
      }
      case BOOLEAN -> json.writeBoolean(in.unpackBoolean());
      case INTEGER -> {
        if (format == MessageFormat.UINT64) {
          json.writeNumber(in.unpackBigInteger());
        } else {
          json.writeNumber(in.unpackLong());
        }
      }
      case FLOAT -> {
        if (format == MessageFormat.FLOAT32) {
          json.writeNumber(in.unpackFloat());
        } else {
          json.writeNumber(in.unpackDouble());
        }
      }
      case STRING, BINARY -> json.writeString(text("text"));
      case ARRAY -> {
        json.writeStartArray();
        for (int left = in.unpackArrayHeader(); left > 0; left--) {
          value(json, depth + 1);
        }
        json.writeEndArray();
      }
      case MAP -> {
        json.writeStartObject();
        for (int left = in.unpackMapHeader(); left > 0; left--) {
          json.writeFieldName(key());
          value(json, depth + 1);
        }
        json.writeEndObject();
      }
      case EXTENSION -> {
        ExtensionTypeHeader header = in.unpackExtensionTypeHeader();
        byte[] payload = in.readPayload(spend(header.getLength()));
        if (isEventTime(header)) {
          json.writeString(eventTime(payload).toString());
        } else {
          json.writeBinary(payload);
        }
      }
    }
  }

  /** Keeps one byte more than allowed, so that too much is seen to be. */
  private static final class Line extends ByteArrayOutputStream {
    private final int allowed;

    Line(int allowed) {
      super(256);
      this.allowed = allowed;
    }

    @Override
    public void write(byte[] bytes, int start, int length) {
      super.write(bytes, start, (int) Math.min(length, allowed + 1L - size()));
    }
  }
}

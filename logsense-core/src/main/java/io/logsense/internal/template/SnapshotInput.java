package io.logsense.internal.template;

import io.logsense.api.LogSenseException;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Reads the numbers, hashes and texts of a snapshot. Every count is bounded by the bytes that are
 * left, so that a damaged one costs no memory.
 */
final class SnapshotInput {
  private final byte[] bytes;
  private final int end;
  private int position;

  SnapshotInput(byte[] bytes) {
    this.bytes = bytes;
    this.end = bytes.length - 4;
    if (end < Snapshots.MAGIC.length + 1
        || !Arrays.equals(Arrays.copyOf(bytes, Snapshots.MAGIC.length), Snapshots.MAGIC)) {
      throw usage("is not a snapshot of scheme tm1");
    }
    if (bytes[Snapshots.MAGIC.length] != Snapshots.VERSION) {
      throw usage(
          "has version "
              + bytes[Snapshots.MAGIC.length]
              + "; this library reads version "
              + Snapshots.VERSION);
    }
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, end);
    long stored = 0;
    for (int i = end; i < bytes.length; i++) {
      stored = stored << 8 | (bytes[i] & 0xFF);
    }
    if (stored != sum.getValue()) {
      throw damaged();
    }
    position = Snapshots.MAGIC.length + 1;
  }

  int octet() {
    if (position >= end) {
      throw damaged();
    }
    return bytes[position++] & 0xFF;
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      int b = octet();
      value |= (long) (b & 0x7F) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw damaged();
  }

  int upTo(int limit) {
    long value = number();
    if (value > limit) {
      throw damaged();
    }
    return (int) value;
  }

  /** A count of things that take at least {@code bytesEach} bytes. */
  int size(long bytesEach) {
    long value = number();
    if (value > (end - position) / bytesEach) {
      throw damaged();
    }
    return (int) value;
  }

  long hash() {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = value << 8 | octet();
    }
    return value;
  }

  String text() {
    char[] units = new char[size(1)];
    for (int i = 0; i < units.length; i++) {
      units[i] = (char) upTo(Character.MAX_VALUE);
    }
    return new String(units);
  }

  void end() {
    if (position != end) {
      throw damaged();
    }
  }

  LogSenseException damaged() {
    return usage("is damaged near byte " + position + " of " + bytes.length);
  }

  private static LogSenseException usage(String what) {
    return new LogSenseException(
        LogSenseException.Category.USAGE,
        "the template snapshot " + what + "; merge a snapshot that snapshot() made");
  }
}

package io.logsense.internal.template;

import java.util.Arrays;
import java.util.zip.CRC32C;

/** Writes the numbers, hashes and texts of a snapshot, whose format {@link Snapshots} states. */
final class SnapshotOutput {
  private byte[] bytes = new byte[4096];
  private int size;

  void octet(int value) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, size * 2);
    }
    bytes[size++] = (byte) value;
  }

  void number(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      octet((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    octet((int) rest);
  }

  void hash(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      octet((int) (value >>> shift));
    }
  }

  void text(String value) {
    number(value.length());
    for (int i = 0; i < value.length(); i++) {
      number(value.charAt(i));
    }
  }

  byte[] sealed() {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, size);
    long value = sum.getValue();
    for (int shift = 24; shift >= 0; shift -= 8) {
      octet((int) (value >>> shift));
    }
    return Arrays.copyOf(bytes, size);
  }
}

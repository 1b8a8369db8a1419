package io.logsense.code;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Numbers of seven bits a byte, lowest first, and texts with their length in front. */
final class IndexBytes {
  private byte[] bytes;
  private int at;

  IndexBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  void number(int value) {
    room(5);
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
  }

  void text(String value) {
    utf8(value.getBytes(StandardCharsets.UTF_8));
  }

  void utf8(byte[] utf8) {
    number(utf8.length);
    room(utf8.length);
    System.arraycopy(utf8, 0, bytes, at, utf8.length);
    at += utf8.length;
  }

  int number() {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      byte next = bytes[at++];
      value |= (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number is too long");
  }

  /** A number from 0 to less than {@code bound}. */
  int below(int bound) {
    int value = number();
    if (value < 0 || value >= bound) {
      throw new IllegalArgumentException(value + " is not below " + bound);
    }
    return value;
  }

  /** How many of something follow; each takes a byte at least, so there is an upper bound. */
  int count() {
    int count = number();
    if (count < 0 || count > bytes.length - at) {
      throw new IllegalArgumentException("there are not " + count + " to read");
    }
    return count;
  }

  String text() {
    return new String(utf8(), StandardCharsets.UTF_8);
  }

  byte[] utf8() {
    int length = count();
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  byte[] written() {
    return Arrays.copyOf(bytes, at);
  }

  private void room(int more) {
    if (at + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(at + more, 2 * bytes.length));
    }
  }
}

package io.logsense.syslog;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a TCP connection into messages, in either way of RFC 6587: each with its length before it
 * (octet counting), or with a line feed or a zero behind it (non-transparent framing). The first
 * byte of a connection says which: a message begins with {@code <}, a length with a digit.
 *
 * <p>Of a message that is too long, one byte more than allowed is kept, so that it is seen to be.
 */
final class FrameReader {
  private static final int BUFFER = 64 * 1024;
  private static final int LENGTH_DIGITS = 9;

  private final InputStream in;
  private final int recordBytes;
  private final byte[] buffer = new byte[BUFFER];
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private int next;
  private int limit;
  private boolean begun;
  private boolean counted;

  /** How many bytes of the message under way are still to come. */
  private int left;

  FrameReader(InputStream in, int recordBytes) {
    this.in = in;
    this.recordBytes = recordBytes;
  }

  /**
   * The messages that the next bytes complete, at least one; null at the end.
   *
   * @throws ProtocolException when there is no length where one must be
   * @throws EOFException when the connection ends inside a message of known length
   */
  @Nullable List<byte[]> next() throws IOException {
    List<byte[]> messages = new ArrayList<>();
    while (messages.isEmpty()) {
      if (next == limit && !fill()) {
        return end();
      }
      while (next < limit) {
        if (counted) {
          countedBytes(messages);
        } else {
          delimitedBytes(messages);
        }
      }
    }
    return messages;
  }

  private boolean fill() throws IOException {
    next = 0;
    limit = Math.max(0, in.read(buffer));
    if (limit > 0 && !begun) {
      begun = true;
      counted = isDigit(buffer[0]);
    }
    return limit > 0;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private @Nullable List<byte[]> end() throws IOException {
    if (counted && (left > 0 || message.size() > 0)) {
      throw new EOFException("the connection ended inside a message");
    }
    return message.size() > 0 ? List.of(take()) : null;
  }

  private void countedBytes(List<byte[]> messages) throws IOException {
    if (left == 0) {
      left = length();
      return;
    }
    int count = Math.min(left, limit - next);
    keep(count);
    next += count;
    left -= count;
    if (left == 0) {
      messages.add(take());
    }
  }

  /** The length that stands here, 0 when its end is still to come; its digits wait as a message. */
  private int length() throws ProtocolException {
    while (next < limit) {
      byte b = buffer[next++];
      if (b == ' ' && message.size() > 0) {
        int length = Integer.parseInt(message.toString(java.nio.charset.StandardCharsets.US_ASCII));
        message.reset();
        return length;
      }
      boolean separator = (b == '\n' || b == '\r') && message.size() == 0;
      if (!separator && (!isDigit(b) || message.size() == LENGTH_DIGITS)) {
        throw new ProtocolException("no length of a syslog message");
      }
      if (!separator) {
        message.write(b);
      }
    }
    return 0;
  }

  private void delimitedBytes(List<byte[]> messages) {
    int end = next;
    while (end < limit && buffer[end] != '\n' && buffer[end] != 0) {
      end++;
    }
    keep(end - next);
    next = end;
    if (end < limit) {
      next++;
      if (message.size() > 0) {
        messages.add(take());
      }
    }
  }

  private void keep(int count) {
    message.write(buffer, next, Math.min(count, recordBytes + 1 - message.size()));
  }

  private byte[] take() {
    byte[] bytes = message.toByteArray();
    message.reset();
    return bytes;
  }
}

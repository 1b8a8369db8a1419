package io.logsense.internal.source;

import java.io.IOException;

/**
 * Text as UTF-8: bytes as they are, unless a byte order mark says UTF-16.
 *
 * <p>Unpaired surrogates become U+FFFD. Positions behind this input count the bytes handed out.
 */
final class TextInput extends LayeredInput {
  private static final int UNIT_BYTES = 8 * 1024;
  private static final int MOST_BYTES_PER_UNIT = 3;

  private byte[] held = new byte[UNIT_BYTES];
  private int heldFrom;
  private int heldTo;
  private byte[] units = new byte[0];
  private int oddBytes;
  private Encoding encoding = Encoding.UNKNOWN;
  private int highSurrogate;

  private enum Encoding {
    UNKNOWN,
    BYTES,
    UTF_16_BE,
    UTF_16_LE
  }

  TextInput(ByteInput input) {
    super(input);
  }

  /** Whether positions here are those of the input, so that it can be entered anywhere. */
  static boolean isTranscoded(byte[] head, int length) {
    return encoding(head, length) != Encoding.BYTES && length >= 2;
  }

  private static Encoding encoding(byte[] head, int length) {
    int first = length > 0 ? head[0] & 0xff : 0;
    if (length < 2) {
      return first >= 0xfe ? Encoding.UNKNOWN : Encoding.BYTES;
    }
    int second = head[1] & 0xff;
    if (first == 0xfe && second == 0xff) {
      return Encoding.UTF_16_BE;
    }
    return first == 0xff && second == 0xfe ? Encoding.UTF_16_LE : Encoding.BYTES;
  }

  @Override
  public int read(byte[] target, int offset, int length, long timeoutNanos)
      throws IOException, InterruptedException {
    while (heldFrom == heldTo || encoding == Encoding.UNKNOWN) {
      if (encoding == Encoding.BYTES) {
        return input.read(target, offset, length, timeoutNanos);
      }
      int n =
          encoding == Encoding.UNKNOWN ? readFirst(timeoutNanos) : readAndTranscode(timeoutNanos);
      if (n <= 0 && heldFrom == heldTo) {
        return n;
      }
    }
    int n = Math.min(length, heldTo - heldFrom);
    System.arraycopy(held, heldFrom, target, offset, n);
    heldFrom += n;
    return n;
  }

  private int readFirst(long timeoutNanos) throws IOException, InterruptedException {
    int n = input.read(held, heldTo, held.length - heldTo, timeoutNanos);
    heldTo += Math.max(n, 0);
    if (heldTo > 0) {
      encoding = encoding(held, heldTo);
    }
    if (encoding == Encoding.UNKNOWN && heldTo > 0 && n == END) {
      encoding = Encoding.BYTES;
    } else if (encoding == Encoding.UTF_16_BE || encoding == Encoding.UTF_16_LE) {
      units = held;
      held = new byte[(UNIT_BYTES / 2 + 1) * MOST_BYTES_PER_UNIT];
      int count = heldTo;
      heldTo = 0;
      transcode(2, count);
    }
    return n;
  }

  private int readAndTranscode(long timeoutNanos) throws IOException, InterruptedException {
    int n = input.read(units, oddBytes, units.length - oddBytes, timeoutNanos);
    if (n > 0) {
      transcode(0, oddBytes + n);
    }
    return n;
  }

  private void transcode(int from, int to) {
    heldFrom = 0;
    heldTo = 0;
    int i = from;
    for (; i + 2 <= to; i += 2) {
      int high = units[i + (encoding == Encoding.UTF_16_BE ? 0 : 1)] & 0xff;
      int low = units[i + (encoding == Encoding.UTF_16_BE ? 1 : 0)] & 0xff;
      heldTo = encode((char) ((high << 8) | low), held, heldTo);
    }
    oddBytes = to - i;
    System.arraycopy(units, i, units, 0, oddBytes);
  }

  private int encode(char unit, byte[] target, int at) {
    int to = at;
    if (highSurrogate != 0) {
      char high = (char) highSurrogate;
      highSurrogate = 0;
      if (Character.isLowSurrogate(unit)) {
        return utf8(Character.toCodePoint(high, unit), target, to);
      }
      to = utf8(0xfffd, target, to);
    }
    if (Character.isHighSurrogate(unit)) {
      highSurrogate = unit;
      return to;
    }
    return utf8(Character.isLowSurrogate(unit) ? 0xfffd : unit, target, to);
  }

  private static int utf8(int codePoint, byte[] target, int at) {
    int to = at;
    if (codePoint < 0x80) {
      target[to++] = (byte) codePoint;
    } else if (codePoint < 0x800) {
      target[to++] = (byte) (0xc0 | (codePoint >> 6));
      target[to++] = (byte) (0x80 | (codePoint & 0x3f));
    } else {
      if (codePoint < 0x10000) {
        target[to++] = (byte) (0xe0 | (codePoint >> 12));
      } else {
        target[to++] = (byte) (0xf0 | (codePoint >> 18));
        target[to++] = (byte) (0x80 | ((codePoint >> 12) & 0x3f));
      }
      target[to++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
      target[to++] = (byte) (0x80 | (codePoint & 0x3f));
    }
    return to;
  }

  @Override
  public long skip(long count) throws IOException, InterruptedException {
    if (encoding != Encoding.BYTES) {
      return super.skip(count);
    }
    int fromHeld = (int) Math.min(count, heldTo - heldFrom);
    heldFrom += fromHeld;
    return fromHeld + input.skip(count - fromHeld);
  }
}

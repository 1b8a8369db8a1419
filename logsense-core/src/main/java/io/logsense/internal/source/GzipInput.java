package io.logsense.internal.source;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The content of a gzip file (RFC 1952) of one or more members.
 *
 * <p>{@link java.util.zip.GZIPInputStream} takes a damaged second member for the end of the file
 * and drops what it decoded in the call that meets the damage. Here every byte before the damage is
 * handed out, and the damage is an {@link IOException} that says where it is.
 */
final class GzipInput extends LayeredInput {
  private static final int TRAILER_BYTES = 8;
  private static final int FLAG_HEADER_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;

  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] compressed = new byte[64 * 1024];
  private int next;
  private int limit;
  private State state = State.HEADER;
  private int members;
  private @Nullable IOException damage;

  private enum State {
    HEADER,
    CONTENT,
    TRAILER,
    END
  }

  GzipInput(ByteInput input) {
    super(input);
  }

  /** Whether {@code head} begins like a gzip file. */
  static boolean recognises(byte[] head, int length) {
    return length >= 3 && head[0] == 0x1f && (head[1] & 0xff) == 0x8b && head[2] == 8;
  }

  @Override
  public int read(byte[] target, int offset, int length, long timeoutNanos)
      throws IOException, InterruptedException {
    if (damage == null) {
      try {
        return readMembers(target, offset, length);
      } catch (IOException | DataFormatException e) {
        damage = damaged(e);
      }
    }
    throw damage;
  }

  private int readMembers(byte[] target, int offset, int length)
      throws IOException, DataFormatException, InterruptedException {
    while (true) {
      switch (state) {
        case HEADER -> beginMember();
        case CONTENT -> {
          int n = inflate(target, offset, length);
          if (n > 0) {
            return n;
          }
        }
        case TRAILER -> endMember();
        case END -> {
          return END;
        }
      }
    }
  }

  private int inflate(byte[] target, int offset, int length)
      throws IOException, DataFormatException, InterruptedException {
    if (inflater.finished()) {
      state = State.TRAILER;
      return 0;
    }
    if (inflater.needsInput()) {
      if (next == limit && !fill()) {
        throw new EOFException("the data ends in the middle of a member");
      }
      inflater.setInput(compressed, next, limit - next);
    }
    long before = inflater.getBytesWritten();
    int n;
    try {
      n = inflater.inflate(target, offset, length);
    } catch (DataFormatException e) {
      n = (int) (inflater.getBytesWritten() - before);
      if (n == 0) {
        throw e;
      }
      damage = damaged(e);
    }
    checksum.update(target, offset, n);
    next = limit - inflater.getRemaining();
    return n;
  }

  private void beginMember() throws IOException, InterruptedException {
    int first = byteOrEnd();
    while (members > 0 && first == 0) {
      // Tapes and some archivers pad the last member with zeros.
      first = byteOrEnd();
    }
    if (first == END && members > 0) {
      state = State.END;
      return;
    }
    if (first != 0x1f || oneByte() != 0x8b || oneByte() != 8) {
      throw new IOException(
          members == 0 ? "not a gzip header" : "what follows the last member is not gzip");
    }
    skipHeader(oneByte());
    inflater.reset();
    checksum.reset();
    members++;
    state = State.CONTENT;
  }

  private void skipHeader(int flags) throws IOException, InterruptedException {
    for (int i = 0; i < 6; i++) {
      oneByte();
    }
    if ((flags & FLAG_EXTRA) != 0) {
      int length = oneByte() | oneByte() << 8;
      for (int i = 0; i < length; i++) {
        oneByte();
      }
    }
    for (int texts = Integer.bitCount(flags & (FLAG_NAME | FLAG_COMMENT)); texts > 0; texts--) {
      while (oneByte() != 0) {
        // The file's name and comment say nothing about its lines.
      }
    }
    if ((flags & FLAG_HEADER_CRC) != 0) {
      oneByte();
      oneByte();
    }
  }

  private void endMember() throws IOException, InterruptedException {
    long trailer = 0;
    for (int i = 0; i < TRAILER_BYTES; i++) {
      trailer |= (long) oneByte() << (8 * i);
    }
    if ((trailer & 0xffffffffL) != checksum.getValue()) {
      throw new IOException("the checksum of the content is wrong");
    }
    if (trailer >>> 32 != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw new IOException("the length of the content is wrong");
    }
    state = State.HEADER;
  }

  private int oneByte() throws IOException, InterruptedException {
    int value = byteOrEnd();
    if (value < 0) {
      throw new EOFException("the data ends in the middle of a header or trailer");
    }
    return value;
  }

  private int byteOrEnd() throws IOException, InterruptedException {
    return next < limit || fill() ? compressed[next++] & 0xff : END;
  }

  private boolean fill() throws IOException, InterruptedException {
    int n = input.read(compressed, 0, compressed.length, Long.MAX_VALUE);
    next = 0;
    limit = Math.max(n, 0);
    return n > 0;
  }

  private IOException damaged(Exception cause) {
    String what = cause.getMessage() == null ? "invalid data" : cause.getMessage();
    return new IOException(
        "gzip damaged near compressed byte "
            + (input.consumed() - (limit - next))
            + ": "
            + what
            + "; what came before it has been read",
        cause);
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    input.close();
  }
}

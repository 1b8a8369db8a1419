package io.logsense.internal.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of an open file, which stays readable when it is renamed or deleted. */
final class ChannelInput implements ByteInput {
  private final FileChannel channel;
  private ByteBuffer view = ByteBuffer.allocate(0);
  private long position;

  ChannelInput(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.READ);
  }

  @Override
  public int read(byte[] target, int offset, int length, long timeoutNanos)
      throws IOException, InterruptedException {
    int n = readAt(position, target, offset, length);
    position += Math.max(n, 0);
    return n;
  }

  /** Reads from anywhere in the file without moving. */
  int readAt(long place, byte[] target, int offset, int length)
      throws IOException, InterruptedException {
    if (view.array() != target) {
      view = ByteBuffer.wrap(target);
    }
    view.clear().position(offset).limit(offset + length);
    try {
      return channel.read(view, place);
    } catch (ClosedByInterruptException e) {
      boolean cleared = Thread.interrupted();
      throw new InterruptedException("interrupted while reading; cleared " + cleared);
    }
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = Math.max(0, Math.min(count, channel.size() - position));
    position += skipped;
    return skipped;
  }

  @Override
  public long consumed() {
    return position;
  }

  @Override
  public long total() {
    try {
      return channel.size();
    } catch (IOException e) {
      return -1;
    }
  }

  /** The size of the file now. */
  long size() throws IOException {
    return channel.size();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

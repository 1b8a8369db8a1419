package io.logsense.api.source;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Where raw records are kept, to be read again one day. Implemented by connectors; called by one
 * thread at a time for each partition that is read.
 */
@FunctionalInterface
public interface Archive {
  /**
   * Keeps a file, and returns when it is certain to stay.
   *
   * @param name relative, with slashes, such as {@code 2026/01/31/120000000-8e1f.log.gz}
   * @param gzip lines, compressed
   * @throws IOException when it could not be kept; it is tried again
   */
  void keep(String name, byte[] gzip) throws IOException;

  /** Files below {@code directory}, which is made when it is not there. */
  static Archive directory(Path directory) {
    return (name, gzip) -> {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      // Under a hidden name until it is whole: nobody reads half a file.
      Path part = file.resolveSibling('.' + file.getFileName().toString());
      try (FileChannel channel = FileChannel.open(part, CREATE, WRITE, TRUNCATE_EXISTING)) {
        ByteBuffer bytes = ByteBuffer.wrap(gzip);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      for (Path in = file.getParent();
          in != null && in.startsWith(directory);
          in = in.getParent()) {
        forceNames(in);
      }
    };
  }

  /** Makes what a directory lists certain to stay, where the system lets one say so. */
  private static void forceNames(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no directory; it keeps names by itself.
    }
  }
}

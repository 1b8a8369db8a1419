package io.logsense.api.source;

import java.io.IOException;
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
      Files.write(part, gzip);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    };
  }
}

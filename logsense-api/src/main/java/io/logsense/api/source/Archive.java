package io.logsense.api.source;

import java.io.IOException;
import java.nio.file.Path;

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

  /**
   * Files below {@code directory}, which is made when it is not there. It is a {@link
   * io.logsense.api.purge.Purgeable}: records that mention a subject are taken out of the files
   * that are there, not what an {@link ArchivedSource} still holds: close the engine that reads it
   * first.
   */
  static Archive directory(Path directory) {
    return new ArchiveDirectory(directory);
  }
}

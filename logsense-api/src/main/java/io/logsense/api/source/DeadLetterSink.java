package io.logsense.api.source;

import java.io.IOException;

/**
 * Keeps records that could not become events, for people to look at and to be read again.
 * Implemented by connectors; called by one thread at a time, under no lock.
 */
public interface DeadLetterSink extends AutoCloseable {
  /**
   * Keeps a record.
   *
   * @param letter what is known of it; may be shown
   * @param raw the record as it was read, which may hold secrets: it is kept, and never shown or
   *     logged. The array is the sink's from here on
   * @throws IOException when it cannot be kept; the record is lost then, and counted
   */
  void accept(DeadLetter letter, byte[] raw) throws IOException;

  @Override
  void close() throws IOException;
}

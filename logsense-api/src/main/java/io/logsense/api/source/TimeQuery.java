package io.logsense.api.source;

import java.io.IOException;

/**
 * A question to a system that holds records by time: everything from some time on, page by page.
 * Implemented by connectors; asked by a {@link TimeQueryReader}, from one thread.
 */
public interface TimeQuery extends AutoCloseable {
  /**
   * Begins a look at the records from {@code fromMillis} on, those of that millisecond included;
   * the look before it has ended or is given up.
   *
   * @param fromMillis milliseconds since the epoch
   * @throws IOException when it may be tried again
   * @throws io.logsense.api.LogSenseException (external or usage) when that is no use
   */
  void begin(long fromMillis) throws IOException, InterruptedException;

  /**
   * The next page of the look. A page that failed is asked for again by the next call; records may
   * come twice in a look and are known by their id. None may be handed over before the last thing
   * that can be interrupted.
   *
   * @param into takes the records, the older ones first
   * @return whether there may be another page
   * @throws IOException when it may be tried again
   * @throws io.logsense.api.LogSenseException (external or usage) when that is no use
   */
  boolean next(Records into) throws IOException, InterruptedException;

  /** Gives back what the system holds for the look. */
  @Override
  void close() throws IOException;

  /** Takes the records of a page. */
  interface Records {
    /**
     * One record.
     *
     * @param id what the system knows it by
     * @param epochNanos its time in the order of the look, in nanoseconds since the epoch
     * @param text its bytes in UTF-8; copied
     */
    void add(String id, long epochNanos, byte[] text);
  }
}

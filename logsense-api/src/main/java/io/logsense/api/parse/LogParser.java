package io.logsense.api.parse;

import io.logsense.api.event.LogEvent;
import io.logsense.api.source.RecordBatch;

/**
 * Knows one log format. Implemented by plugins; instances are stateless and used by many threads.
 *
 * <p>Parsers are linear in their input and never throw on malformed bytes.
 */
public interface LogParser {
  /** The format's name: {@code logstash-json}, {@code spring-boot}, {@code syslog-rfc5424}. */
  String name();

  /**
   * How sure this parser is that the sample is its format, in [0, 1]: the share of records that it
   * would {@linkplain #startsRecord start}, weighed down when the format asks little of a line.
   */
  double confidence(RecordBatch sample);

  /**
   * Whether a line begins a record of this format. A line that does not belongs to the record
   * before it (a message of several lines, a stack trace). Cheap: called for every line.
   */
  boolean startsRecord(byte[] buffer, int offset, int length);

  /**
   * How many physical lines the head of a record has: 1, or 2 for formats that put the message on
   * the line behind the header, as {@code java.util.logging} does.
   */
  default int headLines() {
    return 1;
  }

  /**
   * Parses the head of a record, its first {@link #headLines()} lines joined by {@code \n}, into
   * {@code out}, the message included; the caller appends further lines and extracts stack traces.
   * A head may be cut short by the end of the input.
   *
   * @return false when the line is not of this format; {@code out} may then hold partial fields
   */
  boolean parse(byte[] buffer, int offset, int length, LogEvent.Builder out);
}

package io.logsense.internal.stack;

import java.nio.charset.StandardCharsets;

/**
 * One record made of physical lines: the text with its lines joined by line feeds, and where it
 * was.
 *
 * <p>Borrowed: the sink may use it until it returns; {@link #bytes()} is written again after that.
 */
public final class AssembledRecord {
  private byte[] bytes = new byte[0];
  private int offset;
  private int length;
  private long sourceOffset;
  private long firstLine;
  private long lastLine;
  private int lines;
  private boolean truncated;
  private String stream = "";
  private boolean trace;

  AssembledRecord() {}

  AssembledRecord at(byte[] newBytes, int newOffset, int newLength) {
    bytes = newBytes;
    offset = newOffset;
    length = newLength;
    return this;
  }

  AssembledRecord from(
      String newStream, long newSourceOffset, long newFirstLine, long newLastLine, int newLines) {
    stream = newStream;
    sourceOffset = newSourceOffset;
    firstLine = newFirstLine;
    lastLine = newLastLine;
    lines = newLines;
    return this;
  }

  AssembledRecord marked(boolean newTruncated, boolean newTrace) {
    truncated = newTruncated;
    trace = newTrace;
    return this;
  }

  /** The array that holds the text. */
  public byte[] bytes() {
    return bytes;
  }

  /** Index of the text's first byte. */
  public int offset() {
    return offset;
  }

  /** Number of bytes of the text. */
  public int length() {
    return length;
  }

  /** Where the record's first line begins in the source. */
  public long sourceOffset() {
    return sourceOffset;
  }

  /** Number of the first physical line, as the caller counts. */
  public long firstLine() {
    return firstLine;
  }

  /** Number of its last line that is not blank, as the caller counts. */
  public long lastLine() {
    return lastLine;
  }

  /** Physical lines the record consumed, those that a limit cut off included. */
  public int lines() {
    return lines;
  }

  /** Whether bytes or lines were cut off. */
  public boolean truncated() {
    return truncated;
  }

  /** The stream the lines came from. */
  public String stream() {
    return stream;
  }

  /**
   * Whether the record was put together because its lines are a stack trace. False for records that
   * a header format delimits, whatever they hold.
   */
  public boolean trace() {
    return trace;
  }

  /** The text. */
  public String text() {
    return new String(bytes, offset, length, StandardCharsets.UTF_8);
  }
}

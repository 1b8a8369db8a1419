package io.logsense.api.event;

/**
 * Where a record stands in its source.
 *
 * @param source the source's id and partition, for a file its path
 * @param offset where the record begins: bytes from the start of the file, of one that is followed
 *     from the start of the first file that had its name; or the broker's offset
 * @param line first physical line, 1-based; 0 where the source has no lines
 * @param lines number of physical lines, at least 1
 */
public record SourcePosition(String source, long offset, long line, int lines) {
  /** The position of something that came from nowhere in particular. */
  public static final SourcePosition UNKNOWN = new SourcePosition("", 0, 0, 1);
}

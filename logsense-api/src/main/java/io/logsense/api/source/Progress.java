package io.logsense.api.source;

/**
 * How far the reading of a partition has come.
 *
 * @param read bytes read so far, compressed ones where the source is compressed
 * @param total bytes there are in all, {@link #UNKNOWN} when nobody can say
 */
public record Progress(long read, long total) {
  /** The total of a source whose size nobody knows. */
  public static final long UNKNOWN = -1;

  /** Nothing is known. */
  public static final Progress NONE = new Progress(0, UNKNOWN);
}

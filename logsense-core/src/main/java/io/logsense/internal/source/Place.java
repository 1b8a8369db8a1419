package io.logsense.internal.source;

import io.logsense.api.LogSenseException;
import io.logsense.api.source.Checkpoint;
import org.jspecify.annotations.Nullable;

/**
 * A place in a file: what a {@link Checkpoint} of this package says.
 *
 * <p>As text: version, offset, line, state, length and hash of the head, file key, separated by
 * semicolons.
 *
 * @param offset bytes from the start, decoded ones where the file is compressed or in UTF-16
 * @param line 1-based physical line at that offset
 * @param state what the bytes at the offset belong to
 * @param headLength how many first bytes the hash covers
 * @param headHash hash of the file's first bytes
 * @param fileKey the file system's name of the file, empty where it has none
 */
record Place(
    long offset, long line, LineState state, int headLength, long headHash, String fileKey) {
  static final Place START = new Place(0, 1, LineState.FRESH, 0, 0, "");

  private static final String VERSION = "1";
  private static final int FIELDS = 7;
  private static final int LONGEST_KEY = 512;

  /** Where in a line a place is. */
  enum LineState {
    /** At the beginning of a line. */
    FRESH,
    /** Inside a line whose beginning was handed out as a record of its own. */
    CONTINUED,
    /** Inside a line of which the rest is to be left out. */
    SKIPPED
  }

  boolean isStart() {
    return offset == 0;
  }

  Checkpoint toCheckpoint() {
    String key = fileKey.length() > LONGEST_KEY ? "" : fileKey;
    return new Checkpoint(
        String.join(
            ";",
            VERSION,
            Long.toString(offset),
            Long.toString(line),
            state.name(),
            Integer.toString(headLength),
            Long.toHexString(headHash),
            key));
  }

  static Place of(Checkpoint checkpoint) {
    if (checkpoint.value().isEmpty()) {
      return START;
    }
    String[] fields = checkpoint.value().split(";", FIELDS);
    try {
      if (fields.length == FIELDS && fields[0].equals(VERSION)) {
        Place place =
            new Place(
                Long.parseLong(fields[1]),
                Long.parseLong(fields[2]),
                LineState.valueOf(fields[3]),
                Integer.parseInt(fields[4]),
                Long.parseUnsignedLong(fields[5], 16),
                fields[6]);
        if (place.isSound()) {
          return place;
        }
      }
    } catch (IllegalArgumentException e) {
      throw unreadable(checkpoint, e);
    }
    throw unreadable(checkpoint, null);
  }

  private boolean isSound() {
    return offset >= 0
        && line >= 1
        && headLength >= 0
        && headLength <= Math.min(offset, Head.MOST_BYTES);
  }

  private static LogSenseException unreadable(Checkpoint checkpoint, @Nullable Exception cause) {
    return new LogSenseException(
        LogSenseException.Category.USAGE,
        "not a checkpoint of a file: '"
            + checkpoint
            + "'; use the one this source gave, or none to read from the beginning",
        cause);
  }
}

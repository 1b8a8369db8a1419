package io.logsense.aws;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.Checkpoint;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * How far the reading of a bucket has come: everything modified before {@code since} has been read,
 * and since then what is {@code handed}. In the listing that began at {@code began}, reading has
 * come to {@code key}, and in that object to {@code place}.
 */
final class S3Progress {
  /** Where an object has been read to. */
  record Place(String etag, boolean gzip, boolean inCutLine, long offset, long line) {
    /** The beginning of an object, or its end: nothing of it is pending. */
    static final Place NONE = new Place("", false, false, 0, 1);
  }

  // A key has up to 1024 bytes, and the ids want their share.
  private static final int KEY_CHARACTERS = 600;
  private static final int FIELDS = 9;
  private static final int RADIX = Character.MAX_RADIX;

  Handed handed = new Handed();
  long since;
  long began = Long.MIN_VALUE;
  String key = "";
  Place place = Place.NONE;

  private S3Progress(long since) {
    this.since = since;
  }

  static S3Progress of(Checkpoint checkpoint, long start) {
    S3Progress progress = new S3Progress(start);
    if (checkpoint.equals(Checkpoint.START)) {
      return progress;
    }
    try {
      progress.parse(checkpoint.value().split(" ", -1));
      return progress;
    } catch (IllegalArgumentException e) {
      throw new LogSenseException(
          Category.USAGE, "'" + checkpoint + "' is no checkpoint of a bucket", e);
    }
  }

  private void parse(String[] fields) {
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException(fields.length + " fields");
    }
    since = Long.parseLong(fields[0], RADIX);
    began = Long.parseLong(fields[1], RADIX);
    place =
        new Place(
            URLDecoder.decode(fields[2], StandardCharsets.UTF_8),
            Boolean.parseBoolean(fields[3]),
            Boolean.parseBoolean(fields[4]),
            Long.parseLong(fields[5], RADIX),
            Long.parseLong(fields[6], RADIX));
    key = URLDecoder.decode(fields[7], StandardCharsets.UTF_8);
    handed = Handed.decode(fields[8], since);
  }

  /** Whether a listing is under way. */
  boolean isListing() {
    return began != Long.MIN_VALUE;
  }

  Checkpoint toCheckpoint() {
    String encoded = URLEncoder.encode(key, StandardCharsets.UTF_8);
    Place kept = place;
    if (encoded.length() > KEY_CHARACTERS) {
      // The object, and what comes before it and begins alike, is read again.
      encoded = shortened(key);
      kept = Place.NONE;
    }
    String text =
        String.join(
            " ",
            Long.toString(since, RADIX),
            Long.toString(began, RADIX),
            URLEncoder.encode(kept.etag, StandardCharsets.UTF_8),
            String.valueOf(kept.gzip),
            String.valueOf(kept.inCutLine),
            Long.toString(kept.offset, RADIX),
            Long.toString(kept.line, RADIX),
            encoded,
            "");
    String ids = handed.encode(since, Checkpoint.MAX_LENGTH - text.length());
    return new Checkpoint(text + ids);
  }

  private static String shortened(String key) {
    String encoded = "";
    for (int i = 0, next; i < key.length(); i = next) {
      next = i + Character.charCount(key.codePointAt(i));
      String more = encoded + URLEncoder.encode(key.substring(i, next), StandardCharsets.UTF_8);
      if (more.length() > KEY_CHARACTERS) {
        break;
      }
      encoded = more;
    }
    return encoded;
  }
}

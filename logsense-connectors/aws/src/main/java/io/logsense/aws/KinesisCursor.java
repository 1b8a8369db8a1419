package io.logsense.aws;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.Checkpoint;
import java.time.Instant;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** A place in a shard; {@code number} belongs to it as the kind says. */
record KinesisCursor(Kind kind, String number) {
  /** The end of a shard that was closed. */
  static final KinesisCursor END = new KinesisCursor(Kind.END, "");

  private static final int MOST_DIGITS = 128;

  /** What a place is said by. */
  enum Kind {
    /** The oldest record that is kept. */
    OLDEST,
    /** The first record at or after a time, in milliseconds since the epoch. */
    AT,
    /** Behind the record with a sequence number. */
    AFTER,
    /** Behind the last record there will ever be. */
    END
  }

  /** Parses a checkpoint; without one, the place is that of the time {@code start}. */
  static KinesisCursor of(Checkpoint checkpoint, Instant start) {
    if (checkpoint.equals(Checkpoint.START)) {
      return start.isAfter(Instant.EPOCH)
          ? new KinesisCursor(Kind.AT, String.valueOf(start.toEpochMilli()))
          : new KinesisCursor(Kind.OLDEST, "");
    }
    String[] parts = checkpoint.value().split(":", 2);
    for (Kind kind : Kind.values()) {
      if (parts.length == 2 && kind.name().equals(parts[0]) && isNumber(kind, parts[1])) {
        return new KinesisCursor(kind, parts[1]);
      }
    }
    throw new LogSenseException(Category.USAGE, "'" + checkpoint + "' is no checkpoint of a shard");
  }

  private static boolean isNumber(Kind kind, String text) {
    int most =
        switch (kind) {
          case OLDEST, END -> 0;
          case AT -> 15;
          case AFTER -> MOST_DIGITS;
        };
    return text.isEmpty() == (most == 0)
        && text.length() <= most
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  static KinesisCursor after(String sequenceNumber) {
    return new KinesisCursor(Kind.AFTER, sequenceNumber);
  }

  Checkpoint toCheckpoint() {
    return new Checkpoint(kind.name() + ':' + number);
  }

  void begin(GetShardIteratorRequest.Builder request) {
    switch (kind) {
      case OLDEST, END -> request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
      case AT ->
          request
              .shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
              .timestamp(Instant.ofEpochMilli(Long.parseLong(number)));
      case AFTER ->
          request
              .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
              .startingSequenceNumber(number);
    }
  }
}

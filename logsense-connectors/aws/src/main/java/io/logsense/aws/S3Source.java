package io.logsense.aws;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.QueryPlan;
import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The lines of the objects in a bucket whose keys begin alike: text, gzip or not, which the content
 * says. One partition.
 *
 * <p>The objects are listed again and again, and those read that were modified since; which, a
 * checkpoint says in at most 1 KiB however many there are. An object that is listed later than its
 * time of modification, as after a long upload, is seen if it is not older than {@link
 * QueryPlan#lookBack}. An object that is overwritten is read again as a whole.
 *
 * <p>A record's line is that in its object, and its offset is derived from the object and the byte
 * at which it begins in the text. Reading goes on in the middle of an object: of gzip what comes
 * before is fetched again.
 *
 * <p>Of an object that is gone, archived or damaged or no text, one poll says so by an {@code
 * IOException}; the next one goes on behind it.
 *
 * <p>Needs the rights {@code s3:ListBucket} and {@code s3:GetObject}.
 */
public final class S3Source implements LogSource {
  private final Builder options;
  private final String name;

  private S3Source(Builder options) {
    this.options = options;
    name = "s3://" + options.bucket + '/' + options.prefix;
  }

  /** A source of the objects in {@code bucket}. */
  public static Builder builder(String bucket) {
    return new Builder(bucket);
  }

  @Override
  public String id() {
    return name;
  }

  @Override
  public List<String> partitions() {
    return List.of(name);
  }

  @Override
  public PartitionReader open(String partition, Checkpoint from) throws IOException {
    if (!partition.equals(name)) {
      throw new LogSenseException(
          Category.USAGE, "there is no partition '" + partition + "'; there is " + name);
    }
    S3Client client = options.access.client(S3Client.builder().forcePathStyle(options.pathStyle));
    try {
      S3Progress progress = S3Progress.of(from, options.plan.from().toEpochMilli());
      return new S3Reader(client, options, progress);
    } catch (IOException | RuntimeException e) {
      client.close();
      throw e;
    }
  }

  /** Makes an {@link S3Source}. */
  public static final class Builder {
    final String bucket;
    String prefix = "";
    QueryPlan plan = QueryPlan.bounded();
    InstantSource clock = InstantSource.system();
    @Nullable DateTimeFormatter dates;
    private AwsAccess access = AwsAccess.DEFAULT;
    private boolean pathStyle;

    private Builder(String bucket) {
      this.bucket = bucket;
    }

    /** How AWS is reached; by default as the environment says. */
    public Builder access(AwsAccess access) {
      this.access = access;
      return this;
    }

    /** Whether the bucket stands in the path of addresses, not in their host; by default not. */
    public Builder pathStyle(boolean pathStyle) {
      this.pathStyle = pathStyle;
      return this;
    }

    /** What keys begin with; by default nothing, that is all objects of the bucket. */
    public Builder prefix(String prefix) {
      this.prefix = prefix;
      return this;
    }

    /**
     * What follows the prefix, by date in UTC, the largest unit first: {@code yyyy/MM/dd/}. Saves
     * listing of what is more than a day older than what has been read.
     *
     * @param pattern of a {@link DateTimeFormatter}
     * @throws IllegalArgumentException when it is none
     */
    public Builder dates(String pattern) {
      this.dates = DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC);
      return this;
    }

    /** From when, how often and until when to read; by default once, all there is. */
    public Builder plan(QueryPlan plan) {
      this.plan = plan;
      return this;
    }

    /** What says which time it is; by default the system. */
    public Builder clock(InstantSource clock) {
      this.clock = clock;
      return this;
    }

    /** The source. */
    public S3Source build() {
      return new S3Source(this);
    }
  }
}

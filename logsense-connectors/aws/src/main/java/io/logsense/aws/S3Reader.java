package io.logsense.aws;

import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LeftOutException;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.RecordBatch;
import io.logsense.aws.ObjectLines.DamagedException;
import io.logsense.aws.S3Progress.Place;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.InvalidObjectStateException;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Lists a bucket in the order of keys, again and again, and reads what is new. */
final class S3Reader implements PartitionReader {
  private static final int CHANGED = 412;
  private static final long SPARE_DAYS = 1;
  private static final long MILLIS_PER_SECOND = 1000;

  private final S3Client client;
  private final S3Source.Builder options;
  private final S3Progress progress;
  private final Pace pace = new Pace();
  private final Queue<S3Object> page = new ArrayDeque<>();
  private final RecordBatch none = new RecordBatch(new byte[0]);
  private boolean morePages = true;
  private boolean listsAgain;
  private boolean finished;
  private boolean closed;
  private @Nullable ObjectLines lines;

  /** What ends the object, once the lines before that are handed on. */
  private @Nullable LeftOutException failure;

  S3Reader(S3Client client, S3Source.Builder options, S3Progress progress) throws IOException {
    this.client = client;
    this.options = options;
    this.progress = progress;
    // A listing that another reader began is not of now.
    listsAgain = options.plan.follow() || progress.isListing();
    if (!options.plan.follow()) {
      begin();
      list();
    }
  }

  @Override
  public @Nullable RecordBatch poll(Duration timeout) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (true) {
      Duration left = timeout.minusNanos(System.nanoTime() - start);
      RecordBatch batch = attempt(left);
      if (batch == null || !batch.isEmpty() || left.isNegative()) {
        return batch;
      }
    }
  }

  private @Nullable RecordBatch attempt(Duration timeout) throws IOException, InterruptedException {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    if (failure != null) {
      LeftOutException thrown = failure;
      failure = null;
      endObject(Objects.requireNonNull(lines));
      throw thrown;
    }
    if (lines == null && !progress.place.equals(Place.NONE)) {
      lines = open(progress.key, progress.place);
    } else if (lines == null) {
      S3Object object = next(timeout);
      lines = object == null ? null : open(object.key(), Place.NONE);
    }
    if (lines != null) {
      return read(lines);
    }
    return finished ? null : none;
  }

  private RecordBatch read(ObjectLines from) throws IOException {
    try {
      RecordBatch batch = from.next();
      progress.place = from.place();
      if (batch.isEmpty()) {
        endObject(from);
      }
      return batch;
    } catch (DamagedException e) {
      RecordBatch rest = from.rest(true);
      progress.place = from.place();
      failure = new LeftOutException(name(progress.key) + " is " + e.getMessage(), e);
      return rest;
    } catch (IOException e) {
      from.close();
      lines = null;
      throw new IOException(name(progress.key) + ": " + e.getMessage(), e);
    }
  }

  private void endObject(ObjectLines ended) {
    if (ended.modified() >= settled()) {
      progress.handed.add(second(ended.modified()), id(progress.key, ended.place().etag()));
    }
    progress.place = Place.NONE;
    ended.close();
    lines = null;
  }

  /** Says of an object that is left out that it need not be tried again by the next listing. */
  private void handOver(@Nullable S3Object listed, String key) {
    if (listed != null && listed.key().equals(key)) {
      long time = listed.lastModified().toEpochMilli();
      if (time >= settled()) {
        progress.handed.add(second(time), id(key, listed.eTag()));
      }
    }
  }

  private static String id(String key, String etag) {
    return key + '\n' + etag;
  }

  private String name(String key) {
    return "s3://" + options.bucket + '/' + key;
  }

  /** The next object to read; null when there is none now. */
  private @Nullable S3Object next(Duration timeout) throws IOException, InterruptedException {
    if (page.isEmpty() && finished) {
      return null;
    }
    if (!progress.isListing()) {
      if (!pace.await(timeout)) {
        return null;
      }
      begin();
    }
    if (page.isEmpty() && morePages) {
      list();
    }
    for (S3Object object = page.peek(); object != null; object = page.peek()) {
      if (isNew(object)) {
        return object;
      }
      pass(object.key());
    }
    if (!morePages) {
      endListing();
    }
    return null;
  }

  private boolean isNew(S3Object object) {
    long time = object.lastModified().toEpochMilli();
    return object.size() > 0
        && time >= progress.since
        && !progress.handed.contains(second(time), id(object.key(), object.eTag()));
  }

  /** The time that listings and objects agree on. */
  private static long second(long millis) {
    return Math.floorDiv(millis, MILLIS_PER_SECOND) * MILLIS_PER_SECOND;
  }

  /** Says that an object of the page has been read, or begun, or left out. */
  private void pass(String key) {
    if (!page.isEmpty() && page.element().key().equals(key)) {
      page.remove();
    }
    progress.key = key;
  }

  private void begin() {
    if (!progress.isListing()) {
      progress.began = options.clock.millis();
      progress.key = "";
    }
    morePages = true;
  }

  private long settled() {
    return second(progress.began - options.plan.lookBack().toMillis());
  }

  private void endListing() {
    progress.since = Math.max(progress.since, settled());
    progress.handed.forgetBefore(progress.since);
    progress.since = progress.handed.bounded(progress.since);
    progress.began = Long.MIN_VALUE;
    progress.key = "";
    finished = !listsAgain;
    if (options.plan.follow()) {
      pace.rest(options.plan.interval());
    } else {
      listsAgain = false;
    }
  }

  private void list() throws IOException {
    try {
      ListObjectsV2Response listed =
          client.listObjectsV2(
              request ->
                  request
                      .bucket(options.bucket)
                      .prefix(options.prefix)
                      .startAfter(progress.key.isEmpty() ? oldest() : progress.key));
      page.addAll(listed.contents());
      morePages = Boolean.TRUE.equals(listed.isTruncated());
    } catch (SdkException e) {
      throw AwsAccess.failure(e, name(options.prefix), "s3:ListBucket on the bucket");
    }
  }

  /** Where keys begin that may be new, as far as their names tell. */
  private @Nullable String oldest() {
    if (options.dates == null || progress.since <= 0) {
      return null;
    }
    Instant day = Instant.ofEpochMilli(progress.since).minus(SPARE_DAYS, ChronoUnit.DAYS);
    return options.prefix + options.dates.format(day);
  }

  private @Nullable ObjectLines open(String key, Place from) throws IOException {
    GetObjectRequest.Builder request = GetObjectRequest.builder().bucket(options.bucket).key(key);
    if (from.offset() > 0) {
      request.ifMatch(from.etag());
      request.range(from.gzip() ? null : "bytes=" + (from.offset() - 1) + '-');
    }
    try {
      ObjectLines opened =
          new ObjectLines(client.getObject(request.build()), key, from, options.plan.recordBytes());
      pass(key);
      progress.place = opened.place();
      return opened;
    } catch (NoSuchKeyException | InvalidObjectStateException e) {
      handOver(page.peek(), key);
      pass(key);
      progress.place = Place.NONE;
      if (e instanceof NoSuchKeyException && from.equals(Place.NONE)) {
        return null; // It was deleted since it was listed.
      }
      throw new LeftOutException(name(key) + " is left out: " + e.getMessage(), e);
    } catch (S3Exception e) {
      if (e.statusCode() == CHANGED) {
        return open(key, Place.NONE);
      }
      throw refused(e, key);
    } catch (SdkException e) {
      throw refused(e, key);
    }
  }

  private IOException refused(SdkException e, String key) throws IOException {
    return AwsAccess.failure(e, name(key), "s3:GetObject on its objects");
  }

  @Override
  public Checkpoint position() {
    return progress.toCheckpoint();
  }

  @Override
  public Map<String, String> labels() {
    return Map.of(
        "cloud.provider",
        "aws",
        "cloud.region",
        client.serviceClientConfiguration().region().id(),
        "aws.s3.bucket",
        options.bucket);
  }

  @Override
  public void close() {
    if (lines != null) {
      lines.close();
    }
    closed = true;
    client.close();
  }
}

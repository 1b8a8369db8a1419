package io.logsense.aws;

import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.RecordBatch;
import io.logsense.api.source.RecordBuffer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.Record;

/** Reads a shard from one iterator to the next. */
final class KinesisReader implements PartitionReader {
  private final KinesisClient client;
  private final KinesisSource.Builder options;
  private final String shard;
  private final Set<String> ended;
  private final Pace pace = new Pace();
  private final RecordBuffer records;
  private final Instant opened;
  private KinesisCursor cursor;
  private @Nullable String iterator;
  private boolean finished;

  KinesisReader(
      KinesisClient client,
      KinesisSource.Builder options,
      String shard,
      KinesisCursor cursor,
      Set<String> ended) {
    this.client = client;
    this.options = options;
    this.shard = shard;
    this.cursor = cursor;
    this.ended = ended;
    records = new RecordBuffer(options.plan.recordBytes());
    opened = options.clock.instant();
    if (cursor.equals(KinesisCursor.END)) {
      end();
    }
  }

  @Override
  public @Nullable RecordBatch poll(Duration timeout) throws IOException, InterruptedException {
    long start = System.nanoTime();
    records.clear();
    Duration left = timeout;
    while (!finished && records.batch().isEmpty() && !left.isNegative()) {
      if (pace.await(left)) {
        attempt();
      }
      left = timeout.minusNanos(System.nanoTime() - start);
    }
    return finished && records.batch().isEmpty() ? null : records.batch();
  }

  private void attempt() throws IOException {
    try {
      if (iterator == null) {
        iterator = begin();
      }
      take(
          client.getRecords(
              GetRecordsRequest.builder().shardIterator(iterator).limit(options.pageSize).build()));
    } catch (ExpiredIteratorException e) {
      iterator = null; // Five minutes after it was given.
    } catch (SdkException e) {
      throw AwsAccess.failure(
          e,
          "shard " + shard + " of stream " + options.stream,
          "kinesis:GetShardIterator and kinesis:GetRecords");
    }
  }

  private String begin() {
    GetShardIteratorRequest.Builder request = GetShardIteratorRequest.builder().shardId(shard);
    if (options.isArn()) {
      request.streamARN(options.stream);
    } else {
      request.streamName(options.stream);
    }
    cursor.begin(request);
    return client.getShardIterator(request.build()).shardIterator();
  }

  private void take(GetRecordsResponse answer) {
    for (Record record : answer.records()) {
      if (!options.plan.follow() && record.approximateArrivalTimestamp().isAfter(opened)) {
        finished = true;
        return;
      }
      add(record);
      cursor = KinesisCursor.after(record.sequenceNumber());
    }
    iterator = answer.nextShardIterator();
    boolean caughtUp = answer.records().isEmpty() && answer.millisBehindLatest() == 0;
    if (iterator == null) {
      end();
    } else if (caughtUp && !options.plan.follow()) {
      finished = true;
    }
    pace.rest(caughtUp ? options.plan.interval() : options.pause);
  }

  private void add(Record record) {
    byte[] data = record.data().asByteArray();
    if (options.unpack && SubscriptionPayload.unpack(data, records)) {
      return;
    }
    Instant time = record.approximateArrivalTimestamp();
    records.add(
        data,
        RecordBuffer.offsetOf(record.sequenceNumber()),
        TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano());
  }

  private void end() {
    cursor = KinesisCursor.END;
    finished = true;
    ended.add(shard);
  }

  @Override
  public Checkpoint position() {
    return cursor.toCheckpoint();
  }

  @Override
  public Map<String, String> labels() {
    return Map.of(
        "cloud.provider", "aws",
        "cloud.region", client.serviceClientConfiguration().region().id(),
        "aws.kinesis.stream_name", options.stream.substring(options.stream.indexOf('/') + 1));
  }

  @Override
  public void close() {
    finished = false; // A poll of what is closed fails instead of telling of an end.
    client.close();
  }
}

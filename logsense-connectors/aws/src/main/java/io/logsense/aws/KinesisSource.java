package io.logsense.aws;

import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.QueryPlan;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * The records of a stream of Kinesis. A partition is a shard; a checkpoint the sequence number of
 * the record handed out last.
 *
 * <p>Of shards that were split or merged, parents come before their children. A source that follows
 * lists a child once it has read its parents to their ends, so that what was written with one key
 * stays in order; one that does not lists all of them at once.
 *
 * <p>Each call of each shard counts towards the five a second that Kinesis allows to all readers of
 * the shard together. Needs the rights {@code kinesis:ListShards}, {@code kinesis:GetShardIterator}
 * and {@code kinesis:GetRecords}.
 */
public final class KinesisSource implements LogSource {
  private final Builder options;
  private final Set<String> ended = ConcurrentHashMap.newKeySet();

  private KinesisSource(Builder options) {
    this.options = options;
  }

  /** A source of that stream, given by its name, or by its ARN if it is of another account. */
  public static Builder builder(String stream) {
    return new Builder(stream);
  }

  @Override
  public String id() {
    return "kinesis:" + options.access.region() + '/' + options.stream;
  }

  @Override
  public List<String> partitions() throws IOException {
    List<Shard> shards = shards();
    Set<String> unread = new HashSet<>();
    if (options.plan.follow()) {
      shards.forEach(shard -> unread.add(shard.shardId()));
      unread.removeAll(ended);
    }
    return shards.stream()
        .filter(
            shard ->
                !unread.contains(String.valueOf(shard.parentShardId()))
                    && !unread.contains(String.valueOf(shard.adjacentParentShardId())))
        .map(Shard::shardId)
        .sorted() // They are numbered as they are made, so parents come first.
        .toList();
  }

  private List<Shard> shards() throws IOException {
    List<Shard> shards = new ArrayList<>();
    try (KinesisClient client = client()) {
      ListShardsRequest request =
          options.isArn()
              ? ListShardsRequest.builder().streamARN(options.stream).build()
              : ListShardsRequest.builder().streamName(options.stream).build();
      for (String token = ""; token != null; ) {
        ListShardsResponse answer = client.listShards(request);
        shards.addAll(answer.shards());
        token = answer.nextToken();
        request = ListShardsRequest.builder().nextToken(token).build();
      }
      return shards;
    } catch (SdkException e) {
      throw AwsAccess.failure(e, "stream " + options.stream, "kinesis:ListShards");
    }
  }

  @Override
  public PartitionReader open(String partition, Checkpoint from) {
    KinesisCursor cursor = KinesisCursor.of(from, options.plan.from());
    return new KinesisReader(client(), options, partition, cursor, ended);
  }

  private KinesisClient client() {
    return options.access.client(KinesisClient.builder());
  }

  /** Makes a {@link KinesisSource}. */
  public static final class Builder {
    final String stream;
    QueryPlan plan = QueryPlan.bounded();
    Duration pause = Duration.ofMillis(250);
    int pageSize = 1000;
    boolean unpack;
    InstantSource clock = InstantSource.system();
    private AwsAccess access = AwsAccess.DEFAULT;

    private Builder(String stream) {
      this.stream = stream;
    }

    boolean isArn() {
      return stream.startsWith("arn:");
    }

    /** How AWS is reached; by default as the environment says. */
    public Builder access(AwsAccess access) {
      this.access = access;
      return this;
    }

    /**
     * From when, how often and until when to read; by default once, all there is. A look back has
     * no sense here: nothing comes late.
     */
    public Builder plan(QueryPlan plan) {
      this.plan = plan;
      return this;
    }

    /** Time between two calls while there is more to read; by default a quarter of a second. */
    public Builder pause(Duration pause) {
      this.pause = pause;
      return this;
    }

    /** Records asked for at once, from 1 to 10,000; by default 1000. They are at most 10 MiB. */
    public Builder pageSize(int records) {
      this.pageSize = records;
      return this;
    }

    /**
     * Takes what a subscription of CloudWatch Logs writes, gzip with many events, apart into those
     * events. A record that is none is handed on as it is. By default all are.
     */
    public Builder unpack() {
      this.unpack = true;
      return this;
    }

    /** What says which time it is; by default the system. */
    public Builder clock(InstantSource clock) {
      this.clock = clock;
      return this;
    }

    /** The source. */
    public KinesisSource build() {
      return new KinesisSource(this);
    }
  }
}

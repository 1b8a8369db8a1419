package io.logsense.aws;

import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.QueryPlan;
import io.logsense.api.source.TimeQueryReader;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;

/**
 * The events of log groups in CloudWatch Logs.
 *
 * <p>A partition is a log group, or each of its streams if {@link Builder#eachStream} says so. A
 * group costs one call at a time however many streams it has; but where a stack trace is written as
 * an event for each line, those of streams that write at the same time are interleaved in it.
 *
 * <p>CloudWatch finds an event some time after it was written, and then in the place of its
 * timestamp: behind what has been read. {@link QueryPlan#lookBack} says how late that may be.
 *
 * <p>Needs the right {@code logs:FilterLogEvents}, and {@code logs:DescribeLogStreams} for streams.
 */
public final class CloudWatchSource implements LogSource {
  private final List<String> groups;
  private final Builder options;

  private CloudWatchSource(List<String> groups, Builder options) {
    this.groups = groups;
    this.options = options;
  }

  /** A source of those log groups, each given by its name, or by its ARN if it is shared. */
  public static Builder builder(String... groups) {
    return new Builder(List.of(groups));
  }

  @Override
  public String id() {
    String filter = options.filter == null ? "" : '?' + options.filter;
    return "cloudwatch:" + options.access.region() + filter;
  }

  @Override
  public List<String> partitions() throws IOException {
    if (!options.eachStream) {
      return groups;
    }
    List<String> partitions = new ArrayList<>();
    try (CloudWatchLogsClient client = client()) {
      for (String group : groups) {
        for (LogStream stream :
            client
                .describeLogStreamsPaginator(
                    request -> {
                      if (isArn(group)) {
                        request.logGroupIdentifier(group);
                      } else {
                        request.logGroupName(group);
                      }
                      request.logStreamNamePrefix(options.streamPrefix);
                    })
                .logStreams()) {
          partitions.add(group + ':' + stream.logStreamName());
        }
      }
    } catch (SdkException e) {
      throw AwsAccess.failure(e, "streams of " + groups, "logs:DescribeLogStreams");
    }
    return List.copyOf(partitions);
  }

  @Override
  @SuppressWarnings("deprecation") // AWS ignores 'interleaved'; others take it as a wish.
  public PartitionReader open(String partition, Checkpoint from) throws IOException {
    CloudWatchLogsClient client = client();
    int colon = options.eachStream ? partition.lastIndexOf(':') : partition.length();
    String group = partition.substring(0, colon);
    FilterLogEventsRequest.Builder request =
        FilterLogEventsRequest.builder()
            .filterPattern(options.filter)
            .limit(options.pageSize)
            .interleaved(true)
            .endTime(options.plan.follow() ? null : (Long) options.clock.millis());
    if (isArn(group)) {
      request.logGroupIdentifier(group);
    } else {
      request.logGroupName(group);
    }
    Map<String, String> labels = labels(group);
    labels.put("cloud.region", client.serviceClientConfiguration().region().id());
    if (options.eachStream) {
      String stream = partition.substring(colon + 1);
      request.logStreamNames(stream);
      labels.put("aws.log.stream.names", stream);
    } else {
      request.logStreamNamePrefix(options.streamPrefix);
    }
    return TimeQueryReader.open(
        new CloudWatchQuery(client, request.build(), group),
        options.plan,
        options.clock,
        Map.copyOf(labels),
        from);
  }

  private Map<String, String> labels(String group) {
    Map<String, String> labels = new TreeMap<>(Map.of("cloud.provider", "aws"));
    String name = group;
    if (isArn(group)) {
      // arn:aws:logs:REGION:ACCOUNT:log-group:NAME
      String[] parts = group.split(":", 7);
      if (parts.length == 7) {
        labels.put("cloud.account.id", parts[4]);
        name = parts[6];
      }
    }
    labels.put("aws.log.group.names", name);
    if (options.serviceFromGroup) {
      labels.put("service", name.substring(name.lastIndexOf('/') + 1));
    }
    return labels;
  }

  private static boolean isArn(String group) {
    return group.startsWith("arn:");
  }

  private CloudWatchLogsClient client() {
    return options.access.client(CloudWatchLogsClient.builder());
  }

  /** Makes a {@link CloudWatchSource}. */
  public static final class Builder {
    private final List<String> groups;
    private AwsAccess access = AwsAccess.DEFAULT;
    private @Nullable String filter;
    private @Nullable String streamPrefix;
    private boolean eachStream;
    private boolean serviceFromGroup;
    private QueryPlan plan = QueryPlan.bounded();
    private int pageSize = 10_000;
    private InstantSource clock = InstantSource.system();

    private Builder(List<String> groups) {
      this.groups = groups;
    }

    /** How AWS is reached; by default as the environment says. */
    public Builder access(AwsAccess access) {
      this.access = access;
      return this;
    }

    /** Only events that match, in CloudWatch's own filter syntax. */
    public Builder filter(String pattern) {
      this.filter = pattern;
      return this;
    }

    /** Only streams whose names begin with that. */
    public Builder streamPrefix(String prefix) {
      this.streamPrefix = prefix;
      return this;
    }

    /** Reads each stream as a partition of its own: for few streams, with a call for each. */
    public Builder eachStream() {
      this.eachStream = true;
      return this;
    }

    /** Takes what follows the last slash of a group's name as the service; by default nothing. */
    public Builder serviceFromGroup() {
      this.serviceFromGroup = true;
      return this;
    }

    /** From when, how often and until when to read; by default once, all there is. */
    public Builder plan(QueryPlan plan) {
      this.plan = plan;
      return this;
    }

    /** Events asked for at once, from 1 to 10,000, the default; they are never more than 1 MiB. */
    public Builder pageSize(int events) {
      this.pageSize = events;
      return this;
    }

    /** What says which time it is; by default the system. */
    public Builder clock(InstantSource clock) {
      this.clock = clock;
      return this;
    }

    /** The source. */
    public CloudWatchSource build() {
      return new CloudWatchSource(groups, this);
    }
  }
}

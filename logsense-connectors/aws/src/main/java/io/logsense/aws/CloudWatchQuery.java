package io.logsense.aws;

import io.logsense.api.source.TimeQuery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;

/** Asks a log group for its events, which CloudWatch gives in the order of their times. */
final class CloudWatchQuery implements TimeQuery {
  private final CloudWatchLogsClient client;
  private final FilterLogEventsRequest request;
  private final String group;
  private FilterLogEventsRequest page;

  /**
   * A question.
   *
   * @param client is closed with this
   * @param request what to ask, but for the time to begin at
   * @param group its name, for messages
   */
  CloudWatchQuery(CloudWatchLogsClient client, FilterLogEventsRequest request, String group) {
    this.client = client;
    this.request = request;
    this.group = group;
    page = request;
  }

  @Override
  public void begin(long fromMillis) {
    page = request.toBuilder().startTime(Math.max(0, fromMillis)).build();
  }

  @Override
  public boolean next(Records into) throws IOException {
    FilterLogEventsResponse answer;
    try {
      answer = client.filterLogEvents(page);
    } catch (InvalidParameterException e) {
      if (page.nextToken() == null) {
        throw refused(e);
      }
      // The token has expired, a day after it was given: the look begins anew.
      page = page.toBuilder().nextToken(null).build();
      return true;
    } catch (SdkException e) {
      throw refused(e);
    }
    for (FilteredLogEvent event : answer.events()) {
      into.add(
          event.eventId(),
          TimeUnit.MILLISECONDS.toNanos(event.timestamp()),
          event.message().getBytes(StandardCharsets.UTF_8));
    }
    @Nullable String token = answer.nextToken();
    page = page.toBuilder().nextToken(token).build();
    return token != null;
  }

  private IOException refused(SdkException e) throws IOException {
    return AwsAccess.failure(e, "log group " + group, "logs:FilterLogEvents");
  }

  @Override
  public void close() {
    client.close();
  }
}

package io.logsense.aws;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.alert.Alert;
import io.logsense.api.alert.Notifier;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/**
 * Publishes alerts to a topic of SNS: the subject is the summary, the message JSON, with the
 * attributes {@code alert} (the id) and {@code severity} for filters of subscriptions.
 *
 * <p>An alert that comes again has the same id. In a FIFO topic the id is that of deduplication, so
 * SNS drops a repeat within five minutes; elsewhere receivers know it by the id.
 *
 * <p>Needs the right {@code sns:Publish} on the topic. Any failure is an {@code IOException}: it is
 * tried again later.
 */
public final class SnsNotifier implements Notifier {
  private static final String FIFO = ".fifo";
  private static final int ARN_PARTS = 6;
  private static final int ARN_REGION = 3;

  private final String topic;
  private final AwsAccess access;
  private final @Nullable Consumer<String> dryRun;

  private SnsNotifier(String topic, AwsAccess access, @Nullable Consumer<String> dryRun) {
    this.topic = topic;
    this.access = access;
    this.dryRun = dryRun;
  }

  /**
   * A notifier to the topic with that ARN, in whose region it is.
   *
   * @throws LogSenseException (usage) when it is no ARN of a topic
   */
  public static SnsNotifier to(String topic, AwsAccess access) {
    String[] parts = topic.split(":", -1);
    if (parts.length != ARN_PARTS || !topic.startsWith("arn:") || !parts[2].equals("sns")) {
      throw new LogSenseException(
          Category.USAGE,
          "'" + topic + "' is no topic; it must be like arn:aws:sns:eu-west-1:123456789012:alerts");
    }
    return new SnsNotifier(topic, access.region(parts[ARN_REGION]), null);
  }

  /** One that says what it would send, and sends nothing. */
  public SnsNotifier dryRun(Consumer<String> out) {
    return new SnsNotifier(topic, access, out);
  }

  @Override
  public String name() {
    return "sns:" + topic;
  }

  @Override
  public void notify(Alert alert) throws IOException {
    PublishRequest request = request(alert);
    if (dryRun != null) {
      dryRun.accept(
          "to %s: %s%n%s".formatted(request.topicArn(), request.subject(), request.message()));
      return;
    }
    // Alerts are rare: nothing is held between two of them.
    try (SnsClient client = access.client(SnsClient.builder())) {
      client.publish(request);
    } catch (SdkException e) {
      throw failure(e);
    }
  }

  private IOException failure(SdkException e) throws IOException {
    try {
      return AwsAccess.failure(e, "topic " + topic, "sns:Publish");
    } catch (LogSenseException refused) {
      return new IOException(refused.getMessage(), refused);
    }
  }

  private PublishRequest request(Alert alert) throws IOException {
    PublishRequest.Builder request =
        PublishRequest.builder()
            .topicArn(topic)
            .subject(AlertMessage.subject(alert))
            .message(AlertMessage.json(alert))
            .messageAttributes(
                Map.of(
                    "alert", text(alert.id()),
                    "severity", text(alert.items().get(0).severity().name())));
    if (topic.endsWith(FIFO)) {
      request.messageGroupId("logsense").messageDeduplicationId(alert.id());
    }
    return request.build();
  }

  private static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }
}

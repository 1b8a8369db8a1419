package io.logsense.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.alert.Alert;
import io.logsense.api.alert.Notifier;
import io.logsense.api.finding.FindingKind;
import io.logsense.api.finding.FindingSeverity;
import io.logsense.testkit.Faults;
import io.logsense.testkit.FaultyProxy;
import io.logsense.testkit.HttpReceiver;
import io.logsense.testkit.NotifierContract;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;

/** Against moto, an emulator of AWS, which tells a subscriber here what was published. */
class SnsNotifierTest extends NotifierContract {
  private static final AtomicInteger TESTS = new AtomicInteger();
  private static ServerProcess moto;
  private static SnsClient client;

  private HttpReceiver receiver;
  private FaultyProxy proxy;
  private String topic;

  @BeforeAll
  static void startServer() throws Exception {
    moto = MotoServer.start();
    client = Access.to(moto.uri()).client(SnsClient.builder());
  }

  @AfterAll
  static void stopServer() {
    if (moto != null) {
      client.close();
      moto.close();
    }
  }

  @BeforeEach
  void start() throws IOException {
    receiver = HttpReceiver.start();
    proxy = FaultyProxy.to(moto.address());
    int test = TESTS.incrementAndGet();
    topic = client.createTopic(request -> request.name("alerts-" + test)).topicArn();
    subscribe(receiver, "{}");
  }

  private void subscribe(HttpReceiver to, String filter) {
    client.subscribe(
        request ->
            request
                .topicArn(topic)
                .protocol("http")
                .endpoint(to.uri().toString())
                .attributes(Map.of("FilterPolicy", filter))
                .returnSubscriptionArn(true));
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    receiver.close();
  }

  @Override
  protected Notifier open() {
    return SnsNotifier.to(topic, access());
  }

  private AwsAccess access() {
    return Access.to(URI.create("http://" + proxy.authority())).timeout(Duration.ofSeconds(10));
  }

  @Override
  protected List<String> received() {
    return receiver.received();
  }

  @Override
  protected Optional<Faults> faults() {
    return Optional.of(proxy);
  }

  @Override
  protected Set<String> secrets() {
    return Set.of(Access.SECRET);
  }

  private static Alert alert(String summary) {
    return new Alert(
        "al1:00ff",
        Instant.parse("2026-01-31T12:00:00Z"),
        summary,
        List.of(
            new Alert.Item(
                "jf1:12",
                FindingKind.SPIKE,
                FindingSeverity.HIGH,
                1_769_860_800_000_000_000L,
                "i")));
  }

  @Test
  void theMessageIsJsonAndFiltersHaveAttributes() throws Exception {
    open().notify(alert("disk full"));

    assertThat(received().get(0))
        .contains("LogSense: disk full")
        .contains("\\\"id\\\":\\\"al1:00ff\\\"")
        .contains("\\\"time\\\":\\\"2026-01-31T12:00:00Z\\\"")
        .contains("\\\"kind\\\":\\\"SPIKE\\\"");
  }

  @Test
  void subscriptionsFilterBySeverity() throws Exception {
    try (HttpReceiver urgent = HttpReceiver.start();
        HttpReceiver idle = HttpReceiver.start()) {
      subscribe(urgent, "{\"severity\":[\"HIGH\"]}");
      subscribe(idle, "{\"severity\":[\"LOW\"]}");

      open().notify(alert("disk full"));

      assertThat(urgent.received()).hasSize(1);
      assertThat(idle.received()).isEmpty();
    }
  }

  @Test
  void aQueueInOrderKnowsARepeatByTheId() throws Exception {
    String fifo =
        client
            .createTopic(
                request ->
                    request
                        .name("alerts-" + TESTS.incrementAndGet() + ".fifo")
                        .attributes(Map.of("FifoTopic", "true")))
            .topicArn();

    // Without an id of deduplication, the topic would refuse it.
    SnsNotifier.to(fifo, access()).notify(alert("disk full"));
  }

  @Test
  void aDryRunSaysWhatItWouldSend() throws Exception {
    List<String> said = new ArrayList<>();
    SnsNotifier.to(topic, access()).dryRun(said::add).notify(alert("disk full"));

    assertThat(said).hasSize(1);
    assertThat(said.get(0)).contains(topic, "LogSense: disk full", "\"id\":\"al1:00ff\"");
    assertThat(received()).isEmpty();
  }

  @Test
  void aTopicThatIsNotThereIsSaid() {
    Notifier notifier = SnsNotifier.to(topic + "-other", access());

    assertThatThrownBy(() -> notifier.notify(alert("x")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(topic + "-other: there is no such thing");
  }

  @Test
  void whatIsNoTopicIsRefused() {
    assertThatThrownBy(() -> SnsNotifier.to("alerts", AwsAccess.DEFAULT))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("arn:aws:sns:eu-west-1:123456789012:alerts");
  }

  @Test
  void subjectsHoldWhatSnsAllows() {
    assertThat(AlertMessage.subject(alert("a\nb\u00e9" + "x".repeat(200))))
        .startsWith("LogSense: a?b?x")
        .hasSize(100);
  }
}

package io.logsense.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.testkit.HttpReceiver;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpNotifierTest {
  @Test
  void aDryRunSendsNothingAndTellsWhatWouldBeSent() throws Exception {
    try (HttpReceiver receiver = HttpReceiver.start()) {
      List<String> told = new ArrayList<>();
      HttpNotifier.jira(receiver.uri(), "OPS", "Bug")
          .bearer("secret")
          .dryRun(told::add)
          .build()
          .notify(Samples.alert("al1:1", "disk full"));

      assertThat(receiver.received()).isEmpty();
      assertThat(told)
          .singleElement()
          .asString()
          .contains("\"project\":{\"key\":\"OPS\"}")
          .contains("disk full")
          .doesNotContain("secret");
    }
  }

  @Test
  void wordsHeadersAndNameAreTheHostsChoice() throws Exception {
    try (HttpReceiver receiver = HttpReceiver.start()) {
      HttpNotifier notifier =
          HttpNotifier.webhook(receiver.uri())
              .name("pager-of-the-shop")
              .template(AlertTemplate.of("Look: {summary}"))
              .header("X-Team", "shop")
              .build();
      notifier.notify(Samples.alert("al1:1", "disk full"));

      assertThat(notifier.name()).isEqualTo("pager-of-the-shop");
      assertThat(receiver.received())
          .singleElement()
          .asString()
          .contains("X-team: [shop]")
          .contains("\"text\":\"Look: disk full\"")
          .contains("Idempotency-key: [al1:1]");
    }
  }

  @Test
  void aFailureHidesTheAddressInItsCausesToo() {
    HttpNotifier notifier =
        HttpNotifier.slack(URI.create("http://no-such-host.invalid/T0B0SECRET")).build();
    assertThatThrownBy(() -> notifier.notify(Samples.alert("al1:1", "disk full")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("slack cannot be reached: ")
        .hasNoCause();
  }

  @Test
  void slackReadsNoMarkupInAText() {
    assertThat(Payloads.slack(Samples.alert("al1:1", ""), "<!channel> & <http://x|y>"))
        .isEqualTo("{\"text\":\"&lt;!channel&gt; &amp; &lt;http://x|y&gt;\",\"mrkdwn\":false}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hooks/T0B0", "ftp://host/x", "mailto:me@example.com", "https:///x"})
  void anAddressThatCannotBeOneIsRefusedWithoutRepeatingIt(String address) {
    assertThatThrownBy(() -> HttpNotifier.slack(URI.create(address)))
        .isInstanceOf(LogSenseException.class)
        .hasMessageNotContaining(address);
  }
}

package io.logsense.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.logsense.api.LogSenseException;
import io.logsense.api.alert.Alert;
import io.logsense.api.alert.Notifier;
import io.logsense.api.finding.FindingKind;
import io.logsense.api.finding.FindingSeverity;
import io.logsense.testkit.Faults;
import io.logsense.testkit.FaultyProxy;
import io.logsense.testkit.NotifierContract;
import jakarta.mail.internet.MimeMessage;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against GreenMail, an SMTP server in the process. */
class EmailNotifierTest extends NotifierContract {
  private static final String SECRET = "s3cr3t-of-smtp";

  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private FaultyProxy proxy;

  @BeforeEach
  void start() throws Exception {
    server.start();
    server.setUser("me@example.com", "me", SECRET);
    proxy = FaultyProxy.to(new InetSocketAddress("127.0.0.1", server.getSmtp().getPort()));
  }

  @AfterEach
  void stop() throws Exception {
    proxy.close();
    server.stop();
  }

  private EmailNotifier.Builder builder() {
    String[] place = proxy.authority().split(":", 2);
    return EmailNotifier.builder(place[0], Integer.parseInt(place[1]))
        .account("me", SECRET)
        .from("logsense@example.com")
        .to("on-call@example.com")
        .timeout(Duration.ofSeconds(3));
  }

  @Override
  protected Notifier open() {
    return builder().build();
  }

  @Override
  protected List<String> received() throws Exception {
    List<String> texts = new ArrayList<>();
    for (MimeMessage message : server.getReceivedMessages()) {
      texts.add(
          message.getSubject()
              + "\n"
              + GreenMailUtil.getHeaders(message)
              + "\n"
              + message.getContent());
    }
    return texts;
  }

  @Override
  protected Optional<Faults> faults() {
    return Optional.of(proxy);
  }

  @Override
  protected Set<String> secrets() {
    return Set.of(SECRET);
  }

  @Test
  void anAlertThatComesAgainHasTheSameMessageId() throws Exception {
    Notifier notifier = open();
    notifier.notify(alert());
    notifier.notify(alert());

    MimeMessage[] messages = server.getReceivedMessages();
    assertThat(messages).hasSize(2);
    assertThat(messages[0].getMessageID())
        .isEqualTo("<al1-3a8e1f@logsense>")
        .isEqualTo(messages[1].getMessageID());
  }

  @Test
  void noHeaderCanBeSmuggledIn() throws Exception {
    builder().subject(alert -> "x\r\nBcc: everyone@example.org").build().notify(alert());

    assertThat(server.getReceivedMessages()[0].getHeader("Bcc")).isNull();
    assertThat(server.getReceivedMessages()[0].getSubject()).contains("Bcc: everyone");
  }

  @Test
  void aDryRunSendsNothing() throws Exception {
    List<String> told = new ArrayList<>();
    builder().dryRun(told::add).build().notify(alert());

    assertThat(server.getReceivedMessages()).isEmpty();
    assertThat(told).singleElement().asString().contains("disk full").contains("on-call@");
  }

  @Test
  void whatIsNoAddressIsRefused() {
    assertThatThrownBy(() -> builder().to("nobody at all"))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("nobody at all");
    assertThatThrownBy(() -> EmailNotifier.builder("h", 25).from("a@example.com").build())
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("to(");
  }

  private static Alert alert() {
    return new Alert(
        "al1:8e1f",
        Instant.parse("2026-01-31T12:00:00Z"),
        "disk full",
        List.of(new Alert.Item("jf1:0", FindingKind.NEW, FindingSeverity.HIGH, 1L, "disk full")));
  }
}

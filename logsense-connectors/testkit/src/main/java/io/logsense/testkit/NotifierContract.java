package io.logsense.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.alert.Alert;
import io.logsense.api.alert.Notifier;
import io.logsense.api.event.LogEvent;
import io.logsense.api.finding.FindingKind;
import io.logsense.api.finding.FindingSeverity;
import io.logsense.testkit.Faults.Fault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Notifier} must do. Extend it, and say how to make one and what arrived: each
 * test has an instance of the class, and so a receiver that nothing was sent to, of its own. {@link
 * HttpReceiver} is one for notifiers that speak HTTP.
 *
 * <pre>{@code
 * class WebhookNotifierTest extends NotifierContract {
 *   private final HttpReceiver receiver = HttpReceiver.start();
 *
 *   @Override
 *   protected Notifier open() {
 *     return WebhookNotifier.to(receiver.uri());
 *   }
 *
 *   @Override
 *   protected List<String> received() {
 *     return receiver.received();
 *   }
 *
 *   @Override
 *   protected Optional<Faults> faults() {
 *     return Optional.of(receiver);
 *   }
 * }
 * }</pre>
 */
public abstract class NotifierContract {
  private static final int STORM = 2_000;

  /** For the class that extends this. */
  protected NotifierContract() {}

  /** A notifier that tells the receiver of this test. */
  protected abstract Notifier open() throws Exception;

  /** All that arrived at the receiver, in order: whole messages, decoded, with their headers. */
  protected abstract List<String> received() throws Exception;

  /** What can break the connection or the receiver; nothing unless overridden. */
  protected Optional<Faults> faults() {
    return Optional.empty();
  }

  /** Passwords and tokens in use, which must not be seen; none unless overridden. */
  protected Set<String> secrets() {
    return Set.of();
  }

  /** How long any single call may take on the slowest of machines: 30 s unless overridden. */
  protected Duration deadline() {
    return Duration.ofSeconds(30);
  }

  private void deliver(Notifier notifier, Alert alert) throws Exception {
    new Watch(deadline()).run("notify", () -> notifier.notify(alert));
  }

  @Test
  void anAlertHasArrivedWhenTheCallReturns() throws Exception {
    deliver(open(), alert("al1:1", "12 new groups in shop"));

    assertThat(received()).hasSize(1);
    assertThat(received().get(0)).contains("12 new groups in shop");
  }

  @Test
  void alertsArriveInTheirOrder() throws Exception {
    Notifier notifier = open();
    for (int i = 0; i < 5; i++) {
      deliver(notifier, alert("al1:" + i, "summary number " + i));
    }
    assertThat(received()).hasSize(5);
    for (int i = 0; i < 5; i++) {
      assertThat(received().get(i)).contains("summary number " + i);
    }
  }

  @Test
  void whatComesAgainIsKnownByItsId() throws Exception {
    Alert alert = alert("al1:8e1f00aa", "disk full");
    deliver(open(), alert);
    deliver(open(), alert);

    if (received().size() > 1) {
      assertThat(received()).allMatch(text -> text.contains(alert.id()));
    }
    assertThat(received()).isNotEmpty();
  }

  @Test
  void aNotifierHasOneNameThatShowsNoSecret() throws Exception {
    Notifier notifier = open();
    assertThat(notifier.name()).isNotBlank().isEqualTo(open().name());
    for (String secret : secrets()) {
      assertThat(notifier.name()).doesNotContain(secret);
      assertThat(notifier.toString()).doesNotContain(secret);
    }
  }

  @Test
  void nothingThatATextHoldsBreaksTheMessage() throws Exception {
    Notifier notifier = open();
    List<String> texts =
        List.of(
            "a\0b \u0007 \u001B[31mred\u001B[0m",
            "line\r\nBcc: everyone@example.org\r\n\r\nbody",
            "\"quoted\" \\ back 'single' </script><b>&amp;",
            "*bold* _under_ `code` <@everyone> [link](http://x)",
            "\uD83D\uDD25 \u8FDE\u63A5 \u202E",
            "lone \uD83D surrogate",
            "",
            "x".repeat(100_000));
    for (String text : texts) {
      deliver(notifier, alert("al1:" + texts.indexOf(text), "before " + text));
    }
    assertThat(received()).hasSize(texts.size()).allMatch(text -> text.contains("before"));
  }

  @Test
  void aStormIsOneMessage() throws Exception {
    List<Alert.Item> items = new ArrayList<>();
    for (int i = 0; i < STORM; i++) {
      items.add(item("group " + i + " of a storm " + "x".repeat(300)));
    }
    deliver(open(), new Alert("al1:storm", time(), STORM + " groups: group 0", items));

    assertThat(received()).hasSize(1);
    assertThat(received().get(0)).contains(STORM + " groups");
  }

  @Test
  void anAlertWithoutATimeOfItsOwnArrives() throws Exception {
    Alert.Item item =
        new Alert.Item(
            "", FindingKind.SILENCE, FindingSeverity.LOW, LogEvent.NO_TIMESTAMP, "silence");
    deliver(open(), new Alert("al1:1", Instant.EPOCH, "silence", List.of(item)));

    assertThat(received()).hasSize(1);
  }

  @Test
  void aReceiverThatIsAwayIsAnError() throws Exception {
    assertFailsUnder(Fault.REFUSED);
  }

  @Test
  void aReceiverThatDoesNotAnswerIsAnErrorAndNoHang() throws Exception {
    assertFailsUnder(Fault.SILENT);
  }

  @Test
  void aReceiverThatHasTooMuchToDoIsAnError() throws Exception {
    assertFailsUnder(Fault.THROTTLED);
  }

  @Test
  void aReceiverThatFailsIsAnError() throws Exception {
    assertFailsUnder(Fault.FAILED);
  }

  @Test
  void aReceiverThatRefusesIsAnError() throws Exception {
    assertFailsUnder(Fault.REJECTED);
  }

  /** It fails, shows no secret, and delivers once the fault is over. */
  private void assertFailsUnder(Fault fault) throws Exception {
    Faults faults = Assume.faults(faults(), fault);
    Notifier notifier = open();
    faults.inject(fault);
    Alert alert = alert("al1:1", "disk full");
    assertThatThrownBy(() -> deliver(notifier, alert))
        .isInstanceOfSatisfying(
            IOException.class,
            e -> secrets().forEach(secret -> assertThat(shown(e)).doesNotContain(secret)));
    faults.heal();

    deliver(notifier, alert);
    assertThat(received()).isNotEmpty();
    assertThat(received().get(received().size() - 1)).contains("disk full");
  }

  @Test
  void anInterruptEndsTheDelivery() throws Exception {
    Faults faults = Assume.faults(faults(), Fault.SILENT);
    Notifier notifier = open();
    faults.inject(Fault.SILENT);
    Watch.Call<Boolean> call =
        new Watch(deadline())
            .start(
                "notify",
                () -> {
                  notifier.notify(alert("al1:1", "disk full"));
                  return true;
                });
    call.interrupt();
    assertThatThrownBy(call::get).isInstanceOfAny(InterruptedException.class, IOException.class);
    faults.heal();
  }

  /** The exception and what led to it, as a log would show them. */
  static String shown(Throwable thrown) {
    StringBuilder text = new StringBuilder();
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      text.append(t).append('\n');
    }
    return text.toString();
  }

  private static Alert alert(String id, String summary) {
    return new Alert(id, time(), summary, List.of(item(summary)));
  }

  private static Instant time() {
    return Instant.parse("2026-01-31T12:00:00Z");
  }

  private static Alert.Item item(String summary) {
    return new Alert.Item(
        "jf1:0123456789abcdef",
        FindingKind.NEW,
        FindingSeverity.HIGH,
        1_769_860_800_000_000_000L,
        summary);
  }
}

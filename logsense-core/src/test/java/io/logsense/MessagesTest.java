package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.MessagesSource.Message;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.SourcePosition;
import io.logsense.api.group.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Records that are messages: of sources without lines. */
class MessagesTest {
  private static final String TRACE =
      "java.lang.ArithmeticException: / by zero\n"
          + "\tat com.shop.Tax.rate(Tax.java:9)\n"
          + "\tat com.shop.Main.main(Main.java:3)";

  private static Analysis analyze(String... messages) {
    return LogSense.builder().source(MessagesSource.of(messages)).analyze();
  }

  private static List<LogEvent> events(Analysis analysis) {
    return analysis.groups().stream().flatMap(group -> group.examples().stream()).toList();
  }

  @Test
  void aMessageOfSeveralLinesIsOneRecord() {
    Analysis analysis = analyze("first line\nsecond line\n\n\tthird", "alone", "a\r\nb\r\n");

    assertThat(analysis.records()).isEqualTo(3);
    assertThat(events(analysis))
        .extracting(LogEvent::message)
        .containsExactlyInAnyOrder("first line\nsecond line\n\n\tthird", "alone", "a\nb");
    assertThat(events(analysis))
        .extracting(LogEvent::position)
        .contains(
            new SourcePosition("broker:logs/0", 0, 0, 4),
            new SourcePosition("broker:logs/0", 1, 0, 1));
  }

  @Test
  void linesOfAMessageBeginNoFurtherRecords() {
    String header = "2026-05-01 12:00:%02d,000 %s [main] com.shop.Cart - %s";
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      messages.add(header.formatted(i, "INFO ", "item added"));
    }
    messages.add(
        header.formatted(41, "ERROR", "remote said:\n") + header.formatted(40, "WARN ", "full"));
    messages.add("\tat com.shop.Cart.add(Cart.java:1)");
    messages.add(header.formatted(42, "ERROR", "no tax\n" + TRACE));

    Analysis analysis = analyze(messages.toArray(String[]::new));

    assertThat(analysis.formats()).singleElement().matches(f -> f.format().startsWith("log"));
    assertThat(analysis.records()).isEqualTo(43);
    assertThat(analysis.groups())
        .extracting(Group::title)
        .contains("ArithmeticException: / by zero");
    assertThat(events(analysis))
        .anyMatch(event -> event.message().startsWith("remote said:\n2026-05-01"));
  }

  @Test
  void aTraceThatComesLineByLineIsOneRecord() {
    Analysis analysis = analyze(("starting\n" + TRACE + "\nstopped").split("\n"));

    assertThat(analysis.records()).isEqualTo(3);
    assertThat(analysis.top(1).get(0).title()).isEqualTo("ArithmeticException: / by zero");
  }

  @Test
  void theTimeOfTheSourceStandsInForOneThatTheTextDoesNotState() {
    List<Message> messages = new ArrayList<>();
    IntStream.range(0, 500).forEach(i -> messages.add(new Message("tick tock", i)));
    messages.add(new Message("one\ntwo", 1000));
    messages.add(new Message("last", LogEvent.NO_TIMESTAMP));
    Analysis analysis =
        LogSense.builder().source(new MessagesSource("clock", Map.of(), messages)).analyze();
    assertThat(analysis.groups())
        .filteredOn(group -> group.count() == 500)
        .singleElement()
        .matches(group -> group.firstSeen() == 0 && group.lastSeen() == 499);
    assertThat(events(analysis))
        .anyMatch(e -> e.message().equals("one\ntwo") && e.timestamp() == 1000)
        .anyMatch(e -> e.message().equals("last") && e.timestamp() == LogEvent.NO_TIMESTAMP);

    String stated = "2026-05-01T12:00:00.000Z INFO  [main] com.shop.Cart - item added";
    LogEvent event =
        events(
                LogSense.builder()
                    .source(new MessagesSource("clock", Map.of(), List.of(new Message(stated, 5))))
                    .analyze())
            .get(0);
    assertThat(event.instant()).hasToString("Optional[2026-05-01T12:00:00Z]");
  }

  @Test
  void labelsFillWhatTheRecordsDoNotSay() {
    Map<String, String> labels =
        Map.of(
            "service",
            "shop",
            "environment",
            "test",
            "version",
            "1.2.3.4",
            "region",
            "eu",
            "owner",
            "jane@example.org");
    List<Message> messages =
        List.of(
            new Message("{\"message\":\"plain\",\"level\":\"INFO\"}", 1),
            new Message(
                "{\"message\":\"own\",\"level\":\"INFO\",\"service\":\"pay\",\"region\":\"us\"}",
                2));
    List<LogEvent> events =
        events(LogSense.builder().source(new MessagesSource("b", labels, messages)).analyze());

    LogEvent plain =
        events.stream().filter(e -> e.message().equals("plain")).findAny().orElseThrow();
    LogEvent own = events.stream().filter(e -> e.message().equals("own")).findAny().orElseThrow();
    assertThat(List.of(plain.service(), plain.environment(), plain.version()))
        .containsExactly("shop", "test", "1.2.3.4");
    assertThat(plain.attributes()).containsEntry("region", "eu").doesNotContainKey("service");
    assertThat(plain.attributes().get("owner")).doesNotContain("jane");
    assertThat(own.service()).isEqualTo("pay");
    assertThat(own.environment()).isEqualTo("test");
    assertThat(own.attributes()).containsEntry("region", "us");
  }
}

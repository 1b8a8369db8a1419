package io.logsense.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.logsense.LogSense;
import io.logsense.api.group.Group;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.KeyValuePair;

class LogSenseAppenderTest {
  private final LoggerContext context = Contexts.empty();
  private final Logger logger = context.getLogger("com.shop.Cart");
  private final LogSenseAppender appender = new LogSenseAppender();
  private final Written written = new Written();

  @AfterEach
  void stop() {
    context.stop();
  }

  private void start(Consumer<LogSenseAppender> settings) {
    appender.setContext(context);
    written.setContext(context);
    written.start();
    appender.addAppender(written);
    settings.accept(appender);
    appender.start();
    context.getLogger("ROOT").addAppender(appender);
  }

  @Test
  void anErrorIsPassedOnWithWhatIsKnownOfIt() {
    start(settings -> {});
    context.getMDCAdapter().put("traceId", "4bf92f");
    logger.error("cannot sell item {}", 4711, new IllegalStateException("no price"));
    logger.error("cannot sell item {}", 4712);
    logger.error("cannot sell item {}", 4713);
    ILoggingEvent first = written.events().get(0);
    assertThat(first.getMDCPropertyMap())
        .containsEntry("traceId", "4bf92f")
        .containsEntry("logsense.template", "cannot sell item {}")
        .containsEntry("logsense.group.count", "1")
        .containsEntry("logsense.new", "true")
        .hasEntrySatisfying("logsense.fingerprint", id -> assertThat(id).startsWith("jf1:"));
    assertThat(first.getFormattedMessage()).isEqualTo("cannot sell item 4711");
    assertThat(written.events().get(2).getMDCPropertyMap())
        .containsEntry("logsense.group.count", "2")
        .containsEntry("logsense.new", "false")
        .hasEntrySatisfying("logsense.fingerprint", id -> assertThat(id).startsWith("tm1:"));
  }

  @Test
  void anInfoEventIsPassedOnAsItIs() {
    start(settings -> {});
    logger.info("sold item {}", 4711);
    assertThat(written.events().get(0).getMDCPropertyMap()).isEmpty();
    assertThat(written.events().get(0)).isNotInstanceOf(EnrichedEvent.class);
  }

  @Test
  void keyValuesAreAddedToThoseOfTheEvent() {
    start(
        settings -> {
          settings.setEnrich(Enrichment.KEY_VALUES);
          settings.setEnrichFrom(Level.INFO);
        });
    logger.atInfo().addKeyValue("item", 4711).log("sold");
    assertThat(written.events().get(0).getKeyValuePairs())
        .contains(
            new KeyValuePair("item", 4711),
            new KeyValuePair("logsense.group.count", 1L),
            new KeyValuePair("logsense.new", true));
    assertThat(written.events().get(0).getMDCPropertyMap()).isEmpty();
  }

  @Test
  void theTextOfTheLogDoesNotChange() {
    start(settings -> settings.setEnrichFrom(Level.TRACE));
    PatternLayout layout = new PatternLayout();
    layout.setContext(context);
    layout.setPattern("%d %level [%thread] %logger - %msg %kvp %marker%n%ex");
    layout.start();
    Written plain = new Written();
    plain.setContext(context);
    plain.start();
    logger.addAppender(plain);
    logger.atWarn().addKeyValue("item", 4711).setCause(new IllegalStateException()).log("sold {}");
    assertThat(layout.doLayout(written.events().get(0)))
        .isEqualTo(layout.doLayout(plain.events().get(0)));
  }

  @Test
  void theIdsAreThoseThatAnAnalysisOfTheWrittenLogFinds(@TempDir Path directory) throws Exception {
    start(settings -> settings.setInApp("com.shop, io.logsense.logback"));
    for (int i = 0; i < 50; i++) {
      logger.info("sold item {} to customer {}", i, "c-" + 77 * i);
      logger.warn("stock of {} is low", "item-" + i);
      logger.error("cannot sell item {}", i, Failures.deep(i % 2));
      logger.error("retrying, attempt " + i);
    }
    PatternLayout layout = new PatternLayout();
    layout.setContext(context);
    layout.setPattern("%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level [%thread] %logger - %msg%n");
    layout.start();
    List<String> text = new ArrayList<>();
    written.events().forEach(event -> text.add(layout.doLayout(event)));
    Path log = Files.writeString(directory.resolve("app.log"), String.join("", text));
    appender.stop();
    assertThat(counts(appender.engine().snapshot().groups()))
        .isEqualTo(
            counts(
                LogSense.builder()
                    .inApp("com.shop", "io.logsense.logback")
                    .source(io.logsense.Sources.path(log))
                    .analyze()
                    .groups()))
        .hasSize(5);
  }

  private static Map<String, Long> counts(List<Group> groups) {
    return groups.stream().collect(Collectors.toMap(Group::id, Group::count));
  }

  @Test
  void itIsConfiguredByXml() {
    LoggerContext configured =
        Contexts.configured(
            """
            <configuration>
              <appender name="WRITTEN" class="io.logsense.logback.Written"/>
              <appender name="LOGSENSE" class="io.logsense.logback.LogSenseAppender">
                <inApp>com.shop</inApp>
                <enrich>KEY_VALUES</enrich>
                <enrichFrom>INFO</enrichFrom>
                <reduce>true</reduce>
                <reduceFirst>3</reduceFirst>
                <reducePeriod>10 minutes</reducePeriod>
                <stopDeadline>2 seconds</stopDeadline>
                <appender-ref ref="WRITTEN"/>
              </appender>
              <root level="INFO"><appender-ref ref="LOGSENSE"/></root>
            </configuration>
            """);
    configured.getLogger("com.shop.Cart").info("sold item {}", 1);
    LogSenseAppender made = (LogSenseAppender) configured.getLogger("ROOT").getAppender("LOGSENSE");
    Written out = (Written) made.getAppender("WRITTEN");
    assertThat(configured.getStatusManager().getCopyOfStatusList())
        .noneMatch(status -> status.getEffectiveLevel() > 0);
    assertThat(out.events().get(0).getKeyValuePairs())
        .contains(new KeyValuePair("logsense.template", "sold item {}"));
    configured.stop();
    assertThat(out.isStarted()).isFalse();
  }
}

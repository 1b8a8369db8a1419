package io.logsense.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.logsense.LogSense;
import io.logsense.api.finding.Finding;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A configuration takes the place of another, as when a file is scanned for changes. */
class ReloadTest {
  private static final String XML =
      """
      <configuration>
        <appender name="WRITTEN" class="io.logsense.logback.Written"/>
        <appender name="LOGSENSE" class="io.logsense.logback.LogSenseAppender">
          <inApp>com.shop</inApp>
          <onFinding class="io.logsense.logback.ReloadTest$Listener"/>
          <appender-ref ref="WRITTEN"/>
        </appender>
        <root level="INFO"><appender-ref ref="LOGSENSE"/></root>
      </configuration>
      """;

  /** Somebody who is told of findings. */
  public static final class Listener implements Consumer<Finding> {
    /** For Logback. */
    public Listener() {}

    @Override
    public void accept(Finding finding) {}
  }

  private static LogSenseAppender appender(LoggerContext context) {
    return (LogSenseAppender) context.getLogger("ROOT").getAppender("LOGSENSE");
  }

  private static void reload(LoggerContext context, String xml) {
    context.reset();
    Contexts.configure(context, xml);
  }

  @Test
  void whatWasCountedOutlivesANewConfiguration() {
    LoggerContext context = Contexts.configured(XML);
    for (int i = 0; i < 100; i++) {
      context.getLogger("com.shop.Cart").error("cannot sell item {}", i);
    }
    LogSense engine = appender(context).engine();
    reload(context, XML);
    assertThat(appender(context).engine()).isSameAs(engine);
    context.getLogger("com.shop.Cart").error("cannot sell item {}", 100);
    List<ILoggingEvent> events = ((Written) appender(context).getAppender("WRITTEN")).events();
    assertThat(events).hasSize(1);
    assertThat(events.get(0).getMDCPropertyMap())
        .containsEntry("logsense.new", "false")
        .containsEntry("logsense.group.count", "101");
    context.stop();
    assertThat(engine.snapshot().groups().get(0).count()).isEqualTo(101);
  }

  @Test
  void otherPackagesOfTheApplicationStartAnew() {
    LoggerContext context = Contexts.configured(XML);
    context.getLogger("com.shop.Cart").error("cannot sell");
    LogSense engine = appender(context).engine();
    reload(context, XML.replace("com.shop<", "com.shop.cart<"));
    assertThat(appender(context).engine()).isNotSameAs(engine);
    context.stop();
  }
}

package io.logsense.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import io.logsense.Alerts;
import io.logsense.LogSense;
import io.logsense.api.alert.Alert;
import io.logsense.api.alert.Notifier;
import io.logsense.api.event.LogEvent;
import io.logsense.api.finding.Check;
import io.logsense.api.finding.Finding;
import io.logsense.api.finding.FindingKind;
import io.logsense.api.group.Group;
import io.logsense.api.group.GroupKind;
import io.logsense.logback.LogSenseAppender;
import io.logsense.micrometer.LogSenseMetrics;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** What there is under which conditions. */
class LogSenseAutoConfigurationTest {
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(LogSenseAutoConfiguration.class))
          .withPropertyValues("management.endpoints.web.exposure.include=*");

  private static void hasEngine(AssertableApplicationContext context) {
    assertThat(context).hasNotFailed();
    assertThat(context).hasSingleBean(LogSense.class).hasSingleBean(LogSenseAppender.class);
  }

  @Test
  void everythingIsThereByDefault() {
    runner.run(
        context -> {
          hasEngine(context);
          assertThat(context)
              .hasSingleBean(LogSenseEndpoint.class)
              .hasSingleBean(LogSenseMetrics.class)
              .hasBean("logSenseHealthIndicator");
        });
  }

  @Test
  void nothingIsThereWhenItIsDisabled() {
    runner
        .withPropertyValues("logsense.enabled=false")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context.getBeanDefinitionNames())
                  .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).contains("logsense"));
            });
  }

  @Test
  void nothingIsThereWithoutLogback() {
    runner
        .withClassLoader(new FilteredClassLoader(LoggerContext.class))
        .run(context -> assertThat(context).doesNotHaveBean(LogSense.class));
  }

  @Test
  void eachPartIsThereWithItsLibraryOnly() {
    runner
        .withClassLoader(
            new FilteredClassLoader(Endpoint.class, HealthIndicator.class, MeterBinder.class))
        .run(
            context -> {
              hasEngine(context);
              assertThat(context)
                  .doesNotHaveBean("logSenseEndpoint")
                  .doesNotHaveBean("logSenseMetrics")
                  .doesNotHaveBean("logSenseHealthIndicator");
            });
  }

  @Test
  void theHealthIndicatorIsDisabledLikeAnyOther() {
    runner
        .withPropertyValues("management.health.logsense.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean("logSenseHealthIndicator"));
  }

  @Test
  void valuesOutOfRangeAreRefusedWithTheReason() {
    runner
        .withPropertyValues("logsense.reduce.further=0")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessage("first is 10 and further is 0; both must be at least 1"));
  }

  @Test
  void allListenersAreToldOfFindingsWhileTheContextIsOpen() {
    Finding finding = finding();
    List<Finding> told = new ArrayList<>();
    runner
        .withBean("told", Told.class, () -> new Told(told))
        .withUserConfiguration(Listeners.class)
        .run(
            context -> {
              FindingListeners.tell(finding);
              assertThat(told).containsExactly(finding);
              assertThat(context.getBean(RecentFindings.class).newestFirst()).contains(finding);
            });
    FindingListeners.tell(finding);
    assertThat(told).hasSize(1);
  }

  @Test
  void notifiersGetAlertsThatOutliveTheRun(@TempDir Path directory) {
    BlockingQueue<Alert> alerts = new LinkedBlockingQueue<>();
    ApplicationContextRunner notifying =
        runner
            .withPropertyValues("logsense.state-directory=" + directory)
            .withBean(Notifier.class, () -> new Collecting(alerts));
    notifying.run(
        context -> {
          FindingListeners.tell(finding());
          assertThat(alerts.take().summary()).isEqualTo("New: disk full");
        });
    notifying.run(
        context -> {
          FindingListeners.tell(finding());
          assertThat(context.getBean(Alerts.class).history()).hasSize(1);
        });
    assertThat(alerts).isEmpty();
    runner.run(context -> assertThat(context).doesNotHaveBean(Alerts.class));
  }

  private record Collecting(BlockingQueue<Alert> alerts) implements Notifier {
    @Override
    public String name() {
      return "collecting";
    }

    @Override
    public void notify(Alert alert) {
      alerts.add(alert);
    }
  }

  private static Finding finding() {
    Group group =
        Group.builder()
            .identity("tm1:0", GroupKind.MESSAGE)
            .words("disk full", "disk full", "com.shop.Cart")
            .examples(List.of(LogEvent.builder().message("disk full").build()))
            .build();
    return Finding.builder(FindingKind.NEW, group).check(Check.atLeast("events", 1, 1)).build();
  }

  /** Where findings are collected. */
  record Told(List<Finding> findings) {}

  @Configuration(proxyBeanMethods = false)
  static class Listeners {
    @Bean
    @Order(1)
    Consumer<Finding> failing() {
      return finding -> {
        throw new IllegalStateException("listener");
      };
    }

    @Bean
    @Order(2)
    Consumer<Finding> collecting(Told told) {
      return told.findings::add;
    }
  }
}

package io.logsense.spring;

import ch.qos.logback.classic.LoggerContext;
import io.logsense.AlertPolicy;
import io.logsense.Alerts;
import io.logsense.LogSense;
import io.logsense.api.alert.Notifier;
import io.logsense.api.finding.Finding;
import io.logsense.logback.LogSenseAppender;
import io.logsense.micrometer.LogSenseMetrics;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Gives an application the engine that counts what it logs, an endpoint, a health indicator and
 * meters. Every bean of type {@code Consumer<Finding>} is told of findings, and every {@link
 * Notifier} is sent alerts.
 */
@AutoConfiguration
@ConditionalOnClass({LoggerContext.class, LogSenseAppender.class})
@ConditionalOnProperty(name = "logsense.enabled", matchIfMissing = true)
@Conditional(LogSenseAutoConfiguration.OnLogback.class)
@EnableConfigurationProperties(LogSenseProperties.class)
public final class LogSenseAutoConfiguration {
  /** For Spring. */
  public LogSenseAutoConfiguration() {}

  /** The appender that was attached when logging was set up, or now when nobody did. */
  @Bean
  @ConditionalOnMissingBean
  LogSenseAppender logSenseAppender(LogSenseProperties properties, BeanFactory beans) {
    return RootAppender.attach(
        Objects.requireNonNull(RootAppender.loggers()),
        properties,
        AutoConfigurationPackages.has(beans) ? AutoConfigurationPackages.get(beans) : List.of());
  }

  /** The engine. It is closed with the logging system. */
  @Bean(destroyMethod = "")
  @ConditionalOnMissingBean
  LogSense logSense(LogSenseAppender appender) {
    return Objects.requireNonNull(appender.engine(), "an appender that was started has an engine");
  }

  @Bean
  RecentFindings logSenseRecentFindings() {
    return new RecentFindings();
  }

  @Bean
  FindingListeners logSenseFindingListeners(ObjectProvider<Consumer<Finding>> listeners) {
    return new FindingListeners(listeners);
  }

  /** Where somebody is to be notified. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnBean(Notifier.class)
  static class Notifying {
    /** Of every new problem at its first event: the engine, which counts on, is older than this. */
    @Bean
    @ConditionalOnMissingBean
    Alerts logSenseAlerts(ObjectProvider<Notifier> notifiers, LogSenseProperties properties) {
      Notifier[] all = notifiers.orderedStream().toArray(Notifier[]::new);
      AlertPolicy policy = AlertPolicy.defaults().newWhen(1, Duration.ZERO);
      Path directory = properties.stateDirectory();
      return directory == null
          ? Alerts.inMemory(policy, all)
          : Alerts.open(directory.resolve("alerts"), policy, all);
    }

    @Bean
    Consumer<Finding> logSenseAlerting(Alerts alerts) {
      return alerts::accept;
    }
  }

  /** Where there is Actuator. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
  static class Actuator {
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    LogSenseEndpoint logSenseEndpoint(LogSense sense, RecentFindings findings) {
      return new LogSenseEndpoint(sense, findings);
    }
  }

  /** Where there is Spring Boot 4 with health indicators. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(HealthIndicator.class)
  @ConditionalOnEnabledHealthIndicator("logsense")
  static class Health {
    @Bean
    @ConditionalOnMissingBean(name = "logSenseHealthIndicator")
    HealthIndicator logSenseHealthIndicator(
        LogSense sense, RecentFindings findings, LogSenseProperties properties) {
      return new LogSenseHealthIndicator(sense, findings, properties.health(), Clock.systemUTC());
    }
  }

  /** Where there is Micrometer. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(MeterBinder.class)
  static class Meters {
    @Bean
    @ConditionalOnMissingBean
    LogSenseMetrics logSenseMetrics(LogSenseAppender appender) {
      return new LogSenseMetrics(List.of(appender));
    }
  }

  /** Whether Logback is behind SLF4J. */
  static final class OnLogback extends SpringBootCondition {
    @Override
    public ConditionOutcome getMatchOutcome(
        ConditionContext context, AnnotatedTypeMetadata metadata) {
      boolean matches = RootAppender.loggers() != null;
      return new ConditionOutcome(
          matches,
          ConditionMessage.of(matches ? "logs with Logback" : "does not log with Logback"));
    }
  }
}

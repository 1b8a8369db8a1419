package io.logsense.spring;

import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;

/**
 * Attaches the appender right after Spring Boot has set up logging, each time it does: so that what
 * goes wrong while the application starts is counted as well.
 */
final class LogSenseApplicationListener
    implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
  private static final boolean LOGBACK_IS_THERE =
      ClassUtils.isPresent(
          "ch.qos.logback.classic.LoggerContext",
          LogSenseApplicationListener.class.getClassLoader());

  @Override
  public int getOrder() {
    return LoggingApplicationListener.DEFAULT_ORDER + 1;
  }

  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    if (!LOGBACK_IS_THERE) {
      return;
    }
    LoggerContext loggers = RootAppender.loggers();
    LogSenseProperties properties =
        Binder.get(event.getEnvironment()).bindOrCreate("logsense", LogSenseProperties.class);
    if (loggers != null && properties.enabled()) {
      Class<?> main = event.getSpringApplication().getMainApplicationClass();
      RootAppender.attach(
          loggers,
          properties,
          main == null || main.getPackageName().isEmpty()
              ? List.of()
              : List.of(main.getPackageName()));
    }
  }
}

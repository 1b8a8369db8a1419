package io.logsense.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.logsense.Analysis;
import io.logsense.inprocess.AppenderSettings;
import io.logsense.inprocess.EventPath;
import io.logsense.inprocess.LogTap;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** Counts what is logged through Logback. Found through {@link java.util.ServiceLoader}. */
public final class LogbackTap implements LogTap {
  /** For {@link java.util.ServiceLoader}. */
  public LogbackTap() {}

  @Override
  public boolean isInUse() {
    return LoggerFactory.getILoggerFactory() instanceof LoggerContext;
  }

  @Override
  public Opened open(AppenderSettings settings, Consumer<String> warnings) {
    Tap tap =
        new Tap(
            (LoggerContext) LoggerFactory.getILoggerFactory(),
            EventPath.counting(settings, LogbackEvents.READER, warnings));
    tap.attach();
    return tap;
  }

  /** An appender that a reset of its context, as by Spring Boot, does not remove for long. */
  private static final class Tap extends UnsynchronizedAppenderBase<ILoggingEvent>
      implements Opened {
    private final LoggerContext loggers;
    private final EventPath<ILoggingEvent> path;
    private final Again again = new Again();

    Tap(LoggerContext loggers, EventPath<ILoggingEvent> path) {
      this.loggers = loggers;
      this.path = path;
      setContext(loggers);
      loggers.addListener(again);
    }

    private Logger root() {
      return loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private void attach() {
      start();
      root().addAppender(this);
    }

    @Override
    public void doAppend(ILoggingEvent event) {
      path.append(event);
    }

    @Override
    protected void append(ILoggingEvent event) {
      path.append(event);
    }

    @Override
    public Analysis stopCounting() {
      loggers.removeListener(again);
      root().detachAppender(this);
      return path.finish();
    }

    private final class Again implements LoggerContextListener {
      @Override
      public boolean isResetResistant() {
        return true;
      }

      @Override
      public void onReset(LoggerContext context) {
        attach();
      }

      @Override
      public void onStart(LoggerContext context) {}

      @Override
      public void onStop(LoggerContext context) {}

      @Override
      public void onLevelChange(Logger logger, Level level) {}
    }
  }
}

package io.logsense.log4j2;

import io.logsense.Analysis;
import io.logsense.inprocess.AppenderSettings;
import io.logsense.inprocess.EventPath;
import io.logsense.inprocess.LogTap;
import java.beans.PropertyChangeListener;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** Counts what is logged through Log4j2. Found through {@link java.util.ServiceLoader}. */
public final class Log4jTap implements LogTap {
  /** For {@link java.util.ServiceLoader}. */
  public Log4jTap() {}

  @Override
  public boolean isInUse() {
    return LogManager.getContext(false) instanceof LoggerContext;
  }

  @Override
  public Opened open(AppenderSettings settings, Consumer<String> warnings) {
    Tap tap =
        new Tap(
            (LoggerContext) LogManager.getContext(false),
            EventPath.counting(settings, Log4jEvents.READER, warnings));
    tap.start();
    tap.attach();
    return tap;
  }

  /** An appender that belongs to no configuration, so that none stops it. */
  private static final class Tap extends AbstractAppender implements Opened {
    private final LoggerContext loggers;
    private final EventPath<LogEvent> path;
    private final PropertyChangeListener again =
        event -> {
          if (LoggerContext.PROPERTY_CONFIG.equals(event.getPropertyName())) {
            attach();
          }
        };

    Tap(LoggerContext loggers, EventPath<LogEvent> path) {
      super("logsense-tap", null, null, true, Property.EMPTY_ARRAY);
      this.loggers = loggers;
      this.path = path;
      loggers.addPropertyChangeListener(again);
    }

    private void attach() {
      loggers.getConfiguration().getRootLogger().addAppender(this, null, null);
    }

    @Override
    public void append(LogEvent event) {
      path.append(event);
    }

    @Override
    public Analysis stopCounting() {
      loggers.removePropertyChangeListener(again);
      loggers.getConfiguration().getRootLogger().removeAppender(getName());
      stop();
      return path.finish();
    }
  }
}

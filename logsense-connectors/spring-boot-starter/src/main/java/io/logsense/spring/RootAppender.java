package io.logsense.spring;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.util.Duration;
import io.logsense.LogSense;
import io.logsense.logback.LogSenseAppender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The appender between the root logger and its own appenders.
 *
 * <p>It wraps them instead of standing beside them, since only so can it add to events and leave
 * out those of floods. Like an appender that is configured in a file it lives as long as the
 * logging system and not as long as an application context: what is logged while a context closes
 * is counted.
 */
final class RootAppender {
  static final String NAME = "LOGSENSE";

  private RootAppender() {}

  /** Logback's context, null when something else is behind SLF4J. */
  static @Nullable LoggerContext loggers() {
    return LoggerFactory.getILoggerFactory() instanceof LoggerContext loggers ? loggers : null;
  }

  /** The appender that is there already, be it from here or from a file. */
  static Optional<LogSenseAppender> find(LoggerContext loggers) {
    return find(root(loggers));
  }

  private static Optional<LogSenseAppender> find(AppenderAttachable<ILoggingEvent> parent) {
    for (Appender<ILoggingEvent> appender : appenders(parent)) {
      if (appender instanceof LogSenseAppender found) {
        return Optional.of(found);
      }
      if (appender instanceof AppenderAttachable<?>) {
        @SuppressWarnings("unchecked") // an appender of events wraps appenders of events
        var wrapper = (AppenderAttachable<ILoggingEvent>) appender;
        Optional<LogSenseAppender> found = find(wrapper);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** Wraps the appenders of the root logger, unless that is done already. */
  static LogSenseAppender attach(
      LoggerContext loggers, LogSenseProperties properties, List<String> mainPackages) {
    return find(loggers).orElseGet(() -> wrap(loggers, properties, mainPackages));
  }

  private static LogSenseAppender wrap(
      LoggerContext loggers, LogSenseProperties properties, List<String> mainPackages) {
    Logger root = root(loggers);
    List<Appender<ILoggingEvent>> wrapped = appenders(root);
    LogSenseAppender appender = appender(properties, mainPackages);
    appender.setContext(loggers);
    wrapped.forEach(appender::addAppender);
    appender.start();
    if (!appender.isStarted()) {
      throw new IllegalStateException(
          "LogSense did not start: " + loggers.getStatusManager().getCopyOfStatusList());
    }
    root.addAppender(appender); // first: an event in between is rather written twice than never
    wrapped.forEach(root::detachAppender);
    return appender;
  }

  private static LogSenseAppender appender(
      LogSenseProperties properties, List<String> mainPackages) {
    LogSenseAppender appender = new LogSenseAppender();
    appender.setName(NAME);
    List<String> inApp = properties.inApp().isEmpty() ? mainPackages : properties.inApp();
    appender.setInApp(String.join(",", inApp));
    appender.setEnrich(properties.enrich());
    appender.setEnrichFrom(Level.toLevel(properties.enrichFrom().name()));
    appender.setReduce(properties.reduce().enabled());
    appender.setReduceFirst(properties.reduce().first());
    appender.setReduceFurther(properties.reduce().further());
    appender.setReducePeriod(new Duration(properties.reduce().period().toMillis()));
    appender.setQueueSize(properties.queue().size());
    appender.setWhenFull(properties.queue().whenFull());
    appender.setBlockTimeout(new Duration(properties.queue().blockTimeout().toMillis()));
    appender.setOnFinding(FindingListeners::tell);
    if (properties.stateDirectory() != null) {
      appender.setEngine(new State(properties.stateDirectory()));
    }
    return appender;
  }

  private static Logger root(LoggerContext loggers) {
    return loggers.getLogger(Logger.ROOT_LOGGER_NAME);
  }

  private static List<Appender<ILoggingEvent>> appenders(AppenderAttachable<ILoggingEvent> parent) {
    List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
    for (Iterator<Appender<ILoggingEvent>> all = parent.iteratorForAppenders(); all.hasNext(); ) {
      appenders.add(all.next());
    }
    return appenders;
  }

  /** What is kept from one run to the next. Equal for the same directory. */
  private record State(Path directory) implements Consumer<LogSense.Builder> {
    @Override
    public void accept(LogSense.Builder engine) {
      try {
        Files.createDirectories(directory);
      } catch (IOException e) {
        throw new UncheckedIOException("logsense.state-directory cannot be made", e);
      }
      engine.baselines(directory.resolve("baselines"));
    }
  }
}

package io.logsense.log4j2;

import io.logsense.LogSense;
import io.logsense.api.telemetry.Measure;
import io.logsense.api.telemetry.Measured;
import io.logsense.inprocess.AppenderSettings;
import io.logsense.inprocess.EventPath;
import io.logsense.inprocess.EventWriter;
import io.logsense.inprocess.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.Core;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.appender.AsyncAppender;
import org.apache.logging.log4j.core.config.AppenderRef;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginBuilderFactory;
import org.apache.logging.log4j.core.impl.ContextDataFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.apache.logging.log4j.util.StringMap;
import org.jspecify.annotations.Nullable;

/**
 * Identifies and counts the events that go through it to the appenders it wraps.
 *
 * <pre>{@code
 * <LogSense name="LOGSENSE">
 *   <AppenderRef ref="JSON"/>
 * </LogSense>
 * }</pre>
 *
 * <p>Events of {@link LogSenseAppenderBuilder#setEnrichFrom WARN} or worse are passed on with
 * {@code logsense.fingerprint}, {@code logsense.template}, {@code logsense.group.count} and {@code
 * logsense.new} in their context data; all others as they are. With {@link
 * LogSenseAppenderBuilder#setReduce reduce}, floods are cut down to summaries.
 *
 * <p>Runs in the thread that logs, or in that of Log4j2's asynchronous loggers, holds no lock and
 * keeps nothing in a thread. With a {@link LogSenseAppenderBuilder#setQueueSize queue}, the wrapped
 * appenders run in a thread of their own. No exception leaves it, neither one of LogSense nor one
 * of a wrapped appender. An appender of the same name in the next configuration of its context goes
 * on with its engine and counts.
 */
@Plugin(
    name = LogSenseAppender.PLUGIN,
    category = Core.CATEGORY_NAME,
    elementType = Appender.ELEMENT_TYPE,
    printObject = true)
public final class LogSenseAppender extends AbstractAppender implements Measured {
  static final String PLUGIN = "LogSense";

  private final AppenderRef[] references;
  private final Configuration configuration;
  private final EventPath<LogEvent> path;
  private volatile List<WrappedAppender> wrapped = List.of();

  LogSenseAppender(
      String name,
      @Nullable Filter filter,
      AppenderRef[] references,
      Configuration configuration,
      AppenderSettings settings) {
    super(name, filter, null, true, Property.EMPTY_ARRAY);
    this.references = references;
    this.configuration = configuration;
    path = new EventPath<>(settings, Log4jEvents.READER, new Writer());
  }

  /** A builder, which Log4j2 fills from a configuration, or the application by code. */
  @PluginBuilderFactory
  public static LogSenseAppenderBuilder newBuilder() {
    return new LogSenseAppenderBuilder();
  }

  /** The engine with all groups; null before the start. */
  public @Nullable LogSense engine() {
    return path.engine();
  }

  /** How many events were dropped for want of room in the queue. */
  public long dropped() {
    return path.dropped();
  }

  @Override
  public List<Measure> measures() {
    return path.measures();
  }

  @Override
  public void start() {
    if (isStarted()) {
      return;
    }
    wrapped = resolve();
    LoggerContext context = configuration.getLoggerContext();
    Object earlier = context == null ? null : context.getObject(key());
    try {
      path.start(earlier instanceof LogSenseAppender appender ? appender.path : null);
    } catch (RuntimeException e) {
      LOGGER.error("{}: not started", getName(), e);
      return;
    }
    if (context != null) {
      context.putObject(key(), this);
    }
    BeforeAppendersStop.run(configuration, getName(), this::flush);
    super.start();
  }

  /**
   * Takes what asynchronous appenders in front of it still have, then writes the last summaries.
   */
  private void flush() {
    for (Appender appender : configuration.getAppenders().values()) {
      if (appender instanceof AsyncAppender async
          && List.of(async.getAppenderRefStrings()).contains(getName())) {
        async.stop();
      }
    }
    path.flush();
  }

  private String key() {
    return LogSenseAppender.class.getName() + "." + getName();
  }

  private List<WrappedAppender> resolve() {
    List<WrappedAppender> found = new ArrayList<>(references.length);
    for (AppenderRef ref : references) {
      Appender appender = configuration.getAppender(ref.getRef());
      if (appender == null) {
        LOGGER.error("{}: no appender named {} to pass events on to", getName(), ref.getRef());
      } else {
        found.add(WrappedAppender.of(ref, appender));
      }
    }
    if (found.isEmpty()) {
      LOGGER.warn("{}: no <AppenderRef>: events are counted, but written nowhere", getName());
    }
    return List.copyOf(found);
  }

  /**
   * Writes what is queued and the last summaries. The configuration stops the wrapped appenders.
   */
  @Override
  public boolean stop(long timeout, TimeUnit unit) {
    if (isStarted()) {
      setStopping();
      LogSense engine = path.engine();
      if (!path.stop() && engine != null) {
        LoggerContext context = configuration.getLoggerContext();
        if (context != null) {
          context.removeObject(key(), this);
        }
        engine.close();
      }
      wrapped.forEach(WrappedAppender::stop);
      super.stop(timeout, unit, false);
      setStopped();
    }
    return true;
  }

  @Override
  public void append(LogEvent event) {
    path.append(event);
  }

  @Override
  public boolean requiresLocation() {
    return wrapped.stream().anyMatch(WrappedAppender::requiresLocation);
  }

  /** Copies an event only to add to it, or to hand it to another thread. */
  private final class Writer implements EventWriter<LogEvent> {
    @Override
    public void write(LogEvent event) {
      RuntimeException failure = null;
      for (WrappedAppender appender : wrapped) {
        try {
          appender.append(event);
        } catch (RuntimeException e) {
          failure = e;
        }
      }
      if (failure != null) {
        throw failure;
      }
    }

    @Override
    public LogEvent enrich(LogEvent event, Map<String, Object> facts) {
      StringMap context = ContextDataFactory.createContextData(event.getContextData());
      facts.forEach((name, value) -> context.putValue(name, String.valueOf(value)));
      return new Log4jLogEvent.Builder(event).setContextData(context).build();
    }

    @Override
    public LogEvent detach(LogEvent event) {
      LogEvent memento = Log4jLogEvent.createMemento(event, requiresLocation());
      if (memento.getMessage() != null) {
        memento.getMessage().getFormattedMessage(); // while the arguments are what they were
      }
      return memento;
    }

    @Override
    public LogEvent event(Summary summary) {
      return Log4jLogEvent.newBuilder()
          .setLoggerName(summary.group().logger())
          .setLevel(Log4jEvents.level(summary.severity()))
          .setThreadName(Thread.currentThread().getName())
          .setMessage(new SimpleMessage(summary.text() + " [" + summary.group().id() + "]"))
          .setTimeMillis(summary.latest().toEpochMilli())
          .setContextData(ContextDataFactory.emptyFrozenContextData())
          .build();
    }

    @Override
    public void warn(String problem, @Nullable Throwable cause) {
      LOGGER.warn("{}: {}", getName(), problem, cause);
    }
  }
}

package io.logsense.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.AppenderAttachableImpl;
import ch.qos.logback.core.spi.FilterReply;
import ch.qos.logback.core.util.Duration;
import io.logsense.LogSense;
import io.logsense.inprocess.AppenderOutlet;
import io.logsense.inprocess.EventIntake;
import io.logsense.inprocess.Reduction;
import io.logsense.inprocess.Sighting;
import io.logsense.inprocess.Summary;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Identifies and counts the events that go through it to the appenders it wraps.
 *
 * <pre>{@code
 * <appender name="LOGSENSE" class="io.logsense.logback.LogSenseAppender">
 *   <appender-ref ref="JSON"/>
 * </appender>
 * }</pre>
 *
 * <p>Events of {@link #setEnrichFrom WARN} or worse are passed on with {@code
 * logsense.fingerprint}, {@code logsense.template}, {@code logsense.group.count} and {@code
 * logsense.new}; all others as they are. With {@link #setReduce reduce}, floods are cut down to
 * summaries.
 *
 * <p>Runs in the thread that logs, holds no lock and keeps nothing in a thread. No exception leaves
 * it, neither one of LogSense nor one of a wrapped appender.
 */
public final class LogSenseAppender extends UnsynchronizedAppenderBase<ILoggingEvent>
    implements AppenderAttachable<ILoggingEvent> {
  private final AppenderAttachableImpl<ILoggingEvent> appenders = new AppenderAttachableImpl<>();
  private final AtomicBoolean failureSaid = new AtomicBoolean();
  private String[] inApp = {};
  private Enrichment enrich = Enrichment.MDC;
  private Level enrichFrom = Level.WARN;
  private boolean reduce;
  private int reduceFirst = 10;
  private int reduceFurther = 1;
  private Duration reducePeriod = Duration.buildByMinutes(1);
  private Duration stopDeadline = Duration.buildBySeconds(5);
  private Consumer<LogSense.Builder> engine = builder -> {};
  private @Nullable EventIntake<ILoggingEvent> intake;

  /** Makes an appender that Logback or the application sets up and starts. */
  public LogSenseAppender() {}

  /**
   * Names the packages of the application, divided by commas. Without any, everything is the
   * application's but well-known frameworks.
   */
  public void setInApp(String packages) {
    inApp = packages.isBlank() ? new String[0] : packages.strip().split("\\s*,\\s*");
  }

  /** Sets where events are enriched. Default {@link Enrichment#MDC}. */
  public void setEnrich(Enrichment value) {
    enrich = value;
  }

  /** Sets the lowest level of events that are enriched. Default WARN. */
  public void setEnrichFrom(Level value) {
    enrichFrom = value;
  }

  /** Sets whether events of floods are left out and summarised. Default false. */
  public void setReduce(boolean value) {
    reduce = value;
  }

  /** Sets how many events of a group are written in full at first. Default 10. */
  public void setReduceFirst(int events) {
    reduceFirst = events;
  }

  /** Sets how many more are written in full in each period of a flood. Default 1. */
  public void setReduceFurther(int events) {
    reduceFurther = events;
  }

  /** Sets the time between the summaries of a group, at least a second. Default 1 minute. */
  public void setReducePeriod(Duration value) {
    reducePeriod = value;
  }

  /** Sets how long {@link #stop} waits for the last summaries. Default 5 seconds. */
  public void setStopDeadline(Duration value) {
    stopDeadline = value;
  }

  /** Sets up the engine further, by code: limits, detectors, who is told of findings. */
  public void setEngine(Consumer<LogSense.Builder> customiser) {
    engine = customiser;
  }

  /** The engine: groups and findings; null before the appender was started. */
  public @Nullable LogSense engine() {
    return intake == null ? null : intake.engine();
  }

  @Override
  public void start() {
    if (started) {
      return;
    }
    if (!appenders.iteratorForAppenders().hasNext()) {
      addWarn("no <appender-ref>: events are counted, but written nowhere");
    }
    try {
      EventIntake<ILoggingEvent> made =
          EventIntake.builder(LogbackEvents.READER)
              .inApp(inApp)
              .engine(engine)
              .reduction(reduction())
              .build(new Outlet());
      made.start();
      intake = made;
    } catch (RuntimeException e) {
      addError("not started; events are passed on as they are", e);
    }
    super.start();
  }

  private @Nullable Reduction reduction() {
    return reduce
        ? new Reduction(
            reduceFirst, reduceFurther, java.time.Duration.ofMillis(reducePeriod.getMilliseconds()))
        : null;
  }

  /** Writes the last summaries and stops the wrapped appenders. */
  @Override
  public void stop() {
    if (!started) {
      return;
    }
    started = false;
    EventIntake<ILoggingEvent> last = intake;
    if (last != null) {
      if (!last.stop(java.time.Duration.ofMillis(stopDeadline.getMilliseconds()))) {
        addWarn("a wrapped appender did not take the last summaries within " + stopDeadline);
      }
      last.engine().close();
    }
    super.stop();
    appenders.detachAndStopAllAppenders();
  }

  /** Not that of the base class, whose guard leaves a value in each thread. */
  @Override
  public void doAppend(ILoggingEvent event) {
    EventIntake<ILoggingEvent> to = intake;
    if (!started || to == null) {
      if (started) {
        append(event);
      }
      return;
    }
    if (to.enter()) {
      try {
        if (getFilterChainDecision(event) != FilterReply.DENY) {
          append(event);
        }
      } finally {
        to.exit();
      }
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    EventIntake<ILoggingEvent> to = intake;
    Sighting sighting =
        to == null || event.getLoggerName().startsWith(EventIntake.OWN_LOGGERS)
            ? null
            : to.add(event);
    if (sighting == null) {
      write(event);
    } else if (!sighting.isReduced()) {
      write(
          event.getLevel().isGreaterOrEqual(enrichFrom) && enrich != Enrichment.NONE
              ? enrich.add(event, Enrichment.facts(sighting))
              : event);
    }
  }

  private void write(ILoggingEvent event) {
    try {
      appenders.appendLoopOnAppenders(event);
    } catch (RuntimeException e) {
      if (failureSaid.compareAndSet(false, true)) {
        addError("a wrapped appender failed; said only once", e);
      }
    }
  }

  @Override
  public void addAppender(Appender<ILoggingEvent> appender) {
    appenders.addAppender(appender);
  }

  @Override
  public Iterator<Appender<ILoggingEvent>> iteratorForAppenders() {
    return appenders.iteratorForAppenders();
  }

  @Override
  public @Nullable Appender<ILoggingEvent> getAppender(String appenderName) {
    return appenders.getAppender(appenderName);
  }

  @Override
  public boolean isAttached(Appender<ILoggingEvent> appender) {
    return appenders.isAttached(appender);
  }

  @Override
  public void detachAndStopAllAppenders() {
    appenders.detachAndStopAllAppenders();
  }

  @Override
  public boolean detachAppender(Appender<ILoggingEvent> appender) {
    return appenders.detachAppender(appender);
  }

  @Override
  public boolean detachAppender(String appenderName) {
    return appenders.detachAppender(appenderName);
  }

  /** Summaries as events of Logback, warnings as its statuses. */
  private final class Outlet implements AppenderOutlet {
    @Override
    public void write(Summary summary) {
      LoggingEvent event = new LoggingEvent();
      event.setLoggerName(summary.group().logger());
      event.setThreadName(Thread.currentThread().getName());
      event.setLevel(LogbackEvents.level(summary.severity()));
      event.setMessage(summary.text() + " [" + summary.group().id() + "]");
      event.setInstant(Enrichment.lastSeen(summary));
      if (context instanceof LoggerContext loggers) {
        event.setLoggerContext(loggers);
        event.setLoggerContextRemoteView(loggers.getLoggerContextRemoteView());
      }
      LogSenseAppender.this.write(enrich.add(event, Enrichment.facts(summary)));
    }

    @Override
    public void warn(String problem, @Nullable Throwable cause) {
      addWarn(problem, cause);
    }
  }
}

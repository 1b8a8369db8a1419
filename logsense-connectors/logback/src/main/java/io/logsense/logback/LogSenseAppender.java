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
import io.logsense.api.finding.Finding;
import io.logsense.api.telemetry.Measure;
import io.logsense.api.telemetry.Measured;
import io.logsense.inprocess.AppenderOutlet;
import io.logsense.inprocess.EventIntake;
import io.logsense.inprocess.Reduction;
import io.logsense.inprocess.Sighting;
import io.logsense.inprocess.Summary;
import io.logsense.inprocess.WhenFull;
import io.logsense.inprocess.WriteQueue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
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
 * <p>Runs in the thread that logs, holds no lock and keeps nothing in a thread. With a {@link
 * #setQueueSize queue}, the wrapped appenders run in a thread of their own. No exception leaves it,
 * neither one of LogSense nor one of a wrapped appender. Its settings are those of the last {@link
 * #start}.
 */
public final class LogSenseAppender extends UnsynchronizedAppenderBase<ILoggingEvent>
    implements AppenderAttachable<ILoggingEvent>, Measured {
  private final AppenderAttachableImpl<ILoggingEvent> appenders = new AppenderAttachableImpl<>();
  private final Consumer<ILoggingEvent> handler = this::handle;
  private final Consumer<ILoggingEvent> passer = this::pass;
  private final AtomicBoolean failureSaid = new AtomicBoolean();
  private List<String> inApp = List.of();
  private Enrichment enrich = Enrichment.MDC;
  private Level enrichFrom = Level.WARN;
  private boolean reduce;
  private int reduceFirst = 10;
  private int reduceFurther = 1;
  private Duration reducePeriod = Duration.buildByMinutes(1);
  private int queueSize;
  private WhenFull whenFull = WhenFull.DROP;
  private Duration blockTimeout = Duration.buildByMilliseconds(100);
  private Duration stopDeadline = Duration.buildBySeconds(5);
  private boolean flushAtExit = true;
  private @Nullable Consumer<LogSense.Builder> engine;
  private @Nullable Consumer<Finding> onFinding;
  private @Nullable KeptIntakes kept;
  private @Nullable EventIntake<ILoggingEvent> intake;
  private @Nullable Thread exitHook;
  private volatile @Nullable WriteQueue<ILoggingEvent> queue;

  /** Makes an appender that Logback or the application sets up and starts. */
  public LogSenseAppender() {}

  /**
   * Names the packages of the application, divided by commas. Without any, everything is the
   * application's but well-known frameworks.
   */
  public void setInApp(String packages) {
    inApp =
        Arrays.stream(packages.split(",")).map(String::strip).filter(p -> !p.isEmpty()).toList();
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

  /**
   * Sets how many events wait at most for the wrapped appenders, which then run in a thread of
   * their own. Default 0: they run in the thread that logs.
   */
  public void setQueueSize(int events) {
    queueSize = events;
  }

  /** Sets what happens to an event when the queue is full. Default {@link WhenFull#DROP}. */
  public void setWhenFull(WhenFull value) {
    whenFull = value;
  }

  /** Sets how long {@link WhenFull#BLOCK_WITH_TIMEOUT} waits. Default 100 milliseconds. */
  public void setBlockTimeout(Duration value) {
    blockTimeout = value;
  }

  /** Sets how long {@link #stop} waits for what has to be written still. Default 5 seconds. */
  public void setStopDeadline(Duration value) {
    stopDeadline = value;
  }

  /**
   * Sets whether a queue and summaries are written when the JVM exits, though nobody stopped the
   * context. Default true.
   */
  public void setFlushAtExit(boolean value) {
    flushAtExit = value;
  }

  /**
   * Is told of findings: new problems, spikes, silence. In a thread of its own, which may block.
   */
  public void setOnFinding(Consumer<Finding> listener) {
    onFinding = listener;
  }

  /** Sets up the engine further, by code: limits, detectors, clusters. */
  public void setEngine(Consumer<LogSense.Builder> customiser) {
    engine = customiser;
  }

  /** The engine with all groups; null before the first start. */
  public @Nullable LogSense engine() {
    return intake == null ? null : intake.engine();
  }

  /** How many events were dropped for want of room in the queue. */
  public long dropped() {
    WriteQueue<ILoggingEvent> to = queue;
    return to == null ? 0 : to.dropped();
  }

  /** The numbers of the engine and of the appender; none before the first start. */
  @Override
  public List<Measure> measures() {
    if (intake == null) {
      return List.of();
    }
    List<Measure> measures = new ArrayList<>(intake.measures());
    measures.add(
        Measure.counter(
            "logsense.appender.dropped",
            "{event}",
            "Events dropped for want of room in the queue.",
            this::dropped));
    return measures;
  }

  @Override
  public void start() {
    if (started) {
      return;
    }
    if (!appenders.iteratorForAppenders().hasNext()) {
      addWarn("no <appender-ref>: events are counted, but written nowhere");
    }
    KeptIntakes intakes = KeptIntakes.of(context);
    try {
      EventIntake<ILoggingEvent> made =
          builder()
              .inApp(inApp)
              .onFinding(onFinding)
              .reduction(reduction())
              .continuing(intakes.take(keptName()))
              .build(new Outlet());
      made.start();
      kept = intakes;
      intake = made;
      queue = queueSize > 0 ? queue(made) : null;
      if (flushAtExit && (reduce || queueSize > 0)) {
        exitHook = new Thread(this::flush, "logsense-exit");
        Runtime.getRuntime().addShutdownHook(exitHook);
      }
    } catch (RuntimeException e) {
      addError("not started", e);
      return;
    }
    super.start();
  }

  private EventIntake.Builder<ILoggingEvent> builder() {
    EventIntake.Builder<ILoggingEvent> builder = EventIntake.builder(LogbackEvents.READER);
    return engine == null ? builder : builder.engine(engine);
  }

  private String keptName() {
    return name == null ? "" : name;
  }

  private @Nullable Reduction reduction() {
    return reduce ? new Reduction(reduceFirst, reduceFurther, time(reducePeriod)) : null;
  }

  private WriteQueue<ILoggingEvent> queue(EventIntake<ILoggingEvent> of) {
    WriteQueue<ILoggingEvent> made =
        new WriteQueue<>(
            "logsense-writer",
            queueSize,
            whenFull,
            time(blockTimeout),
            event -> of.guarded(event, passer),
            this::addWarn);
    made.start();
    return made;
  }

  private static java.time.Duration time(Duration duration) {
    return java.time.Duration.ofMillis(duration.getMilliseconds());
  }

  /** Writes what is queued and the last summaries, then stops the wrapped appenders. */
  @Override
  public void stop() {
    if (!started) {
      return;
    }
    started = false;
    removeExitHook();
    flush();
    if (intake != null && kept != null) {
      kept.keep(keptName(), intake);
    }
    super.stop();
    appenders.detachAndStopAllAppenders();
  }

  /** Writes what has to be written; what is logged from now on is written in full and at once. */
  private void flush() {
    EventIntake<ILoggingEvent> last = intake;
    if (last != null && !last.stop(time(stopDeadline))) {
      addWarn("summaries or findings were not taken within " + stopDeadline);
    }
    WriteQueue<ILoggingEvent> to = queue;
    if (to != null) {
      to.stop(time(stopDeadline));
    }
  }

  private void removeExitHook() {
    Thread hook = exitHook;
    exitHook = null;
    if (hook != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The JVM is exiting: the hook runs.
      }
    }
  }

  /** Not that of the base class, whose guard leaves a value in each thread. */
  @Override
  public void doAppend(ILoggingEvent event) {
    EventIntake<ILoggingEvent> to = intake;
    if (started && to != null) {
      to.guarded(event, handler);
    }
  }

  private void handle(ILoggingEvent event) {
    if (getFilterChainDecision(event) != FilterReply.DENY) {
      append(event);
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    Sighting sighting = sighting(event);
    if (sighting == null) {
      write(event);
    } else if (!sighting.isReduced()) {
      write(event.getLevel().isGreaterOrEqual(enrichFrom) ? enriched(event, sighting) : event);
    }
  }

  private ILoggingEvent enriched(ILoggingEvent event, Sighting sighting) {
    long count = sighting.group().count(); // as of now, not of when it is written
    return enrich.add(event, () -> sighting.facts(count));
  }

  private @Nullable Sighting sighting(ILoggingEvent event) {
    EventIntake<ILoggingEvent> to = intake;
    return to == null || event.getLoggerName().startsWith(EventIntake.OWN_LOGGERS)
        ? null
        : to.add(event);
  }

  private void write(ILoggingEvent event) {
    WriteQueue<ILoggingEvent> to = queue;
    if (to == null) {
      pass(event);
      return;
    }
    event.prepareForDeferredProcessing();
    if (!to.put(event)) {
      pass(event);
    }
  }

  private void pass(ILoggingEvent event) {
    try {
      appenders.appendLoopOnAppenders(event);
    } catch (Throwable e) { // of an appender that does not guard itself: the host goes on
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
      event.setInstant(summary.latest());
      if (context instanceof LoggerContext loggers) {
        event.setLoggerContext(loggers);
        event.setLoggerContextRemoteView(loggers.getLoggerContextRemoteView());
      }
      ILoggingEvent enriched = enrich.add(event, summary::facts);
      WriteQueue<ILoggingEvent> to = queue;
      if (to == null || !to.putAlways(enriched)) {
        pass(enriched);
      }
    }

    @Override
    public void warn(String problem, @Nullable Throwable cause) {
      addWarn(problem, cause);
    }
  }
}

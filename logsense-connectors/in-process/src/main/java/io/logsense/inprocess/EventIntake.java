package io.logsense.inprocess;

import io.logsense.Fingerprinters;
import io.logsense.Limits;
import io.logsense.LogSense;
import io.logsense.Maskers;
import io.logsense.api.finding.Finding;
import io.logsense.api.mask.Masker;
import io.logsense.api.telemetry.Measure;
import io.logsense.api.telemetry.Measured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an appender does with events before it writes them: identifies and counts them, and decides
 * which are left out of a flood.
 *
 * <p>A logging library's appender does everything it does with an event within {@link #guarded},
 * and asks {@link #add} what became of it. Nothing here throws, takes a lock that is held over I/O,
 * or waits for room in a queue: there is none. What the engine has to be told later is told by one
 * daemon thread, each second.
 *
 * <p>Thread-safe.
 *
 * @param <E> the logging library's event
 */
public final class EventIntake<E> implements Measured {
  /** The loggers of LogSense itself: their events are written, but never counted. */
  public static final String OWN_LOGGERS = "io.logsense.";

  private final SharedEngine engine;
  private final EventGroups<E> groups;
  private final AppenderOutlet outlet;
  private final @Nullable WriteQueue<Finding> findings;
  private final Timer timer;
  private final ReentryGuard guard = new ReentryGuard();
  private final AtomicLong reentries = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicBoolean reentrySaid = new AtomicBoolean();
  private final AtomicBoolean failureSaid = new AtomicBoolean();

  private EventIntake(Builder<E> config, AppenderOutlet outlet) {
    this.outlet = outlet;
    EventIntake<?> earlier = config.earlier;
    if (earlier != null && !earlier.engine.isSetUpAs(config.setup())) {
      earlier.engine.logSense().close();
      earlier = null;
    }
    engine = earlier == null ? config.newEngine() : earlier.engine;
    groups =
        new EventGroups<>(
            config.reader,
            Fingerprinters.javaFrames().inApp(config.inApp.toArray(String[]::new)),
            config.masker,
            engine,
            Limits.defaults().groups(),
            config.reduction,
            earlier == null ? null : earlier.groups);
    findings =
        config.onFinding == null
            ? null
            : SharedEngine.queue(
                config.onFinding, this::fail, problem -> outlet.warn("findings: " + problem, null));
    timer = new Timer(this::flush, this::summarise, this::finish, config.reduction);
  }

  /** A builder of what counts the events that {@code reader} reads. */
  public static <E> Builder<E> builder(EventReader<E> reader) {
    return new Builder<>(reader);
  }

  /** Begins to tell the engine of what was counted, and to write summaries. Once. */
  public void start() {
    if (findings != null) {
      findings.start();
    }
    engine.sendFindingsTo(findings);
    engine.logSense().start();
    timer.start();
  }

  /**
   * Has {@code handler} handle an event, unless the calling thread is handling one already: then
   * the event was logged by an argument's {@code toString()} or by whatever writes, and is dropped.
   * That is counted and said once.
   */
  public void guarded(E event, Consumer<E> handler) {
    if (!guard.run(handler, event)) {
      reentries.getAndIncrement();
      if (reentrySaid.compareAndSet(false, true)) {
        outlet.warn("dropping events that are logged while another is being written", null);
      }
    }
  }

  /**
   * Counts an event.
   *
   * @return what became of it; null when a filter of the engine left it out or when it could not be
   *     counted, which is said once: it is written as it is
   */
  public @Nullable Sighting add(E event) {
    try {
      return groups.add(event);
    } catch (Throwable e) { // of the application's toString() or a fault here: the host goes on
      fail(e);
      return null;
    }
  }

  /**
   * Counts no more, tells the engine of everything, and writes the last summaries; events added
   * from now on are all to be written. The engine stays open for {@link Builder#continuing another}
   * intake.
   *
   * @param deadline how long to wait for that, and for who is told of findings
   * @return whether everything was written in time
   */
  public boolean stop(Duration deadline) {
    boolean inTime = timer.stop(deadline);
    engine.sendFindingsTo(null);
    return (findings == null || findings.stop(deadline) == 0) && inTime;
  }

  /** The engine: its groups and findings. */
  public LogSense engine() {
    return engine.logSense();
  }

  /** How many events were counted. */
  public long count() {
    return groups.count();
  }

  /** How many were dropped by {@link #guarded}. */
  public long reentries() {
    return reentries.get();
  }

  /** How many could not be counted. */
  public long failures() {
    return failures.get();
  }

  /** The numbers of the engine, and what was left out, dropped or not counted on the way to it. */
  @Override
  public List<Measure> measures() {
    List<Measure> measures = new ArrayList<>(engine.logSense().measures());
    measures.add(
        Measure.counter(
            "logsense.appender.reduced",
            "{event}",
            "Events left out of the log, for which a summary stands.",
            groups::reduced));
    measures.add(
        Measure.counter(
            "logsense.appender.reentries",
            "{event}",
            "Events dropped because they were logged while another was being written.",
            reentries::get));
    measures.add(
        Measure.counter(
            "logsense.appender.failures",
            "{failure}",
            "Failures to count an event, to write a summary or to tell of a finding.",
            failures::get));
    return measures;
  }

  void flush() {
    groups.flush(this::fail);
  }

  void summarise() {
    groups.summarise(this::writeGuarded);
  }

  private void finish() {
    groups.close();
    flush();
    summarise();
  }

  private void writeGuarded(Summary summary) {
    if (!guard.run(this::write, summary)) {
      write(summary);
    }
  }

  private void write(Summary summary) {
    try {
      outlet.write(summary);
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void fail(Throwable cause) {
    failures.getAndIncrement();
    if (failureSaid.compareAndSet(false, true)) {
      outlet.warn("failed; said only once", cause);
    }
  }

  /**
   * Collects what an intake needs. Not thread-safe.
   *
   * @param <E> the logging library's event
   */
  public static final class Builder<E> {
    private final EventReader<E> reader;
    private List<String> inApp = List.of();
    private final List<Consumer<LogSense.Builder>> customisers = new ArrayList<>();
    private Masker masker = Maskers.standard();
    private @Nullable Consumer<Finding> onFinding;
    private @Nullable Reduction reduction;
    private @Nullable EventIntake<?> earlier;

    private Builder(EventReader<E> reader) {
      this.reader = reader;
    }

    /** Names the packages of the application; without any, all but well-known frameworks count. */
    public Builder<E> inApp(List<String> packages) {
      inApp = List.copyOf(packages);
      return this;
    }

    /** Masks with {@code value} instead of {@link Maskers#standard()}. */
    public Builder<E> masker(Masker value) {
      masker = value;
      return this;
    }

    /**
     * Sets up the engine further. What this class has a method for is set here; listeners that are
     * set there run in the threads that log.
     */
    public Builder<E> engine(Consumer<LogSense.Builder> customiser) {
      customisers.add(customiser);
      return this;
    }

    /**
     * Is told of findings, in a thread of its own. While it is busy, up to 1,000 wait; what is more
     * is dropped, which is said once.
     */
    public Builder<E> onFinding(@Nullable Consumer<Finding> listener) {
      onFinding = listener;
      return this;
    }

    /** Leaves out events of floods. Without it, every event is written. */
    public Builder<E> reduction(@Nullable Reduction value) {
      reduction = value;
      return this;
    }

    /**
     * Goes on with the engine, the groups and the counts of an intake that was stopped, as after a
     * new configuration; null for none. An engine that is not set up as this one is to be is closed
     * instead.
     */
    public Builder<E> continuing(@Nullable EventIntake<?> stopped) {
      earlier = stopped;
      return this;
    }

    /** An intake that is not started yet. */
    public EventIntake<E> build(AppenderOutlet outlet) {
      return new EventIntake<>(this, outlet);
    }

    private List<?> setup() {
      return List.of(inApp, List.copyOf(customisers), masker, onFinding != null);
    }

    private SharedEngine newEngine() {
      LogSense.Builder engine =
          LogSense.builder().inApp(inApp.toArray(String[]::new)).masker(masker);
      customisers.forEach(customiser -> customiser.accept(engine));
      return new SharedEngine(engine, setup(), onFinding != null);
    }
  }
}

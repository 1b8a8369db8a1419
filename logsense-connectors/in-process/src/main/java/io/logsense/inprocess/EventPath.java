package io.logsense.inprocess;

import io.logsense.Analysis;
import io.logsense.LogSense;
import io.logsense.api.telemetry.Measure;
import io.logsense.api.telemetry.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way of events through an appender: they are counted, may be left out, get what is known of
 * them, and are written at once or by a thread of its own. All of an appender but what depends on
 * its library.
 *
 * <p>Thread-safe. Holds no lock while it writes and keeps nothing in a thread. Nothing that the
 * library, the application or LogSense throws leaves {@link #append}.
 *
 * @param <E> the logging library's event
 */
public final class EventPath<E> implements Measured {
  private final AppenderSettings settings;
  private final EventReader<E> reader;
  private final EventWriter<E> writer;
  private final Consumer<E> handler = this::handle;
  private final Consumer<E> passer = this::pass;
  private final AtomicBoolean failureSaid = new AtomicBoolean();
  private volatile @Nullable Counting<E> counting;
  private volatile @Nullable WriteQueue<E> queue;
  private @Nullable Thread exitHook;

  /** A path that is not open yet. */
  public EventPath(AppenderSettings settings, EventReader<E> reader, EventWriter<E> writer) {
    this.settings = settings;
    this.reader = reader;
    this.writer = writer;
  }

  /** An open path on which events are counted and written nowhere. */
  public static <E> EventPath<E> counting(
      AppenderSettings settings, EventReader<E> reader, Consumer<String> warnings) {
    EventPath<E> path = new EventPath<>(settings, reader, new CountOnly<>(warnings));
    path.start(null);
    return path;
  }

  /**
   * Opens the path. Once.
   *
   * @param earlier whose engine and counts it goes on with, as after a new configuration: stopped,
   *     or about to be; null without one. Where the settings ask for another engine, that of {@code
   *     earlier} is closed
   * @throws RuntimeException if the engine cannot be set up as asked for
   */
  public void start(@Nullable EventPath<E> earlier) {
    counting = Counting.of(this, earlier);
    if (settings.queueSize > 0) {
      WriteQueue<E> made =
          new WriteQueue<>(
              "logsense-writer",
              settings.queueSize,
              settings.whenFull,
              settings.blockTimeout,
              this::passGuarded,
              problem -> writer.warn(problem, null));
      made.start();
      queue = made;
    }
    if (settings.flushAtExit && (settings.reduction != null || settings.queueSize > 0)) {
      exitHook = new Thread(this::flush, "logsense-exit");
      Runtime.getRuntime().addShutdownHook(exitHook);
    }
  }

  /** Handles an event. Does nothing before {@link #start}. */
  public void append(E event) {
    Counting<E> to = counting;
    if (to != null) {
      to.intake.guarded(event, handler);
    }
  }

  private void handle(E event) {
    Counting<E> to = counting;
    try {
      if (to != null && writer.accepts(event)) {
        handle(to.intake, event);
      }
    } catch (Throwable e) { // of a filter of the application: the host goes on
      fail(e);
    }
  }

  private void handle(EventIntake<E> intake, E event) {
    Sighting sighting =
        reader.logger(event).startsWith(EventIntake.OWN_LOGGERS) ? null : intake.add(event);
    if (sighting == null) {
      write(event);
    } else if (!sighting.isReduced()) {
      boolean enriched =
          settings.enrichFrom != null && reader.severity(event).atLeast(settings.enrichFrom);
      write(enriched ? enriched(event, sighting) : event);
    }
  }

  private E enriched(E event, Sighting sighting) {
    return writer.enrich(event, sighting.facts(sighting.group().count()));
  }

  private void write(E event) {
    WriteQueue<E> to = queue;
    if (to == null) {
      pass(event);
      return;
    }
    E detached = writer.detach(event);
    if (!to.put(detached)) {
      pass(detached);
    }
  }

  private void write(Summary summary) {
    E event = writer.event(summary);
    E enriched = settings.enrichFrom == null ? event : writer.enrich(event, summary.facts());
    WriteQueue<E> to = queue;
    if (to == null || !to.putAlways(enriched)) {
      pass(enriched);
    }
  }

  /** By the queue's thread, where what is logged while writing must not come back either. */
  private void passGuarded(E event) {
    Counting<E> of = counting;
    if (of != null) {
      of.intake.guarded(event, passer);
    }
  }

  private void pass(E event) {
    try {
      writer.write(event);
    } catch (Throwable e) { // of an appender that does not guard itself: the host goes on
      fail(e);
    }
  }

  private void fail(Throwable cause) {
    if (failureSaid.compareAndSet(false, true)) {
      writer.warn("a wrapped appender failed; said only once", cause);
    }
  }

  /**
   * Writes what is queued and, unless another path goes on with the counts, the last summaries.
   * What is appended from now on is written at once, and in full.
   */
  public void flush() {
    Counting<E> last = counting;
    if (last != null && last.isLast(this) && !last.intake.stop(settings.stopDeadline)) {
      writer.warn("summaries or findings were not taken within " + settings.stopDeadline, null);
    }
    WriteQueue<E> to = queue;
    if (to != null) {
      to.stop(settings.stopDeadline);
    }
  }

  /**
   * Flushes for the last time. The engine stays open.
   *
   * @return whether another path goes on with the engine and the counts
   */
  public boolean stop() {
    removeExitHook();
    flush();
    Counting<E> last = counting;
    return last != null && !last.leave(this);
  }

  /** Stops, closes the engine and answers what was counted. */
  public Analysis finish() {
    Counting<E> of = counting;
    if (of == null) {
      throw new IllegalStateException("the path was not started");
    }
    stop();
    try (LogSense engine = of.intake.engine()) {
      return engine.snapshot();
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

  /** The engine with all groups; null before the start. */
  public @Nullable LogSense engine() {
    Counting<E> of = counting;
    return of == null ? null : of.intake.engine();
  }

  /** How many events were dropped for want of room in the queue. */
  public long dropped() {
    WriteQueue<E> to = queue;
    return to == null ? 0 : to.dropped();
  }

  /** The numbers of the engine and of the appender; none before the start. */
  @Override
  public List<Measure> measures() {
    Counting<E> of = counting;
    if (of == null) {
      return List.of();
    }
    List<Measure> measures = new ArrayList<>(of.intake.measures());
    measures.add(
        Measure.counter(
            "logsense.appender.dropped",
            "{event}",
            "Events dropped for want of room in the queue.",
            this::dropped));
    return measures;
  }

  /**
   * An intake and the path that writes its summaries. While a configuration takes the place of
   * another, two paths may use it: the earlier one goes on until all threads have left it.
   */
  private static final class Counting<E> implements AppenderOutlet {
    private final AppenderSettings settings;
    private final EventIntake<E> intake;
    private volatile EventPath<E> latest;
    private volatile boolean isOpen = true;

    private Counting(EventPath<E> path, @Nullable EventIntake<E> earlier) {
      settings = path.settings;
      latest = path;
      EventIntake.Builder<E> builder =
          EventIntake.builder(path.reader)
              .inApp(settings.inApp)
              .onFinding(settings.onFinding)
              .reduction(settings.reduction)
              .continuing(earlier);
      if (settings.engine != null) {
        builder.engine(settings.engine);
      }
      intake = builder.build(this);
      intake.start();
    }

    static <E> Counting<E> of(EventPath<E> path, @Nullable EventPath<E> earlier) {
      Counting<E> known = earlier == null ? null : earlier.counting;
      if (earlier == null || known == null) {
        return new Counting<>(path, null);
      }
      if (known.isOpen && known.settings.countsAs(path.settings)) {
        known.latest = path;
        return known;
      }
      known.intake.stop(path.settings.stopDeadline);
      Counting<E> made = new Counting<>(path, known.intake);
      if (known.isOpen) {
        earlier.counting = made; // until it is stopped
      }
      return made;
    }

    boolean isLast(EventPath<E> path) {
      return latest == path;
    }

    /** Whether no path is left. */
    boolean leave(EventPath<E> path) {
      if (latest != path) {
        return false;
      }
      isOpen = false;
      return true;
    }

    @Override
    public void write(Summary summary) {
      latest.write(summary);
    }

    @Override
    public void warn(String problem, @Nullable Throwable cause) {
      latest.writer.warn(problem, cause);
    }
  }
}

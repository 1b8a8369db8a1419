package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.event.LogEvent;
import io.logsense.api.finding.Finding;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.DeadLetter;
import io.logsense.api.source.LeftOutException;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads all sources to their ends, one after the other. */
final class BoundedRun {
  private static final Logger LOG = LoggerFactory.getLogger(BoundedRun.class);
  private static final Duration POLL = Duration.ofMillis(200);

  private final LogSense.Builder config;

  BoundedRun(LogSense.Builder config) {
    this.config = config;
  }

  Analysis analyze() {
    try {
      return read();
    } catch (BoundedStore.Failure e) {
      throw e.getCause() instanceof LogSenseException cause
          ? cause
          : new LogSenseException(Category.DEFECT, "the store threw: " + e.getCause(), e);
    }
  }

  private Analysis read() {
    Outbox outbox = new Outbox();
    Consolidation result = new Consolidation(config, config.filter.and(ageFilter()), outbox, false);
    BoundedStore store = config.store == null ? null : new BoundedStore(config.store);
    Consumer<Chunk> add =
        chunk -> {
          for (int i = 0; i < chunk.size(); i++) {
            add(chunk, chunk.record(i), result, store);
            DeadLetter dead = chunk.record(i).dead();
            if (dead != null && config.deadLetters != null) {
              outbox.call(
                  "deadLetters", Rejected.to(config.deadLetters), new Rejected(dead, chunk.raw(i)));
            }
            outbox.deliver();
          }
        };
    Pass pass = new Pass(add, result::fail, result::format, config.onProgress);
    pass.run();
    result.finish();
    if (store != null) {
      store.finish(result.renamed());
    }
    Analysis analysis = result.analysis();
    result.unsaved(analysis.groups()).run();
    if (config.onAssignment != null) {
      result.assign(config.onAssignment);
    }
    if (config.alerts != null) {
      tell("alerts", config.alerts::accept, analysis, outbox);
    }
    if (config.onFinding != null) {
      tell("onFinding", config.onFinding, analysis, outbox);
    }
    outbox.deliver();
    if (config.clusters != null) {
      config.clusters.add(analysis.groups());
    }
    byte[] baselines = result.baselines();
    if (config.baselines != null && baselines != null) {
      save(config.baselines, baselines);
    }
    return analysis;
  }

  private static void add(
      Chunk chunk, Prepared record, Consolidation result, @Nullable BoundedStore store) {
    GroupCounter counter = result.add(record);
    if (store != null && counter != null && record.event() != null) {
      store.add(new Kept(chunk.origin(), record.position(), record.event(), counter.told()));
    }
  }

  private static void tell(
      String name, Consumer<Finding> listener, Analysis analysis, Outbox outbox) {
    for (Finding finding : analysis.findings()) {
      outbox.post(name, listener, finding);
      outbox.deliver();
    }
  }

  /** What was found is not lost because what is normal cannot be kept. */
  private static void save(Path file, byte[] baselines) {
    try {
      Baselines.save(file, baselines);
    } catch (LogSenseException e) {
      LOG.warn("baselines not saved", e);
    }
  }

  /**
   * The filter that {@code since} asks for; reads replayable sources once to find the newest time.
   */
  private Predicate<LogEvent> ageFilter() {
    if (config.since == null) {
      return event -> true;
    }
    long newest = newest();
    long age = config.since.toNanos();
    long oldest = newest < Long.MIN_VALUE + age ? Long.MIN_VALUE : newest - age;
    return event -> event.timestamp() == LogEvent.NO_TIMESTAMP || event.timestamp() >= oldest;
  }

  private long newest() {
    long[] newest = {LogEvent.NO_TIMESTAMP};
    if (config.sources.stream().allMatch(LogSource::replayable)) {
      Consumer<Chunk> look =
          chunk -> {
            for (int i = 0; i < chunk.size(); i++) {
              LogEvent event = chunk.record(i).event();
              newest[0] = event == null ? newest[0] : Math.max(newest[0], event.timestamp());
            }
          };
      new Pass(look, letter -> {}, format -> {}, null).run();
    }
    if (newest[0] != LogEvent.NO_TIMESTAMP) {
      return newest[0];
    }
    Instant now = config.clock.instant();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  /** One reading of all sources. */
  private final class Pass {
    private final Consumer<Chunk> out;
    private final Consumer<DeadLetter> onFailure;
    private final Consumer<Analysis.InputFormat> onFormat;
    private final ProgressMeter meter;
    private long records;

    Pass(
        Consumer<Chunk> out,
        Consumer<DeadLetter> onFailure,
        Consumer<Analysis.InputFormat> onFormat,
        @Nullable Consumer<LogSense.Progress> onProgress) {
      this.out = out;
      this.onFailure = onFailure;
      this.onFormat = onFormat;
      this.meter = new ProgressMeter(onProgress, config.sources);
    }

    void run() {
      try (Sequencer sequencer = new Sequencer(config.stage(), config.threads, this::take)) {
        for (LogSource source : config.sources) {
          try {
            for (String partition : source.partitions()) {
              read(source, partition, sequencer);
            }
          } catch (IOException e) {
            fail(source.id(), e, sequencer);
          } catch (LogSenseException e) {
            fail(source.id(), external(e), sequencer);
          }
        }
        sequencer.drain();
      }
    }

    private void take(Chunk chunk) {
      records += chunk.size();
      out.accept(chunk);
    }

    private void read(LogSource source, String partition, Sequencer sequencer) {
      Origin origin = Origin.of(source, partition);
      PartitionPump pump = new PartitionPump(origin, config, sequencer::submit, onFormat);
      try (PartitionReader reader = source.open(partition, Checkpoint.START)) {
        IOException failure = pump(pump, reader, origin, sequencer);
        pump.finish();
        if (failure != null) {
          fail(origin.name(), failure, sequencer);
        }
        meter.done(reader, records);
      } catch (IOException e) { // of opening or closing
        fail(origin.name(), e, sequencer);
      } catch (LogSenseException e) {
        LogSenseException refused = external(e);
        pump.finish();
        fail(origin.name(), refused, sequencer);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LogSenseException(
            Category.TRANSIENT, "interrupted while reading " + origin.name(), e);
      }
    }

    /**
     * Reads to the end, on behind what can never be read, and once more what could not be read
     * once.
     *
     * @return what kept it from coming to the end
     */
    private @Nullable IOException pump(
        PartitionPump pump, PartitionReader reader, Origin origin, Sequencer sequencer)
        throws InterruptedException {
      IOException failure = null;
      while (true) {
        try {
          long before = pump.lines();
          if (!pump.pump(reader, POLL)) {
            return failure;
          }
          if (pump.lines() != before) {
            failure = null;
          }
          meter.update(reader, records);
        } catch (LeftOutException e) {
          fail(origin.name(), e, sequencer);
          failure = null;
        } catch (IOException e) {
          if (failure != null) {
            return e;
          }
          failure = e;
        }
      }
    }

    /** What a source says when it cannot be read; throws anything else on. */
    private static LogSenseException external(LogSenseException e) {
      if (e.category() != Category.EXTERNAL) {
        throw e;
      }
      return e;
    }

    /** Reports in the order of the input: after everything that could be read. */
    private void fail(String where, Exception e, Sequencer sequencer) {
      sequencer.drain();
      onFailure.accept(DeadLetters.unreadable(where, e));
    }
  }
}

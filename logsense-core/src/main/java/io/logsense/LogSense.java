package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.event.SourcePosition;
import io.logsense.api.finding.Finding;
import io.logsense.api.fingerprint.Fingerprinter;
import io.logsense.api.group.Group;
import io.logsense.api.mask.Masker;
import io.logsense.api.parse.LogParser;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.source.DeadLetter;
import io.logsense.api.source.DeadLetterSink;
import io.logsense.api.source.LogSource;
import io.logsense.api.store.LogStore;
import io.logsense.api.telemetry.Measure;
import io.logsense.api.telemetry.Measured;
import io.logsense.api.template.Parameter;
import io.logsense.api.template.TemplateMiner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The engine: turns log streams into groups.
 *
 * <p>Either read bounded inputs to their end:
 *
 * <pre>{@code
 * LogSense.analyze(Path.of("app.log")).top(3).forEach(System.out::println);
 * }</pre>
 *
 * or follow live ones: {@link Builder#build()}, {@link #start()}, {@link #snapshot()} whenever the
 * groups are wanted, {@link #close()}. Instances are thread-safe.
 */
public final class LogSense implements AutoCloseable, Measured, Purgeable {
  private final LiveRun run;

  private LogSense(LiveRun run) {
    this.run = run;
  }

  /**
   * Reads a file or a directory to its end and returns the groups found.
   *
   * @throws LogSenseException (external) when there is no such file
   */
  public static Analysis analyze(Path path) {
    if (!Files.exists(path)) {
      throw new LogSenseException(Category.EXTERNAL, "no such file or directory: " + path);
    }
    return builder().source(Sources.path(path)).analyze();
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Begins to read, in a thread of its own. A second call does nothing. */
  public void start() {
    run.start();
  }

  /**
   * Counts an event of the host's own: it is masked, identified and added to its group, in the
   * thread of the caller. Works before {@link #start()} and beside sources.
   *
   * @return id of the group; empty when a filter left the event out
   */
  public String accept(LogEvent event) {
    return run.accept(Objects.requireNonNull(event, "event"));
  }

  /**
   * Counts further events of a group, for hosts that recognise repeats themselves and tell of many
   * at once. Origin and version are taken to be those of the group's first event.
   *
   * @param group an id that {@link #accept} returned
   * @param severity of all these events
   * @param epochNanos when, in nanoseconds since the epoch
   * @param times how many, 1 or more
   * @throws LogSenseException (usage) when there is no such group, or nothing to count
   */
  public void repeat(String group, Severity severity, long epochNanos, long times) {
    if (times < 1) {
      throw new LogSenseException(Category.USAGE, "times is " + times + "; it must be at least 1");
    }
    run.repeat(group, severity, epochNanos, times);
  }

  /**
   * Records, events, dead letters, groups, findings by kind, failures of listeners, and how far
   * live sources are behind. See {@code docs/metrics.md}.
   */
  @Override
  public List<Measure> measures() {
    return run.measures();
  }

  @Override
  public long mentions(Subject subject) {
    return run.mentions(subject);
  }

  /**
   * Takes the subject out of groups, templates and dead letters that this engine knows, and out of
   * the events that wait for its store; counts stay. When this returns, what was counted before is
   * in the store, which is purged on its own, as are {@link Clusters} and all else that the engine
   * was given but its miner.
   */
  @Override
  public long purge(Subject subject) {
    return run.purge(subject);
  }

  /** The groups as of now. */
  public Analysis snapshot() {
    return run.snapshot();
  }

  /**
   * Stops reading, completes what was read, saves checkpoints and waits for that at most ten
   * seconds. Idempotent.
   */
  @Override
  public void close() {
    run.close();
  }

  /**
   * How far an analysis is.
   *
   * @param bytes read so far
   * @param totalBytes of all inputs, -1 when unknown
   * @param records read so far
   */
  public record Progress(long bytes, long totalBytes, long records) {}

  /**
   * Where one record went.
   *
   * @param record 1-based number of the record in its run
   * @param position where it stands
   * @param group id of its group
   * @param template text of its message's template
   * @param parameters the variable parts of its message
   */
  public record Assignment(
      long record,
      SourcePosition position,
      String group,
      String template,
      List<Parameter> parameters) {}

  /** Collects the parts of an engine. Not thread-safe. */
  public static final class Builder {
    /** The longest age that can be counted in nanoseconds, 292 years. */
    private static final Duration LONGEST_AGE = Duration.ofNanos(Long.MAX_VALUE);

    final List<LogSource> sources = new ArrayList<>();
    private final List<String> inApp = new ArrayList<>();
    Limits limits = Limits.defaults();
    Masker masker = Maskers.standard();
    ZoneId zone = ZoneOffset.UTC;
    InstantSource clock = InstantSource.system();
    Predicate<LogEvent> filter = event -> true;
    private @Nullable Fingerprinter fingerprinter;
    private @Nullable Fingerprinter earlier;
    private @Nullable TemplateMiner templateMiner;
    @Nullable LogParser parser;
    private @Nullable Parsers parsers;
    @Nullable Duration since;
    @Nullable Set<String> known;
    @Nullable Clusters clusters;
    @Nullable Triage triage;
    @Nullable Alerts alerts;
    @Nullable Path checkpoints;
    @Nullable LogStore store;
    @Nullable Path baselines;
    @Nullable Consumer<Progress> onProgress;
    @Nullable Consumer<Assignment> onAssignment;
    @Nullable Consumer<Group> onNewGroup;
    @Nullable Consumer<Finding> onFinding;
    @Nullable Consumer<DeadLetter> onDeadLetter;
    @Nullable DeadLetterSink deadLetters;
    int threads = Runtime.getRuntime().availableProcessors();

    private Builder() {}

    /** Adds a source; several are read one after the other, live ones in turn. */
    public Builder source(LogSource source) {
      sources.add(Objects.requireNonNull(source, "source"));
      return this;
    }

    /** Names the packages of the application; without any, all but well-known frameworks count. */
    public Builder inApp(String... packages) {
      inApp.addAll(List.of(packages));
      return this;
    }

    /** Parses every source with {@code value} instead of detecting formats. */
    public Builder parser(LogParser value) {
      parser = once("parser", parser, value);
      return this;
    }

    /** Identifies stack traces with {@code value} instead of the default scheme. */
    public Builder fingerprinter(Fingerprinter value) {
      fingerprinter = once("fingerprinter", fingerprinter, value);
      return this;
    }

    /**
     * Runs the scheme that is being replaced beside the one in use: a group counts as known when
     * its events were known under their earlier ids, and decisions about those follow it. For as
     * long as both kinds of ids are about.
     */
    public Builder migrateFrom(Fingerprinter value) {
      earlier = once("migrateFrom", earlier, value);
      return this;
    }

    /**
     * Mines templates with {@code value} instead of an empty {@link TemplateMiners#bySignature
     * miner} of as many templates as the {@link #limits} say. It may know templates already, and it
     * learns; until the engine has ended nobody else may let it learn.
     */
    public Builder templateMiner(TemplateMiner value) {
      templateMiner = once("templateMiner", templateMiner, value);
      return this;
    }

    /** Masks with {@code value} instead of {@link Maskers#standard()}. */
    public Builder masker(Masker value) {
      masker = Objects.requireNonNull(value, "masker");
      return this;
    }

    /** Sets the bounds. */
    public Builder limits(Limits value) {
      limits = Objects.requireNonNull(value, "limits");
      return this;
    }

    /** Sets the time zone of timestamps that state none. Default UTC. */
    public Builder zone(ZoneId value) {
      zone = Objects.requireNonNull(value, "zone");
      return this;
    }

    /** Sets the clock that completes timestamps without a year or a date. */
    public Builder clock(InstantSource value) {
      clock = Objects.requireNonNull(value, "clock");
      return this;
    }

    /** Sets how many threads work; the result does not depend on it. Default: all processors. */
    public Builder threads(int value) {
      threads = value;
      return this;
    }

    /** Accepts only events that pass every filter given. */
    public Builder filter(Predicate<LogEvent> accept) {
      filter = filter.and(accept);
      return this;
    }

    /**
     * Accepts only events at most this much older than the newest event of the input. Sources that
     * can be read only once, and live ones, are measured against the clock instead. Events without
     * a time are accepted. What is longer than 292 years is 292 years.
     */
    public Builder since(Duration age) {
      since = once("since", since, age.compareTo(LONGEST_AGE) < 0 ? age : LONGEST_AGE);
      return this;
    }

    /**
     * Names the groups of an earlier run: every other group is new, but for a stack trace that was
     * a variant of one of them.
     */
    public Builder previous(Collection<Group> groups) {
      Set<String> ids = new HashSet<>();
      for (Group group : groups) {
        ids.add(group.id());
        group.variants().keySet().forEach(variant -> ids.add(variant.toString()));
      }
      known = once("previous", known, ids);
      return this;
    }

    /**
     * Names the groups of earlier runs by their ids, as a store {@linkplain LogStore#countByGroup
     * counts} them: every other group is new.
     */
    public Builder previousIds(Collection<String> ids) {
      known = once("previous", known, new HashSet<>(ids));
      return this;
    }

    /**
     * Counts by the decisions that {@code value} holds: a stack trace that was split from its group
     * is a group of its own. {@link #analyze()} at its end and {@link LogSense#snapshot()} {@link
     * Clusters#add add} the groups found so far, in the thread of the caller; only new ones are
     * embedded. A live engine calls no group new that means what another one means. The caller
     * closes it, after the engine.
     */
    public Builder clusters(Clusters value) {
      clusters = once("clusters", clusters, value);
      return this;
    }

    /**
     * Judges by what {@code value} says about groups: one that was resolved and is back is a
     * finding and gets the status regressed; one that is ignored makes no findings. The caller
     * closes it, after the engine.
     */
    public Builder triage(Triage value) {
      triage = once("triage", triage, value);
      return this;
    }

    /** Tells people of findings, as its policy says. The caller closes it, after the engine. */
    public Builder alerts(Alerts value) {
      alerts = once("alerts", alerts, value);
      return this;
    }

    /**
     * Keeps checkpoints of live sources in {@code file}, so that a restart goes on where it
     * stopped.
     */
    public Builder checkpoints(Path file) {
      checkpoints = once("checkpoints", checkpoints, file);
      return this;
    }

    /**
     * Keeps every event that is counted, masked, with its stack trace as text and the id of its
     * group. {@link #analyze()} keeps them as it goes and fails when the store does. A live engine
     * keeps them in batches, together with the checkpoints of its sources: what a restart reads
     * again has the same ids and is kept once. While the store fails, sources are not read on;
     * nothing is lost of them. {@link LogSense#repeat Repeats} are counted only. The caller closes
     * the store, after the engine.
     */
    public Builder store(LogStore value) {
      store = once("store", store, value);
      return this;
    }

    /**
     * Keeps in {@code file} what is normal for each group, so that a restart goes on judging where
     * it stopped, and does not call new what it knew. {@link #analyze()} learns from history what a
     * live engine then begins with: it judges events in the order in which they come, and saves at
     * its end; a live engine saves every five minutes and when it is closed. A file that cannot be
     * used is reported in the log and replaced. See {@link Baselines#merge}.
     *
     * <p>Messages are known by the ids of their templates, which follow from the first messages
     * that a miner sees: keep the {@link #templateMiner miner} as well for these to be the same
     * from the start. What stops while no engine runs is not missed.
     */
    public Builder baselines(Path file) {
      baselines = once("baselines", baselines, file);
      return this;
    }

    /** Is told now and then how far an analysis is. */
    public Builder onProgress(Consumer<Progress> listener) {
      onProgress = once("onProgress", onProgress, listener);
      return this;
    }

    /**
     * Is told of every event where it went, in order, at the end of {@link #analyze()}, when ids
     * are final. Keeps all messages in memory until then.
     */
    public Builder onAssignment(Consumer<Assignment> listener) {
      onAssignment = once("onAssignment", onAssignment, listener);
      return this;
    }

    /** Is told of every group when its first event comes. */
    public Builder onNewGroup(Consumer<Group> listener) {
      onNewGroup = once("onNewGroup", onNewGroup, listener);
      return this;
    }

    /**
     * Is told what is worth knowing: which problems are new, have spikes or came with a version,
     * and what fell silent. A live engine tells as it happens; {@link #analyze()} at its end.
     *
     * <p>Without groups of an {@link #previous} run a live engine calls no group new in its first
     * hour of events.
     */
    public Builder onFinding(Consumer<Finding> listener) {
      onFinding = once("onFinding", onFinding, listener);
      return this;
    }

    /** Is told of every record that could not become an event. */
    public Builder onDeadLetter(Consumer<DeadLetter> listener) {
      onDeadLetter = once("onDeadLetter", onDeadLetter, listener);
      return this;
    }

    /**
     * Keeps records that could not become events, as they were read; see {@link DeadLetters#file}.
     * The caller closes it, after the engine.
     */
    public Builder deadLetters(DeadLetterSink value) {
      deadLetters = once("deadLetters", deadLetters, value);
      return this;
    }

    private static <T> T once(String name, @Nullable T old, T value) {
      if (old != null) {
        throw new LogSenseException(Category.USAGE, name + " was already set; set it once");
      }
      return Objects.requireNonNull(value, name);
    }

    /** Reads all sources to their ends. Sources that never end are refused by not returning. */
    public Analysis analyze() {
      check(true);
      return new BoundedRun(this).analyze();
    }

    /** An engine for live sources, and for events that the host itself {@link #accept accepts}. */
    public LogSense build() {
      check(false);
      return new LogSense(new LiveRun(this));
    }

    private void check(boolean reads) {
      List<String> problems = new ArrayList<>();
      if (reads && sources.isEmpty()) {
        problems.add("no source: call source(Sources.path(…))");
      }
      if (threads < 1) {
        problems.add("threads is " + threads + "; it must be at least 1");
      }
      if (since != null && (since.isNegative() || since.isZero())) {
        problems.add("since is " + since + "; it must be positive");
      }
      if (store != null && checkpoints != null) {
        problems.add("checkpoints and store exclude each other: a store keeps checkpoints");
      }
      if (fingerprinter != null && !inApp.isEmpty()) {
        problems.add("inApp and fingerprinter exclude each other");
      }
      if (!problems.isEmpty()) {
        throw new LogSenseException(Category.USAGE, String.join("; ", problems));
      }
    }

    RecordStage stage() {
      return new RecordStage(
          StackTraces.extractor(),
          masker,
          fingerprinter == null ? frames() : fingerprinter,
          earlier);
    }

    FrameFingerprinter frames() {
      return Fingerprinters.javaFrames().inApp(inApp.toArray(String[]::new));
    }

    TemplateMiner miner() {
      return templateMiner == null ? TemplateMiners.bySignature(limits.templates()) : templateMiner;
    }

    Parsers parsers() {
      Parsers known = parsers;
      if (known == null) {
        known = Parsers.with(zone, clock);
        parsers = known;
      }
      return known;
    }
  }
}

package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.finding.Finding;
import io.logsense.api.finding.FindingKind;
import io.logsense.api.fingerprint.StackFingerprint;
import io.logsense.api.group.Group;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.source.DeadLetter;
import io.logsense.api.telemetry.Measure;
import io.logsense.api.template.TemplateMatch;
import io.logsense.api.template.TemplateMiner;
import io.logsense.internal.fingerprint.FastThrowLinker;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stages that remember: filter, mine, count. Takes prepared records in the order of the input
 * and by one thread at a time; that is what makes a run deterministic.
 */
final class Consolidation {
  private static final Logger LOG = LoggerFactory.getLogger(Consolidation.class);
  private static final int MAX_SAMPLES = 100;
  private static final int LINKED_TRACES = 4096;

  private final TemplateMiner miner;
  private final GroupTable table;
  private final @Nullable Clusters clusters;
  private final Predicate<LogEvent> filter;
  private final @Nullable Consumer<Group> onNewGroup;
  private final @Nullable Consumer<DeadLetter> onDeadLetter;
  private final @Nullable LiveFindings findings;
  private final @Nullable TriageWatch triage;
  private final @Nullable Alerting alerting;
  private final Outbox outbox;
  private final boolean live;
  private final long[] findingsOfKind = new long[FindingKind.values().length];

  /** Of a bounded run that has baselines, as it goes. */
  private final List<Finding> found = new ArrayList<>();

  private final @Nullable List<Pending> pending;
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private final List<DeadLetter> failures = new ArrayList<>();
  private final List<Analysis.InputFormat> formats = new ArrayList<>();
  private final FastThrowLinker linker =
      new FastThrowLinker(Fingerprinters.DEFAULT_LEVEL, LINKED_TRACES);
  private long records;
  private long events;
  private long filtered;

  /**
   * Nothing counted yet.
   *
   * @param outbox where listeners are told
   * @param live whether findings are told as they happen
   */
  Consolidation(LogSense.Builder config, Predicate<LogEvent> filter, Outbox outbox, boolean live) {
    TemplateMiner miner = config.miner();
    this.outbox = outbox;
    this.live = live;
    this.miner = miner;
    this.filter = filter;
    this.clusters = config.clusters;
    this.table =
        new GroupTable(
            miner,
            config.frames(),
            config.limits,
            print -> clusters != null && clusters.isSeparate(print),
            config.known);
    this.onNewGroup = config.onNewGroup;
    this.onDeadLetter = config.onDeadLetter;
    this.alerting =
        live && config.alerts != null
            ? new Alerting(config.alerts, table, config.clock, this::postAlert)
            : null;
    this.triage =
        config.triage == null
            ? null
            : new TriageWatch(
                config.triage, table, outbox, told(config), live ? config.clock : null);
    this.findings =
        config.baselines != null || (live && (config.onFinding != null || config.alerts != null))
            ? new LiveFindings(table, config, listener(config, live))
            : null;
    this.pending = config.onAssignment == null ? null : new ArrayList<>();
  }

  private void postAlert(Consumer<Finding> alerts, Finding finding) {
    if (triage == null || triage.admits(finding)) {
      outbox.post("alerts", finding.kind() == FindingKind.NEW ? ifUnlike(alerts) : alerts, finding);
    }
  }

  /** Who is told of groups that came back. */
  private static Consumer<Finding> told(LogSense.Builder config) {
    Consumer<Finding> onFinding = config.onFinding == null ? finding -> {} : config.onFinding;
    Alerts alerts = config.alerts;
    return alerts == null
        ? onFinding
        : finding -> {
          try {
            alerts.accept(finding);
          } finally {
            onFinding.accept(finding);
          }
        };
  }

  /** Who is told of findings as they happen: the host, or the analysis at the end. */
  private Consumer<Finding> listener(LogSense.Builder config, boolean live) {
    Consumer<Finding> onFinding = config.onFinding;
    if (!live) {
      return found::add;
    }
    return finding -> {
      if (triage != null && !triage.admits(finding)) {
        return;
      }
      findingsOfKind[finding.kind().ordinal()]++;
      if (alerting != null) {
        alerting.found(finding);
      }
      if (onFinding != null) {
        outbox.post(
            "onFinding",
            finding.kind() == FindingKind.NEW ? ifUnlike(onFinding) : onFinding,
            finding);
      }
    };
  }

  /**
   * What there is to tell in numbers.
   *
   * @param guarded makes a count readable by any thread
   */
  List<Measure> measures(Function<LongSupplier, DoubleSupplier> guarded) {
    List<Measure> measures = new ArrayList<>();
    measures.add(
        Measure.counter(
            "logsense.records", "{record}", "Records read.", guarded.apply(() -> records)));
    measures.add(
        Measure.counter(
            "logsense.events",
            "{event}",
            "Events counted in groups.",
            guarded.apply(() -> events)));
    measures.add(
        Measure.counter(
            "logsense.dead_letters",
            "{record}",
            "Records that could not become events.",
            guarded.apply(() -> records - events)));
    measures.add(
        Measure.counter(
            "logsense.filtered",
            "{event}",
            "Events that a filter left out.",
            guarded.apply(() -> filtered)));
    measures.add(
        Measure.gauge("logsense.groups", "{group}", "Groups known.", guarded.apply(table::size)));
    for (FindingKind kind : FindingKind.values()) {
      measures.add(
          Measure.counter(
                  "logsense.findings",
                  "{finding}",
                  "Findings told as they happened.",
                  guarded.apply(() -> findingsOfKind[kind.ordinal()]))
              .tagged("kind", kind.name().toLowerCase(Locale.ROOT)));
    }
    return measures;
  }

  /** Tells of new groups that mean something new; embeds them, so it runs without a lock. */
  private Consumer<Finding> ifUnlike(Consumer<Finding> onFinding) {
    Clusters known = clusters;
    return known == null
        ? onFinding
        : finding -> {
          Optional<Finding> judged = Optional.of(finding);
          try {
            judged = Novelty.of(finding, known);
          } catch (RuntimeException e) {
            LOG.debug("meaning of a new group not compared", e);
          }
          judged.ifPresent(onFinding);
        };
  }

  /** What is normal by now, to be saved; null when nothing watches. */
  byte @Nullable [] baselines() {
    return findings == null ? null : findings.baselines().bytes();
  }

  /**
   * Counts a record.
   *
   * @return the counter of its group; null when it is no event or was filtered
   */
  @Nullable GroupCounter add(Prepared record) {
    LogEvent event = record.event();
    if (event == null) {
      records++;
      if (record.dead() != null) {
        dead(record.dead());
      }
      return null;
    }
    if (!filter.test(event)) {
      filtered++;
      return null;
    }
    records++;
    events++;
    return count(record, event);
  }

  /**
   * Counts events that were like the first one of their group.
   *
   * @throws LogSenseException (usage) when there is no such group
   */
  void repeat(String group, Severity severity, long time, long times) {
    GroupCounter counter = table.find(group);
    if (counter == null) {
      throw new LogSenseException(
          Category.USAGE, "no group has the id '" + group + "'; ids are what accept() returned");
    }
    records += times;
    events += times;
    counter.repeat(severity, time, times);
    if (triage != null) {
      judged(triage.counted(counter, counter.representative().version(), time, times));
    }
    if (alerting != null) {
      alerting.counted(counter, time, times);
    }
    if (findings != null) {
      findings.counted(counter, counter.representative().version(), time, times);
    }
  }

  private void judged(boolean back) {
    if (back && live) {
      findingsOfKind[FindingKind.REGRESSION.ordinal()]++;
    }
  }

  /** Judges what there is at the end of the input. */
  void finish() {
    if (findings != null) {
      findings.finish();
    }
  }

  /** Lets time go on where no event says that it does. */
  void tick() {
    if (triage != null) {
      triage.tick();
    }
    if (findings != null) {
      findings.tick();
    }
  }

  /** See {@link GroupTable#renamed}. */
  Map<String, String> renamed() {
    return table.renamed();
  }

  /** How many groups, templates and dead letters that are known mention a subject. */
  long mentions(Subject subject) {
    long templates =
        miner instanceof Purgeable purgeable
            ? purgeable.mentions(subject)
            : miner.templates().stream().filter(known -> subject.isIn(known.text())).count();
    return table.mentions(subject)
        + templates
        + deadLetters.stream().filter(letter -> names(letter, subject)).count()
        + failures.stream().filter(letter -> names(letter, subject)).count();
  }

  /**
   * Takes a subject out of them; counts stay.
   *
   * @throws LogSenseException (usage) when the miner knows it and cannot forget; all else has
   */
  long purge(Subject subject) {
    long mentions = mentions(subject);
    table.purge(subject);
    deadLetters.removeIf(letter -> names(letter, subject));
    failures.removeIf(letter -> names(letter, subject));
    if (miner instanceof Purgeable purgeable) {
      long unused = purgeable.purge(subject);
    } else if (mentions(subject) > 0) {
      throw new LogSenseException(
          Category.USAGE,
          miner.getClass().getSimpleName() + " cannot forget the templates that mention it");
    }
    return mentions;
  }

  private static boolean names(DeadLetter letter, Subject subject) {
    return subject.isIn(letter.excerpt())
        || subject.isIn(letter.reason())
        || subject.isIn(letter.position().source());
  }

  /** The id that a group has by now. */
  String resolve(GroupCounter counter) {
    return table.resolve(counter);
  }

  private GroupCounter count(Prepared record, LogEvent event) {
    StackFingerprint own = record.print();
    StackFingerprint full = full(own, event);
    // What is linked to a full trace goes by that trace's names, the former ones included.
    GroupCounter counter =
        full == null ? table.add(event, own, record.former()) : table.add(event, full, null);
    if (pending != null) {
      pending.add(new Pending(records, event, counter));
    }
    if (onNewGroup != null && counter.count() == 1) {
      outbox.post("onNewGroup", onNewGroup, table.group(counter));
    }
    if (triage != null) {
      judged(triage.counted(counter, event.version(), event.timestamp(), 1));
    }
    if (alerting != null) {
      alerting.counted(counter, event.timestamp(), 1);
    }
    if (findings != null) {
      findings.counted(counter, event.version(), event.timestamp(), 1);
      if (counter.count() == 1) {
        findings.begun(counter);
      }
    }
    return counter;
  }

  /** The identity of the full trace whose frames the event's JVM left out; null for any other. */
  private @Nullable StackFingerprint full(@Nullable StackFingerprint own, LogEvent event) {
    return own == null || event.exception() == null
        ? null
        : linker.link(event.exception(), event.logger(), own).orElse(null);
  }

  /** Notes a record that is no event. */
  private void dead(DeadLetter letter) {
    if (deadLetters.size() < MAX_SAMPLES) {
      deadLetters.add(letter);
    }
    if (onDeadLetter != null) {
      outbox.post("onDeadLetter", onDeadLetter, letter);
    }
  }

  /**
   * Notes that an input could not be read to its end; counts as one record, never lost silently.
   */
  void fail(DeadLetter letter) {
    records++;
    if (failures.size() < MAX_SAMPLES) {
      failures.add(letter);
    }
    dead(letter);
  }

  void format(Analysis.InputFormat format) {
    if (formats.size() < MAX_SAMPLES) {
      formats.add(format);
    }
  }

  Analysis analysis() {
    List<Finding> told = found.stream().sorted(Findings.ORDER).toList();
    List<Group> groups = table.groups();
    boolean compared = table.isCompared();
    Supplier<List<Finding>> plain =
        findings == null || live ? () -> Findings.of(groups, compared) : () -> told;
    Supplier<List<Finding>> judged = triage == null ? plain : triage.judging(plain, groups);
    return new Analysis(records, events, filtered, deadLetters, failures, groups, formats, judged);
  }

  /** What is to be kept of the life of groups by now; the caller writes it, under no lock. */
  Runnable unsaved(List<Group> groups) {
    return triage == null ? () -> {} : triage.unsaved(groups);
  }

  /** Tells where every event went, under the final ids. */
  void assign(Consumer<LogSense.Assignment> listener) {
    if (pending == null) {
      return;
    }
    for (Pending item : pending) {
      LogEvent event = item.event;
      TemplateMatch match = miner.match(event.message()).orElse(null);
      listener.accept(
          new LogSense.Assignment(
              item.record,
              event.position(),
              table.resolve(item.counter),
              match == null ? "" : match.template().text(),
              match == null ? List.of() : match.parameters()));
    }
  }

  private record Pending(long record, LogEvent event, GroupCounter counter) {}
}

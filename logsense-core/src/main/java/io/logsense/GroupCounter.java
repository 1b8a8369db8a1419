package io.logsense;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import io.logsense.api.fingerprint.Fingerprint;
import io.logsense.api.fingerprint.StackFingerprint;
import io.logsense.api.group.Group;
import io.logsense.api.group.GroupKind;
import io.logsense.api.purge.Subject;
import io.logsense.internal.purge.Redaction;
import io.logsense.internal.triage.Comeback;
import io.logsense.internal.triage.EventWindow;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The running counts of one group. Not thread-safe. */
final class GroupCounter {
  private static final int MAX_NAMES = 64;
  private static final int MAX_VARIANTS = 16;
  static final Fingerprint OTHER_VARIANT = new Fingerprint("other", 0, 0);

  private final String id;

  /** Under which id it was told last to whom keeps its events. */
  private String told;

  private final GroupKind kind;
  private final Limits limits;
  private final @Nullable StackFingerprint fingerprint;
  private String location;
  private final List<LogEvent> examples = new ArrayList<>(2);
  private final long[] severities = new long[Severity.values().length];
  private final Tally<String> services = new Tally<>(MAX_NAMES, Tally.OTHER);
  private final Tally<String> environments = new Tally<>(MAX_NAMES, Tally.OTHER);
  private final Tally<String> versions = new Tally<>(MAX_NAMES, Tally.OTHER);
  private final Tally<Fingerprint> variants = new Tally<>(MAX_VARIANTS, OTHER_VARIANT);
  private final Set<Fingerprint> formerIds = new LinkedHashSet<>();
  private final Timeline timeline = new Timeline();
  private final TraceSample traces = new TraceSample();
  private @Nullable DurationCounter durations;
  private final String templateId;
  private long count;
  private long firstSeen = LogEvent.NO_TIMESTAMP;
  private long lastSeen = LogEvent.NO_TIMESTAMP;
  private String title;
  private int series = -1;
  private @Nullable Comeback comeback;
  private long comebackAsOf;
  private @Nullable EventWindow awaited;

  GroupCounter(String id, GroupKind kind, Identity identity, LogEvent first, Limits limits) {
    this.id = id;
    this.told = id;
    this.kind = kind;
    this.limits = limits;
    this.fingerprint = identity.fingerprint();
    this.templateId = identity.templateId();
    this.location = identity.location().isEmpty() ? first.logger() : identity.location();
    this.title = kind == GroupKind.EXCEPTION ? title(first) : "";
    if (StatedDuration.find(first.message()) >= 0) {
      durations = new DurationCounter();
    }
  }

  /** An empty counter of the same identity. */
  private GroupCounter(GroupCounter other) {
    id = other.id;
    told = other.told;
    kind = other.kind;
    limits = other.limits;
    fingerprint = other.fingerprint;
    templateId = other.templateId;
    location = other.location;
    title = other.title;
  }

  /** Adds one event. */
  void add(LogEvent event, @Nullable StackFingerprint print) {
    count++;
    if (kind == GroupKind.EXCEPTION) {
      entitle(title(event));
    }
    severities[event.severity().ordinal()]++;
    tally(services, event.service(), 1);
    tally(environments, event.environment(), 1);
    tally(versions, event.version(), 1);
    if (print != null) {
      variants.add(print.strict(), 1);
    }
    long time = event.timestamp();
    if (time != LogEvent.NO_TIMESTAMP) {
      seen(time, time);
      timeline.add(time, 1);
      traces.add(event.traceId(), time);
    }
    if (durations != null) {
      durations.add(event.message());
    }
    sample(event);
  }

  /** Adds events that were like the first one but for their severity and time. */
  void repeat(Severity severity, long time, long times) {
    LogEvent first = examples.get(0);
    count += times;
    severities[severity.ordinal()] += times;
    tally(services, first.service(), times);
    tally(environments, first.environment(), times);
    tally(versions, first.version(), times);
    if (fingerprint != null) {
      variants.add(fingerprint.strict(), times);
    }
    if (time != LogEvent.NO_TIMESTAMP) {
      seen(time, time);
      timeline.add(time, times);
    }
  }

  /**
   * Notes the identity of an event under an earlier scheme.
   *
   * @param known ids of an earlier run, which are noted in any case; of others a few
   */
  void addFormerId(Fingerprint id, @Nullable Set<String> known) {
    if (formerIds.size() < MAX_VARIANTS || (known != null && known.contains(id.toString()))) {
      formerIds.add(id);
    }
  }

  /** How many ids its events had under an earlier scheme. */
  int formerIdCount() {
    return formerIds.size();
  }

  /** The ids of its events under an earlier scheme. */
  Set<String> formerIds() {
    Set<String> ids = new LinkedHashSet<>();
    formerIds.forEach(id -> ids.add(id.toString()));
    return ids;
  }

  /** Adds the counts of another group that turned out to be the same; it came later. */
  void add(GroupCounter later) {
    count += later.count;
    for (int i = 0; i < severities.length; i++) {
      severities[i] += later.severities[i];
    }
    services.add(later.services);
    environments.add(later.environments);
    versions.add(later.versions);
    variants.add(later.variants);
    formerIds.addAll(later.formerIds);
    if (later.durations != null) {
      durations = durations == null ? new DurationCounter() : durations;
      durations.add(later.durations);
    }
    if (later.firstSeen != LogEvent.NO_TIMESTAMP) {
      seen(later.firstSeen, later.lastSeen);
      timeline.add(later.timeline);
      traces.add(later.traces);
    }
    for (LogEvent event : later.examples) {
      if (examples.size() < limits.examplesPerGroup()) {
        examples.add(event);
      }
    }
  }

  private static void tally(Tally<String> tally, String name, long times) {
    if (!name.isEmpty()) {
      tally.add(name, times);
    }
  }

  private void seen(long first, long last) {
    firstSeen = firstSeen == LogEvent.NO_TIMESTAMP ? first : Math.min(firstSeen, first);
    lastSeen = Math.max(lastSeen, last);
  }

  /** Algorithm R (Vitter 1985) over all events but the first, with the count as its random seed. */
  private void sample(LogEvent event) {
    int capacity = limits.examplesPerGroup();
    if (examples.size() < capacity) {
      examples.add(Examples.trim(event, limits));
    } else if (capacity > 1) {
      long slot = Long.remainderUnsigned(mix(count), count - 1);
      if (slot < capacity - 1) {
        examples.set(1 + (int) slot, Examples.trim(event, limits));
      }
    }
  }

  /** The finaliser of SplitMix64. */
  private static long mix(long value) {
    long z = value * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A counter with the same counts that can be added to on its own. */
  GroupCounter copy() {
    GroupCounter copy = new GroupCounter(this);
    copy.add(this);
    return copy;
  }

  String id() {
    return id;
  }

  /** The id that events of it are kept under by now. */
  String told() {
    return told;
  }

  void told(String value) {
    told = value;
  }

  /** What its events may change of what was decided about it; null for nothing. */
  @Nullable Comeback comeback() {
    return comeback;
  }

  /** Of which state that is; 0 while it has none. */
  long comebackAsOf() {
    return comebackAsOf;
  }

  void comeback(@Nullable Comeback value, long asOf) {
    comeback = value;
    comebackAsOf = asOf;
  }

  /** What decides when it is worth an alert; null when nothing has to. */
  @Nullable EventWindow awaited() {
    return awaited;
  }

  void awaited(@Nullable EventWindow value) {
    awaited = value;
  }

  /** The handle of its series where rates are watched; negative until it has one. */
  int series() {
    return series;
  }

  void series(int handle) {
    series = handle;
  }

  /** The first event. */
  LogEvent representative() {
    return examples.get(0);
  }

  long inVersion(String version) {
    return versions.count(version);
  }

  GroupKind kind() {
    return kind;
  }

  String templateId() {
    return templateId;
  }

  long count() {
    return count;
  }

  long firstSeen() {
    return firstSeen;
  }

  long lastSeen() {
    return lastSeen;
  }

  /** Whether what is known of its events, but for counts, mentions a subject. */
  boolean mentions(Subject subject) {
    Redaction redaction = new Redaction(subject);
    return subject.isIn(title)
        || subject.isIn(location)
        || examples.stream().anyMatch(redaction::isIn)
        || Stream.of(services, environments, versions)
            .anyMatch(names -> names.toMap().keySet().stream().anyMatch(subject::isIn));
  }

  /** Takes a subject out of all but the counts. */
  void purge(Subject subject) {
    title = subject.redact(title);
    location = subject.redact(location);
    List<LogEvent> left = new Redaction(subject).examples(examples);
    examples.clear();
    examples.addAll(left);
    services.rename(subject::redact);
    environments.rename(subject::redact);
    versions.rename(subject::redact);
  }

  Group toGroup(String groupId, String template, boolean fresh) {
    Map<Severity, Long> bySeverity = new EnumMap<>(Severity.class);
    for (Severity severity : Severity.values()) {
      if (severities[severity.ordinal()] > 0) {
        bySeverity.put(severity, severities[severity.ordinal()]);
      }
    }
    return Group.builder()
        .identity(groupId, kind)
        .words(kind == GroupKind.EXCEPTION ? title : template, template, location)
        .counts(count, bySeverity)
        .seen(firstSeen, lastSeen)
        .fresh(fresh)
        .origins(services.toMap(), environments.toMap(), versions.toMap())
        .timeline(timeline.toMap(), timeline.interval())
        .traces(traces.toMap())
        .durations(durations == null ? null : durations.toDurations().orElse(null))
        .fingerprints(fingerprint, variants.toMap())
        .formerIds(formerIds())
        .examples(examples)
        .build();
  }

  /** Replaces in the title what differs in {@code other}, if that names the same type. */
  private void entitle(String other) {
    int type = title.indexOf(' ') + 1;
    if (type > 0 && title.regionMatches(0, other, 0, type)) {
      title = VaryingText.common(title, other);
    }
  }

  private static String title(LogEvent event) {
    StackTrace trace = event.exception();
    if (trace == null) {
      return Examples.line(event.message());
    }
    ThrownError root = trace.error().rootCause();
    String type = root.type().substring(root.type().lastIndexOf('.') + 1);
    // Logback prints "null" where a throwable has no message.
    String text = root.message();
    String message = text == null || text.equals("null") ? "" : Examples.line(text);
    if (type.isEmpty()) {
      return message.isEmpty() ? Examples.line(event.message()) : message;
    }
    return message.isEmpty() ? type : type + ": " + message;
  }

  /**
   * What an event was identified by.
   *
   * @param fingerprint of its stack trace, null without one
   * @param templateId of its message
   * @param location first frame of the application, or empty
   */
  record Identity(@Nullable StackFingerprint fingerprint, String templateId, String location) {}
}

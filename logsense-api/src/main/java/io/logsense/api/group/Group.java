package io.logsense.api.group;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.fingerprint.Fingerprint;
import io.logsense.api.fingerprint.StackFingerprint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * All events of one identity, counted: one entry of the list of problems.
 *
 * <p>An immutable snapshot; everything in it has been masked. Counts are exact: they sum to the
 * events that the engine accepted.
 */
public final class Group {
  /** How many {@link #traces()} there are at most. */
  public static final int MOST_TRACES = 64;

  private final Builder b;

  private Group(Builder builder) {
    b = builder;
  }

  /** An empty builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** The identity: a fingerprint or a template id. */
  public String id() {
    return b.id;
  }

  /** What the identity is made of. */
  public GroupKind kind() {
    return b.kind;
  }

  /** One line that names the problem: root cause first for an exception, else the template. */
  public String title() {
    return b.title;
  }

  /** The template of the log message; what an exception itself says is in the title. */
  public String template() {
    return b.template;
  }

  /** Where it begins: the first frame of the application, or the logger; empty when unknown. */
  public String location() {
    return b.location;
  }

  /** The worst severity seen. */
  public Severity severity() {
    return b.severity;
  }

  /** Number of events. */
  public long count() {
    return b.count;
  }

  /** Earliest event time in nanoseconds since the epoch, or {@link LogEvent#NO_TIMESTAMP}. */
  public long firstSeen() {
    return b.firstSeen;
  }

  /** Latest event time in nanoseconds since the epoch, or {@link LogEvent#NO_TIMESTAMP}. */
  public long lastSeen() {
    return b.lastSeen;
  }

  /** Whether the problem is new: see {@code Analysis} for what that is measured against. */
  public boolean isNew() {
    return b.fresh;
  }

  /** Events by severity. */
  public Map<Severity, Long> severities() {
    return b.severities;
  }

  /** Events by service, most frequent first. */
  public Map<String, Long> services() {
    return b.services;
  }

  /** Events by environment, most frequent first. */
  public Map<String, Long> environments() {
    return b.environments;
  }

  /** Events by version, most frequent first. */
  public Map<String, Long> versions() {
    return b.versions;
  }

  /** Events by time: start of an interval in nanoseconds since the epoch, to count. */
  public SortedMap<Long, Long> timeline() {
    return b.timeline;
  }

  /** Length of a timeline interval in nanoseconds: a minute, doubled until the timeline fits. */
  public long timelineInterval() {
    return b.timelineInterval;
  }

  /**
   * A sample of the traces (requests) that it is in: hash of the trace id, to the earliest time in
   * nanoseconds since the epoch. The traces of the lowest hashes, so that the samples of two groups
   * can be compared; all of them when there are fewer than {@link #MOST_TRACES}.
   */
  public SortedMap<Long, Long> traces() {
    return b.traces;
  }

  /** How long something took, when the messages say so, as in {@code took 38 ms}. */
  public Optional<Durations> durations() {
    return Optional.ofNullable(b.durations);
  }

  /** Fingerprints of the first event; empty for a group of messages. */
  public Optional<StackFingerprint> fingerprint() {
    return Optional.ofNullable(b.fingerprint);
  }

  /** The strict fingerprints inside, with counts, most frequent first; bounded. */
  public Map<Fingerprint, Long> variants() {
    return b.variants;
  }

  /** Ids that its events had under an earlier scheme; empty unless two schemes ran side by side. */
  public Set<String> formerIds() {
    return b.formerIds;
  }

  /** Example events, the first one seen at the head; never empty. */
  public List<LogEvent> examples() {
    return b.examples;
  }

  /** The first event seen. */
  public LogEvent representative() {
    return b.examples.get(0);
  }

  /** A builder that starts from this group. */
  public Builder toBuilder() {
    return b.copy();
  }

  @Override
  public String toString() {
    return b.count + " x " + b.title;
  }

  /** Collects the facts of one group. Maps and lists are taken over as they are. */
  public static final class Builder implements Cloneable {
    private String id = "";
    private GroupKind kind = GroupKind.MESSAGE;
    private String title = "";
    private String template = "";
    private String location = "";
    private Severity severity = Severity.UNSPECIFIED;
    private long count;
    private long firstSeen = LogEvent.NO_TIMESTAMP;
    private long lastSeen = LogEvent.NO_TIMESTAMP;
    private boolean fresh;
    private Map<Severity, Long> severities = Map.of();
    private Map<String, Long> services = Map.of();
    private Map<String, Long> environments = Map.of();
    private Map<String, Long> versions = Map.of();
    private SortedMap<Long, Long> timeline = java.util.Collections.emptySortedMap();
    private long timelineInterval = 60_000_000_000L;
    private SortedMap<Long, Long> traces = java.util.Collections.emptySortedMap();
    private @Nullable Durations durations;
    private @Nullable StackFingerprint fingerprint;
    private Map<Fingerprint, Long> variants = Map.of();
    private Set<String> formerIds = Set.of();
    private List<LogEvent> examples = List.of();

    private Builder() {}

    private Builder copy() {
      try {
        return (Builder) super.clone();
      } catch (CloneNotSupportedException e) {
        throw new AssertionError(e);
      }
    }

    /** Sets identity and kind. */
    public Builder identity(String newId, GroupKind newKind) {
      id = newId;
      kind = newKind;
      return this;
    }

    /** Sets what people read: title, template and location. */
    public Builder words(String newTitle, String newTemplate, String newLocation) {
      title = newTitle;
      template = newTemplate;
      location = newLocation;
      return this;
    }

    /** Sets the number of events and the events by severity. */
    public Builder counts(long newCount, Map<Severity, Long> bySeverity) {
      count = newCount;
      severities = java.util.Collections.unmodifiableMap(bySeverity);
      severity =
          bySeverity.keySet().stream()
              .max(java.util.Comparator.naturalOrder())
              .orElse(Severity.UNSPECIFIED);
      return this;
    }

    /** Sets first and last event time. */
    public Builder seen(long first, long last) {
      firstSeen = first;
      lastSeen = last;
      return this;
    }

    /** Says whether the group is new. */
    public Builder fresh(boolean value) {
      fresh = value;
      return this;
    }

    /** Sets where the events came from. */
    public Builder origins(
        Map<String, Long> newServices,
        Map<String, Long> newEnvironments,
        Map<String, Long> newVersions) {
      services = java.util.Collections.unmodifiableMap(newServices);
      environments = java.util.Collections.unmodifiableMap(newEnvironments);
      versions = java.util.Collections.unmodifiableMap(newVersions);
      return this;
    }

    /** Sets the events by time. */
    public Builder timeline(SortedMap<Long, Long> counts, long intervalNanos) {
      timeline = java.util.Collections.unmodifiableSortedMap(counts);
      timelineInterval = intervalNanos;
      return this;
    }

    /** Sets the sample of traces. */
    public Builder traces(SortedMap<Long, Long> earliestByHash) {
      traces = java.util.Collections.unmodifiableSortedMap(earliestByHash);
      return this;
    }

    /** Sets how long something took; null when no message says so. */
    public Builder durations(@Nullable Durations value) {
      durations = value;
      return this;
    }

    /** Sets the fingerprints: those of the first event, and the strict ones with counts. */
    public Builder fingerprints(@Nullable StackFingerprint first, Map<Fingerprint, Long> strict) {
      fingerprint = first;
      variants = java.util.Collections.unmodifiableMap(strict);
      return this;
    }

    /** Sets the ids under an earlier scheme. */
    public Builder formerIds(Set<String> ids) {
      formerIds = java.util.Collections.unmodifiableSet(ids);
      return this;
    }

    /** Sets the examples, the first event seen at the head. */
    public Builder examples(List<LogEvent> events) {
      examples = List.copyOf(events);
      return this;
    }

    /** A group with what was set. */
    public Group build() {
      if (id.isEmpty() || examples.isEmpty()) {
        throw new IllegalStateException("a group needs an identity and an example");
      }
      return new Group(copy());
    }
  }
}

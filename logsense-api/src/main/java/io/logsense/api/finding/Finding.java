package io.logsense.api.finding;

import io.logsense.api.group.Group;
import java.util.ArrayList;
import java.util.List;

/**
 * Something about a group that is worth knowing, with the facts that make it so. Immutable.
 *
 * <p>A finding exists if and only if all its {@link #checks() checks} hold, so they explain it
 * completely: whoever works them out again comes to the same decision.
 */
public final class Finding {
  private final Builder b;

  private Finding(Builder builder) {
    b = builder;
  }

  /** A builder for a finding of that kind about that group. */
  public static Builder builder(FindingKind kind, Group group) {
    return new Builder(kind, group);
  }

  /** What happened. */
  public FindingKind kind() {
    return b.kind;
  }

  /** The group, as it was when this was found. */
  public Group group() {
    return b.group;
  }

  /** How urgent it is. */
  public FindingSeverity severity() {
    return FindingSeverity.of(b.kind, b.group.severity(), b.observed, b.high);
  }

  /**
   * When it began, in nanoseconds since the epoch, or {@link
   * io.logsense.api.event.LogEvent#NO_TIMESTAMP}.
   */
  public long time() {
    return b.time;
  }

  /** What was measured, in the unit of the band, such as events in a minute. */
  public double observed() {
    return b.observed;
  }

  /** The lower end of what was to be expected; negative infinity when nothing was. */
  public double low() {
    return b.low;
  }

  /** The upper end of what was to be expected; positive infinity when nothing was. */
  public double high() {
    return b.high;
  }

  /** How likely it is without a cause, in [0, 1], under the model of whoever found it. */
  public double probability() {
    return b.probability;
  }

  /** The version it is about; empty for most kinds. */
  public String version() {
    return b.version;
  }

  /** The facts that made the decision, and their thresholds. */
  public List<Check> checks() {
    return b.checks;
  }

  /** What happened, in a few words, such as {@code 61 in a minute, expected at most 7.2}. */
  public String what() {
    return b.what;
  }

  /** One line: the kind, what happened, and the title of the group. */
  public String summary() {
    String kind =
        b.kind.name().charAt(0)
            + b.kind.name().substring(1).replace('_', ' ').toLowerCase(java.util.Locale.ROOT);
    return kind + (b.what.isEmpty() ? "" : " (" + b.what + ")") + ": " + b.group.title();
  }

  /** A builder that starts from this finding. */
  public Builder toBuilder() {
    Builder copy = b.copy();
    copy.checks = new ArrayList<>(b.checks);
    return copy;
  }

  @Override
  public String toString() {
    return summary();
  }

  /** Collects the facts of a finding. */
  public static final class Builder implements Cloneable {
    private final FindingKind kind;
    private final Group group;
    private long time;
    private double observed;
    private double low = Double.NEGATIVE_INFINITY;
    private double high = Double.POSITIVE_INFINITY;
    private double probability = 1;
    private String version = "";
    private String what = "";
    private List<Check> checks = new ArrayList<>();

    private Builder(FindingKind kind, Group group) {
      this.kind = kind;
      this.group = group;
      this.time = group.firstSeen();
    }

    /** Sets when it began. Default: when the group was first seen. */
    public Builder time(long epochNanos) {
      time = epochNanos;
      return this;
    }

    /** Sets what was measured, and the band where it was expected. */
    public Builder observed(double value, double expectedLow, double expectedHigh) {
      observed = value;
      low = expectedLow;
      high = expectedHigh;
      return this;
    }

    /** Sets how likely it is without a cause. */
    public Builder probability(double value) {
      probability = value;
      return this;
    }

    /** Sets the version it is about. */
    public Builder version(String value) {
      version = value;
      return this;
    }

    /** Sets what happened, in a few words. */
    public Builder what(String value) {
      what = value;
      return this;
    }

    /** Adds a fact that the decision rests on. */
    public Builder check(Check check) {
      checks.add(check);
      return this;
    }

    /** Whether all checks so far hold: whether there is a finding. */
    public boolean holds() {
      return checks.stream().allMatch(Check::holds);
    }

    /**
     * The finding.
     *
     * @throws IllegalStateException when there is no check or one does not hold
     */
    public Finding build() {
      if (checks.isEmpty() || !holds()) {
        throw new IllegalStateException("a finding rests on checks that hold, not on " + checks);
      }
      return new Finding(copy());
    }

    private Builder copy() {
      try {
        Builder copy = (Builder) super.clone();
        copy.checks = List.copyOf(checks);
        return copy;
      } catch (CloneNotSupportedException e) {
        throw new AssertionError(e);
      }
    }
  }
}

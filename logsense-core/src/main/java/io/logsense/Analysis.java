package io.logsense;

import io.logsense.api.finding.Correlation;
import io.logsense.api.finding.Finding;
import io.logsense.api.finding.Trend;
import io.logsense.api.group.Group;
import io.logsense.api.source.DeadLetter;
import io.logsense.internal.finding.Trends;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an analysis found: the groups, most relevant first, and how many records were read.
 *
 * <p>An immutable snapshot, identical for any number of threads and any batch size. {@code records
 * == events + deadLetters}, and the counts of the groups sum to {@code events}.
 *
 * <p>A group is <b>new</b> when the engine was given groups of an earlier run and this one is not
 * among them; without an earlier run, when its first event lies in the last tenth of the time that
 * the input spans.
 */
public final class Analysis {
  private final long records;
  private final long events;
  private final long filtered;
  private final List<DeadLetter> deadLetters;
  private final List<DeadLetter> failures;
  private final List<Group> groups;
  private final long end;
  private final List<InputFormat> formats;
  private final Supplier<List<Finding>> findings;
  private volatile @Nullable List<Finding> found;

  Analysis(
      long records,
      long events,
      long filtered,
      List<DeadLetter> deadLetters,
      List<DeadLetter> failures,
      List<Group> groups,
      List<InputFormat> formats,
      Supplier<List<Finding>> findings) {
    this.records = records;
    this.events = events;
    this.filtered = filtered;
    this.deadLetters = List.copyOf(deadLetters);
    this.failures = List.copyOf(failures);
    this.groups = List.copyOf(groups);
    this.end = Findings.end(groups);
    this.formats = List.copyOf(formats);
    this.findings = findings;
  }

  /** Records read: a record is one event's worth of text, of one or more lines. */
  public long records() {
    return records;
  }

  /** Records that became events. */
  public long events() {
    return events;
  }

  /** Events that a filter left out; they are not among {@link #records()}. */
  public long filtered() {
    return filtered;
  }

  /** Records that did not. */
  public long deadLetters() {
    return records - events;
  }

  /** The first dead letters, at most 100, with their reasons. */
  public List<DeadLetter> deadLetterSamples() {
    return deadLetters;
  }

  /** What of the inputs could not be read; empty when all was read. */
  public List<DeadLetter> failures() {
    return failures;
  }

  /** All groups, most relevant first. */
  public List<Group> groups() {
    return groups;
  }

  /**
   * What is worth knowing about the groups, most urgent first: which problems are new, have spikes
   * or came with a version, what fell silent and, with a {@link Triage}, what came back. Worked out
   * when first asked for.
   */
  public List<Finding> findings() {
    List<Finding> known = found;
    if (known == null) {
      known = findings.get();
      found = known;
    }
    return known;
  }

  /**
   * Which problems came together, in the same traces or at the same times, in the order in which
   * they began; the surest first. Worked out with each call, for each pair of problems.
   */
  public List<Correlation> correlations() {
    return Correlations.of(groups);
  }

  /** Where one of the groups is going, from its first event to the end of the log. */
  public Trend trend(Group group) {
    return Trends.of(group, end);
  }

  /** The formats detected, by input. */
  public List<InputFormat> formats() {
    return formats;
  }

  /**
   * The {@code n} most relevant problems: groups at {@code WARN} or worse, groups with a stack
   * trace, and, where a log states no severity, groups whose words tell of trouble.
   */
  public List<Group> top(int n) {
    return groups.stream().filter(Problems::isProblem).limit(n).toList();
  }

  /** The group of that id, or one whose id begins with it when there is just one. */
  public Optional<Group> find(String id) {
    List<Group> hits = groups.stream().filter(g -> g.id().startsWith(id)).toList();
    return hits.stream()
        .filter(g -> g.id().equals(id))
        .findFirst()
        .or(() -> hits.size() == 1 ? Optional.of(hits.get(0)) : Optional.empty());
  }

  /**
   * The format of one input.
   *
   * @param input the source and partition, for a file its path
   * @param format name of the parser
   * @param confidence how sure the detection was, in [0, 1]
   */
  public record InputFormat(String input, String format, double confidence) {}
}

package io.logsense;

import io.logsense.GroupCounter.Identity;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.event.StackFrame;
import io.logsense.api.fingerprint.Fingerprint;
import io.logsense.api.fingerprint.StackFingerprint;
import io.logsense.api.fingerprint.StackFingerprint.Level;
import io.logsense.api.group.Group;
import io.logsense.api.group.GroupKind;
import io.logsense.api.purge.Subject;
import io.logsense.api.template.Template;
import io.logsense.api.template.TemplateMiner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The groups of a run: a table keyed by identity.
 *
 * <p>An event with a stack trace belongs to its fingerprint, any other to the template of its
 * message. Memory: at most {@code limits.groups()} counters, each below {@code examplesPerGroup ×
 * exampleChars × 2 + 40,000} bytes and far below that in practice; events of further identities are
 * counted in the group {@value #OTHER}.
 *
 * <p>Used by one thread at a time; events must come in a fixed order for a fixed result.
 */
final class GroupTable {
  static final String OTHER = "other";

  private static final Level LEVEL = Fingerprinters.DEFAULT_LEVEL;

  private final TemplateMiner miner;
  private final FrameFingerprinter frames;
  private final Limits limits;
  private final Predicate<Fingerprint> separate;
  private final @Nullable Set<String> known;
  private final Map<String, GroupCounter> messages = new HashMap<>();
  private final Map<Fingerprint, GroupCounter> traces = new HashMap<>();

  /** In the order of their first events. */
  private final List<GroupCounter> counters = new ArrayList<>();

  private final Map<String, GroupCounter> byId = new HashMap<>();

  private @Nullable GroupCounter other;

  /**
   * An empty table.
   *
   * @param separate which strict fingerprints people split from their groups
   * @param known ids of an earlier run, null when there was none
   */
  GroupTable(
      TemplateMiner miner,
      FrameFingerprinter frames,
      Limits limits,
      Predicate<Fingerprint> separate,
      @Nullable Set<String> known) {
    this.miner = miner;
    this.frames = frames;
    this.limits = limits;
    this.separate = separate;
    this.known = known;
  }

  /**
   * Counts an event.
   *
   * @param print what identifies its stack trace; null without one
   * @param former what identified it under an earlier scheme; null without one
   * @return the counter it was added to
   */
  GroupCounter add(
      LogEvent event, @Nullable StackFingerprint print, @Nullable StackFingerprint former) {
    String template = miner.learn(event.message());
    GroupCounter counter;
    if (print == null) {
      counter = messages.get(template);
      if (counter == null && hasRoom()) {
        counter = counter(template, GroupKind.MESSAGE, identity(print, template, event), event);
        messages.put(template, counter);
      }
    } else {
      Fingerprint id =
          isSeparate(print) || (former != null && isSeparate(former))
              ? print.strict()
              : print.at(LEVEL);
      counter = traces.get(id);
      if (counter == null && hasRoom()) {
        counter =
            counter(id.toString(), GroupKind.EXCEPTION, identity(print, template, event), event);
        traces.put(id, counter);
      }
    }
    if (counter == null) {
      counter = other(event);
    } else if (former != null) {
      counter.addFormerId(isSeparate(former) ? former.strict() : former.at(LEVEL), known);
    }
    counter.add(event, print);
    return counter;
  }

  /** The counter of the group of that id; null when there is none. */
  @Nullable GroupCounter find(String id) {
    return byId.get(id);
  }

  /** The group of one counter as of now. */
  Group group(GroupCounter counter) {
    String message = counter.representative().message();
    String template = miner.match(message).map(m -> m.template().text()).orElse("");
    return counter.toGroup(resolve(counter), template, isUnknown(counter));
  }

  /** The same, with the events of all that turned out to be the same group. */
  Group whole(GroupCounter counter) {
    String id = resolve(counter);
    GroupCounter all = counter;
    for (GroupCounter other : counters) {
      if (other != counter && resolve(other).equals(id)) {
        if (all == counter) {
          all = counter.copy();
        }
        all.add(other);
      }
    }
    return group(all);
  }

  private boolean isSeparate(StackFingerprint print) {
    return separate.test(print.strict());
  }

  private boolean hasRoom() {
    return messages.size() + traces.size() < limits.groups();
  }

  private GroupCounter counter(String id, GroupKind kind, Identity identity, LogEvent event) {
    GroupCounter counter = new GroupCounter(id, kind, identity, event, limits);
    counters.add(counter);
    byId.put(id, counter);
    return counter;
  }

  private Identity identity(@Nullable StackFingerprint print, String template, LogEvent event) {
    return new Identity(print, template, location(event));
  }

  private GroupCounter other(LogEvent event) {
    GroupCounter counter = other;
    if (counter == null) {
      counter = counter(OTHER, GroupKind.MESSAGE, new Identity(null, OTHER, ""), event);
      other = counter;
    }
    return counter;
  }

  private String location(LogEvent event) {
    return event.exception() == null
        ? ""
        : frames.location(event.exception()).map(StackFrame::toString).orElse("");
  }

  /** The id under which the group once called {@code id} is reported. */
  String resolve(GroupCounter counter) {
    return counter.kind() == GroupKind.EXCEPTION ? counter.id() : miner.resolve(counter.id());
  }

  /**
   * The ids that groups were {@linkplain GroupCounter#told told} under and no longer have, each
   * with the one it has now; from here on that is the one told.
   */
  Map<String, String> renamed() {
    Map<String, String> renamed = new LinkedHashMap<>();
    for (GroupCounter counter : counters) {
      String id = resolve(counter);
      if (!id.equals(counter.told())) {
        renamed.put(counter.told(), id);
        counter.told(id);
      }
    }
    return renamed;
  }

  /** How many groups mention a subject. */
  long mentions(Subject subject) {
    return counters.stream().filter(counter -> counter.mentions(subject)).count();
  }

  /** Takes a subject out of all groups. */
  void purge(Subject subject) {
    counters.stream().filter(counter -> counter.mentions(subject)).forEach(c -> c.purge(subject));
  }

  /** How many groups there are. */
  int size() {
    return counters.size();
  }

  /** The name that the group once called {@code id} has now, as far as templates tell. */
  String current(String id) {
    return miner.resolve(id);
  }

  /** Whether there was an earlier run to compare with. */
  boolean isCompared() {
    return known != null;
  }

  /** Whether the earlier run, if there was one, had none of the group's events. */
  boolean isUnknown(GroupCounter counter) {
    return known == null || !known(counter.id(), counter);
  }

  private boolean known(String id, GroupCounter counter) {
    return known != null
        && (known.contains(id) || counter.formerIds().stream().anyMatch(known::contains));
  }

  /** The groups as of now, most relevant first. */
  List<Group> groups() {
    Map<String, GroupCounter> merged = new LinkedHashMap<>();
    for (GroupCounter counter : counters) {
      String id = resolve(counter);
      GroupCounter first = merged.get(id);
      if (first == null) {
        merged.put(id, counter);
      } else {
        GroupCounter both = first.copy();
        both.add(counter);
        merged.put(id, both);
      }
    }
    Map<String, String> texts = new HashMap<>();
    for (Template template : miner.templates()) {
      texts.put(template.id(), template.text());
    }
    long threshold = recent(merged.values());
    List<Group> groups = new ArrayList<>(merged.size());
    merged.forEach(
        (id, counter) -> {
          String templateId = miner.resolve(counter.templateId());
          String text = texts.getOrDefault(templateId, OTHER);
          boolean fresh = known == null ? counter.firstSeen() > threshold : !known(id, counter);
          groups.add(counter.toGroup(id, text, fresh));
        });
    groups.sort(Relevance.ORDER);
    return groups;
  }

  /** After which a first event is new when there is no earlier run; see {@link Analysis}. */
  private static long recent(Iterable<GroupCounter> counters) {
    LongStream.Builder lasts = LongStream.builder();
    long first = Long.MAX_VALUE;
    for (GroupCounter counter : counters) {
      if (counter.firstSeen() != LogEvent.NO_TIMESTAMP) {
        first = Math.min(first, counter.firstSeen());
        lasts.add(counter.lastSeen());
      }
    }
    long last = Findings.end(first, lasts.build().sorted().toArray());
    return first < last ? last - (last - first) / 10 : Long.MAX_VALUE;
  }

  /**
   * How much a group deserves attention: problems before the rest, then by severity, novelty and
   * the logarithm of the count. A group that states no severity is judged by the words of its
   * template.
   */
  static final class Relevance {
    static final Comparator<Group> ORDER =
        Comparator.comparingDouble((Group group) -> -score(group))
            .thenComparing(Comparator.comparingLong(Group::count).reversed())
            .thenComparing(Group::id);

    private static final double NOVELTY = 3;

    private Relevance() {}

    private static double score(Group group) {
      double score = StrictMath.log(group.count() + 1.0) / StrictMath.log(2);
      if (group.isNew()) {
        score += NOVELTY;
      }
      return score + weight(group);
    }

    private static double weight(Group group) {
      if (!Problems.isProblem(group)) {
        return group.severity().atLeast(Severity.INFO) ? -1_000 : -1_100;
      }
      double weight =
          switch (group.severity()) {
            case FATAL -> 16;
            case ERROR -> 12;
            default -> 0;
          };
      return group.kind() == GroupKind.EXCEPTION ? weight + 6 : weight;
    }
  }
}

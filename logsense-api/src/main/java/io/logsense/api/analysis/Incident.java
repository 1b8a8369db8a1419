package io.logsense.api.analysis;

import io.logsense.api.code.Candidate;
import io.logsense.api.event.LogEvent;
import io.logsense.api.group.Group;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A problem with what is known around it: what a root cause is looked for in. Immutable; all texts
 * but those of the source code have been masked.
 */
public final class Incident {
  /** The id of the event that stands for the group. */
  public static final String REPRESENTATIVE = "representative";

  private final Group group;
  private final String version;
  private final String commit;
  private final List<Event> events;
  private final List<Snippet> snippets;
  private final List<String> facts;
  private final List<Past> similar;
  private final int criticality;

  private Incident(Builder b) {
    group = b.group;
    version = b.version;
    commit = b.commit;
    events = List.copyOf(b.events);
    snippets = List.copyOf(b.snippets);
    facts = List.copyOf(b.facts);
    similar = List.copyOf(b.similar);
    criticality = b.criticality;
  }

  /** A builder for the incident that {@code group} is. */
  public static Builder of(Group group) {
    return new Builder(group);
  }

  /** Names the incident: the group, and the version if one is known. */
  public String id() {
    return version.isEmpty() ? group.id() : group.id() + "@" + version;
  }

  /** The problem. */
  public Group group() {
    return group;
  }

  /** The version of the code it happens in; empty when unknown. */
  public String version() {
    return version;
  }

  /** The commit of that version; empty when unknown. */
  public String commit() {
    return commit;
  }

  /**
   * The representative of the group, then events around it, in the order in which they happened.
   */
  public List<Event> events() {
    return events;
  }

  /** Where it may start, best first. */
  public List<Snippet> snippets() {
    return snippets;
  }

  /** What else is known, in words: rates, findings, what changed at the same time. */
  public List<String> facts() {
    return facts;
  }

  /** Earlier problems that mean much the same. */
  public List<Past> similar() {
    return similar;
  }

  /** How much depends on the service, from 0, unknown, to 5. */
  public int criticality() {
    return criticality;
  }

  /**
   * An event of the incident.
   *
   * @param id names it; in reports, too
   * @param event what happened
   */
  public record Event(String id, LogEvent event) {}

  /**
   * An earlier problem.
   *
   * @param group id of its group
   * @param title one line that names it
   * @param outcome what it turned out to be, or what was done; empty when nobody said
   */
  public record Past(String group, String title, String outcome) {}

  /** Collects what is known. Not thread-safe. */
  public static final class Builder {
    private static final int MOST_EVENTS = 100;
    private static final int MOST_CANDIDATES = 30;
    private static final int MOST_CRITICALITY = 5;

    private final Group group;
    private String version;
    private String commit;
    private final List<Event> events = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private List<Snippet> snippets = List.of();
    private final List<String> facts = new ArrayList<>();
    private final List<Past> similar = new ArrayList<>();
    private int criticality;

    private Builder(Group group) {
      this.group = group;
      version = group.representative().version();
      commit = group.representative().commit();
      event(REPRESENTATIVE, group.representative());
    }

    /** Sets version and commit, instead of those that the representative states. */
    public Builder deployed(String newVersion, String newCommit) {
      version = newVersion;
      commit = newCommit;
      return this;
    }

    /**
     * Adds an event of the same trace, or of the time around. Those past the first {@value
     * #MOST_EVENTS} are left out.
     *
     * @throws IllegalArgumentException when there is one of that id
     */
    public Builder event(String id, LogEvent event) {
      if (!ids.add(id)) {
        throw new IllegalArgumentException("there is an event '" + id + "' already");
      }
      if (events.size() < MOST_EVENTS) {
        events.add(new Event(id, event));
      }
      return this;
    }

    /**
     * Sets where it may start, of which the first {@value #MOST_CANDIDATES} are kept.
     *
     * @param source the content of a file by its path in the index; empty when it is not at hand
     */
    public Builder candidates(
        List<Candidate> candidates, Function<String, Optional<byte[]>> source) {
      Map<String, String> files = new HashMap<>();
      snippets =
          candidates.stream()
              .limit(MOST_CANDIDATES)
              .map(
                  candidate ->
                      Snippet.of(
                          candidate,
                          files.computeIfAbsent(
                              candidate.block().file(), file -> text(source.apply(file)))))
              .toList();
      return this;
    }

    private static String text(Optional<byte[]> file) {
      return file.map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("");
    }

    /** Adds something that is known, in words. */
    public Builder fact(String words) {
      facts.add(words);
      return this;
    }

    /** Adds an earlier problem that means much the same. */
    public Builder similar(Past past) {
      similar.add(past);
      return this;
    }

    /**
     * Sets how much depends on the service, from 0, unknown, to 5.
     *
     * @throws IllegalArgumentException when it is not from 0 to 5
     */
    public Builder criticality(int value) {
      if (value < 0 || value > MOST_CRITICALITY) {
        throw new IllegalArgumentException("criticality is " + value + "; it must be 0 to 5");
      }
      criticality = value;
      return this;
    }

    /** The incident. */
    public Incident build() {
      return new Incident(this);
    }
  }
}

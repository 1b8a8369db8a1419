package io.logsense.internal.cluster;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.cluster.Cluster;
import io.logsense.api.cluster.ClusterChange;
import io.logsense.api.cluster.Correction;
import io.logsense.api.cluster.Difference;
import io.logsense.api.cluster.Explanation;
import io.logsense.api.cluster.GroupMatch;
import io.logsense.api.cluster.Link;
import io.logsense.api.embed.Embedder;
import io.logsense.api.fingerprint.Fingerprint;
import io.logsense.api.group.Group;
import io.logsense.api.purge.Subject;
import io.logsense.api.vector.VectorMatch;
import io.logsense.api.vector.VectorStore;
import io.logsense.internal.purge.Redaction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The clusters of a process: facts, and what follows from them, worked out when it is asked for.
 * Thread-safe.
 */
public final class ClusterBook implements AutoCloseable {
  private static final String JOURNAL = "clusters.journal";

  /** Neighbours of a group that are looked at when it is placed. */
  private static final int NEIGHBOURS = 16;

  /** What share of a search's score the words themselves have; the rest is for their meaning. */
  private static final double WORDS = 0.5;

  /** Below it an answer has neither the words nor the meaning. */
  private static final double NOISE = 0.05;

  private final Facts facts;
  private final Ledger ledger;
  private final TextVectors vectors;
  private final WordIndex words = new WordIndex();
  private final Map<String, Group> groups = new HashMap<>();
  private final Map<List<String>, String> representatives = new HashMap<>();
  private @Nullable ClusterModel model;
  private volatile Set<Fingerprint> separate = Set.of();
  private boolean closed;

  /** What {@code directory} holds; in memory when that is null. */
  public ClusterBook(Embedder embedder, VectorStore store, @Nullable Path directory) {
    facts =
        new Facts(
            directory == null ? null : directory.resolve(JOURNAL),
            embedder.model().id(),
            embedder.model().same());
    ledger = facts.ledger();
    try {
      Map<String, String> wanted = new TreeMap<>();
      Map<String, String> unplaced = new TreeMap<>();
      ledger
          .texts()
          .forEach(
              (group, text) -> {
                if (ledger.current(group).equals(group)) { // else found under its new name
                  words.add(group, text);
                  (facts.isPlaced(group) ? wanted : unplaced).put(group, text);
                }
              });
      wanted.values().removeIf(text -> !TextVectors.isComparable(text));
      vectors = new TextVectors(embedder, store, directory, wanted.keySet());
      wanted.keySet().removeIf(vectors::isStored);
      vectors.putAll(wanted);
      place(unplaced);
      separate = splitPrints();
    } catch (RuntimeException | Error e) {
      facts.close();
      throw e;
    }
  }

  /**
   * Learns groups: all of them, or none when this fails.
   *
   * @param toText what a group is compared by; asked once for each group, whose vector must not
   *     wander
   */
  public synchronized void add(Collection<Group> more, Function<Group, String> toText) {
    checkOpen();
    Map<String, String> fresh = new LinkedHashMap<>();
    Set<String> formers = new TreeSet<>();
    for (Group group : more) {
      String id = group.id();
      if (!facts.isPlaced(id) && !fresh.containsKey(id)) {
        fresh.put(id, ledger.knows(id) ? ledger.textOf(id) : toText.apply(group));
      }
      for (String former : group.formerIds()) {
        if (ledger.names(former)) {
          facts.alias(former, id);
          formers.add(former);
        }
      }
    }
    place(fresh);
    rename(formers);
    for (Group group : more) {
      groups.put(ledger.current(group.id()), group);
    }
  }

  /** Embeds groups, links them to those they are like, and commits that with all else noted. */
  private void place(Map<String, String> texts) {
    try {
      Map<String, String> comparable = new LinkedHashMap<>(texts);
      comparable.values().removeIf(text -> !TextVectors.isComparable(text));
      float[][] rows = vectors.embed(List.copyOf(comparable.values()));
      int row = 0;
      for (String id : comparable.keySet()) {
        for (VectorMatch match : vectors.near(rows[row], NEIGHBOURS)) {
          if (match.score() >= vectors.model().similar() && !match.id().equals(id)) {
            facts.link(new Link(id, match.id(), Math.min(1, match.score())));
          }
        }
        vectors.put(id, rows[row++]);
      }
      texts.forEach(facts::placed);
      commit();
    } catch (RuntimeException | Error e) {
      facts.forget();
      dropQuietly(texts.keySet(), e);
      throw e;
    }
    texts.forEach(words::add);
  }

  private void dropQuietly(Collection<String> ids, Throwable reason) {
    try {
      vectors.remove(ids.stream().filter(vectors::isStored).toList());
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
  }

  /** Moves what is kept by name from former names to current ones. */
  private void rename(Collection<String> formers) {
    for (String former : formers) {
      String name = ledger.current(former);
      if (!name.equals(former)) {
        vectors.remove(List.of(former));
        Group group = groups.remove(former);
        if (group != null) {
          groups.putIfAbsent(name, group);
        }
      }
      String text = ledger.textOf(name);
      if (!vectors.isStored(name) && TextVectors.isComparable(text)) {
        vectors.putAll(Map.of(name, text));
      }
    }
  }

  /** Keeps what was noted, and forgets what followed from the facts before, if there is news. */
  private void commit() {
    if (facts.commit()) {
      model = null;
      separate = splitPrints();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new LogSenseException(Category.USAGE, "these clusters are closed; open them again");
    }
  }

  private ClusterModel model() {
    ClusterModel now = model;
    if (now == null) {
      now = ClusterModel.of(ledger);
      representatives.keySet().retainAll(Set.copyOf(now.clusters()));
      model = now;
    }
    return now;
  }

  /** All clusters, by id. */
  public synchronized List<Cluster> clusters() {
    return model().clusters().stream().map(this::cluster).toList();
  }

  /** The cluster of a group that must be known. */
  public synchronized Cluster cluster(String group) {
    if (!ledger.knows(group) && !ledger.knows(ledger.current(group))) {
      throw new LogSenseException(
          Category.USAGE,
          "no group '" + group + "' among the " + ledger.texts().size() + " known here");
    }
    return cluster(model().cluster(group));
  }

  private Cluster cluster(List<String> members) {
    String representative =
        members.size() == 1
            ? members.get(0)
            : representatives.computeIfAbsent(
                members,
                all -> all.get(vectors.nearestToCentre(all.stream().map(ledger::textOf).toList())));
    String title = ledger.textOf(representative).lines().findFirst().orElse(representative);
    return new Cluster(members.get(0), title, representative, members);
  }

  /** The group as it was last added. */
  public synchronized Optional<Group> group(String id) {
    return Optional.ofNullable(groups.get(ledger.current(id)));
  }

  /** The name that the group once called {@code id} has now. */
  public synchronized String current(String id) {
    return ledger.current(id);
  }

  /** The groups that {@code id} would leave: its cluster, or that of the group it is part of. */
  public synchronized List<String> home(String id) {
    if (ledger.knows(id)) {
      return model().cluster(id);
    }
    for (Group group : groups.values()) {
      for (Fingerprint variant : group.variants().keySet()) {
        if (variant.toString().equals(id)) {
          return model().cluster(group.id());
        }
      }
    }
    return cluster(id).groups();
  }

  /**
   * What a merge of {@code groups} has to name: where a split keeps their clusters apart, all of
   * those, or the rest of a cluster would come apart instead.
   */
  public synchronized List<String> toMerge(List<String> groups) {
    Set<String> all = new TreeSet<>();
    boolean apart = false;
    for (String group : groups) {
      apart |= groups.stream().anyMatch(other -> model().splitBetween(group, other) != null);
      all.addAll(cluster(group).groups());
    }
    return apart ? List.copyOf(all) : groups;
  }

  /** The groups most like {@code group}, best first. */
  public synchronized List<Link> similar(String group, int limit) {
    cluster(group);
    String id = ledger.current(group);
    List<Link> links = new ArrayList<>();
    if (!TextVectors.isComparable(ledger.textOf(id))) {
      return links;
    }
    for (VectorMatch match :
        vectors.near(vectors.embed(List.of(ledger.textOf(id)))[0], limit + 1)) {
      if (!match.id().equals(id) && links.size() < limit) {
        links.add(new Link(id, match.id(), match.score()));
      }
    }
    return links;
  }

  /** The groups that answer a question best, among those of this process that pass. */
  public synchronized List<GroupMatch> search(String question, Predicate<Group> accept, int limit) {
    WordIndex.Question asked = words.ask(question);
    Map<String, Double> meaning = new HashMap<>();
    vectors.all(question).forEach(match -> meaning.put(match.id(), Math.min(1, match.score())));
    return groups.values().stream()
        .filter(accept)
        .map(
            group ->
                new GroupMatch(
                    group,
                    WORDS * asked.score(group.id())
                        + (1 - WORDS) * meaning.getOrDefault(group.id(), 0.0)))
        .filter(match -> match.score() >= NOISE)
        .sorted(
            Comparator.comparingDouble((GroupMatch match) -> -match.score())
                .thenComparing(match -> match.group().id()))
        .limit(limit)
        .toList();
  }

  /** Links between clusters that no decision keeps apart, best first. */
  public synchronized List<Link> suggestions() {
    ClusterModel now = model();
    return ledger.currentLinks().stream()
        .filter(link -> !now.together(link.a(), link.b()))
        .filter(link -> now.splitBetween(link.a(), link.b()) == null)
        .toList();
  }

  /** What decides about two groups, without what only the groups themselves tell. */
  public synchronized Explanation explain(String first, String second) {
    cluster(first);
    cluster(second);
    String one = ledger.current(first);
    String two = ledger.current(second);
    return new Explanation(
        one,
        two,
        one.equals(two) ? List.of() : model().path(one, two),
        model().splitBetween(one, two),
        vectors.score(ledger.textOf(one), ledger.textOf(two)),
        ledger.rule().score(),
        ledger.rule().minPoints(),
        vectors.model().id(),
        Map.of(),
        Difference.NONE,
        Difference.NONE);
  }

  /** The ids that standing splits name and that can be strict fingerprints. */
  private Set<Fingerprint> splitPrints() {
    Set<Fingerprint> prints = new HashSet<>();
    for (Correction correction : ledger.standing()) {
      if (correction.kind() == Correction.Kind.SPLIT) {
        for (String id : correction.left()) {
          fingerprint(id).ifPresent(prints::add);
          fingerprint(ledger.current(id)).ifPresent(prints::add);
        }
      }
    }
    return Set.copyOf(prints);
  }

  /** Empty for the id of a template. */
  private static Optional<Fingerprint> fingerprint(String id) {
    try {
      return Optional.of(Fingerprint.parse(id));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The fingerprints that people split from a group. */
  public Set<Fingerprint> separate() {
    return separate;
  }

  /** All decisions, oldest first. */
  public synchronized List<Correction> corrections() {
    return ledger.corrections();
  }

  /** The decisions about a group and its cluster, and what was taken back of them; oldest first. */
  public synchronized List<Correction> history(String group) {
    Set<String> subject = new TreeSet<>(model().cluster(group));
    subject.add(group);
    List<Correction> found = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Correction correction : ledger.corrections()) {
      boolean named =
          correction.left().stream().map(ledger::current).anyMatch(subject::contains)
              || correction.right().stream().map(ledger::current).anyMatch(subject::contains);
      if (named || ids.contains(correction.undoes())) {
        ids.add(correction.id());
        found.add(correction);
      }
    }
    return found;
  }

  /** What a decision would change. */
  public synchronized ClusterChange effect(Decision decision) {
    Ledger supposed = new Ledger(ledger);
    supposed.correction(decision.by("", Instant.MAX, ""));
    if (decision.kind() == Correction.Kind.SPLIT) {
      for (String id : decision.left()) {
        if (!supposed.knows(id)) {
          supposed.text(id, ""); // a strict fingerprint, which will be a group
        }
      }
    }
    return change(supposed);
  }

  /** Makes a decision. */
  public synchronized void decide(Decision decision, String who, Instant when, String why) {
    checkOpen();
    facts.correction(decision.by(who, afterTheLast(when), why));
    commit();
  }

  /**
   * {@code when}, or just behind the newest decision: a clock set back must not undo a decision.
   */
  private Instant afterTheLast(Instant when) {
    List<Correction> all = ledger.corrections();
    Instant last = all.isEmpty() ? Instant.MIN : all.get(all.size() - 1).when();
    return when.isAfter(last) ? when : last.plusNanos(1);
  }

  /** What another rule would change. */
  public synchronized ClusterChange effect(double score, int minPoints) {
    double least = vectors.model().similar();
    if (!(score >= least && score <= 1) || minPoints < 2) {
      throw new LogSenseException(
          Category.USAGE,
          "score %s, minPoints %d: the score must be %s (similar, by %s) to 1, minPoints at least 2"
              .formatted(score, minPoints, least, vectors.model().id()));
    }
    Ledger supposed = new Ledger(ledger);
    supposed.rule(new Ledger.Rule(score, minPoints, Instant.MAX, "", ""));
    return change(supposed);
  }

  /** Makes another rule. */
  public synchronized void rule(double score, int minPoints, String who, Instant when, String why) {
    checkOpen();
    Instant last = ledger.rule().since();
    Instant since = when.isAfter(last) ? when : last.plusNanos(1);
    facts.rule(new Ledger.Rule(score, minPoints, since, who, why));
    commit();
  }

  private ClusterChange change(Ledger supposed) {
    List<List<String>> now = model().clusters();
    List<List<String>> then = ClusterModel.of(supposed).clusters();
    Set<List<String>> before = new HashSet<>(now);
    Set<List<String>> after = new HashSet<>(then);
    return new ClusterChange(
        now.stream().filter(groups -> !after.contains(groups)).map(this::cluster).toList(),
        then.stream().filter(groups -> !before.contains(groups)).map(this::cluster).toList());
  }

  /** Adds the facts of another instance: all of them, or none when this fails. */
  public synchronized void absorb(Path directory) {
    checkOpen();
    Path other = directory.resolve(JOURNAL);
    if (!Files.exists(other)) {
      throw new LogSenseException(Category.USAGE, "no clusters in " + directory);
    }
    Ledger theirs = Facts.read(other, vectors.model().id(), vectors.model().same());
    Map<String, String> fresh = new TreeMap<>();
    theirs
        .texts()
        .forEach(
            (id, text) -> {
              if (!ledger.knows(id) || text.compareTo(ledger.textOf(id)) < 0) {
                fresh.put(id, text);
              }
            });
    theirs.links().forEach(facts::link);
    theirs.aliases().forEach(facts::alias);
    theirs.corrections().forEach(facts::correction);
    facts.rule(theirs.rule());
    place(fresh);
    rename(theirs.aliases().keySet());
  }

  /** How many facts, and groups of this process, mention a subject. */
  public synchronized long mentions(Subject subject) {
    Redaction redaction = new Redaction(subject);
    return facts.mentions(subject)
        + vectors.mentions(subject)
        + groups.values().stream().filter(group -> redaction.group(group) != group).count();
  }

  /**
   * Takes a subject out of facts and groups. Vectors of its texts are made again when that is on
   * the disk; after a crash between, opening finds texts and vectors by their names and a further
   * purge makes them.
   */
  public synchronized long purge(Subject subject) {
    checkOpen();
    long mentions = mentions(subject);
    facts.purge(subject);
    Map<String, String> changed = new TreeMap<>(ledger.texts());
    changed.values().removeIf(text -> !text.contains(Subject.REDACTED));
    vectors.purge(subject, changed);
    words.clear();
    ledger
        .texts()
        .forEach(
            (group, text) -> {
              if (ledger.current(group).equals(group)) {
                words.add(group, text);
              }
            });
    Redaction redaction = new Redaction(subject);
    groups.replaceAll((id, group) -> redaction.group(group));
    representatives.clear();
    model = null;
    return mentions;
  }

  /** Saves the vectors and lets the directory go; the second time nothing. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      try (facts) {
        vectors.save();
      }
    }
  }
}

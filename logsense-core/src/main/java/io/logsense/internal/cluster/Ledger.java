package io.logsense.internal.cluster;

import io.logsense.api.cluster.Correction;
import io.logsense.api.cluster.Link;
import io.logsense.api.purge.Subject;
import io.logsense.internal.journal.Aliases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The facts that clusters follow from: texts of groups, links, decisions and aliases.
 *
 * <p>A set of facts, without an order of its own: the union of two ledgers is a ledger, and it does
 * not matter which is added to which, or how often. Not thread-safe.
 */
final class Ledger {
  /** The order in which decisions were made; that of the id where times are equal. */
  private static final Comparator<Correction> BY_TIME =
      Comparator.comparing(Correction::when).thenComparing(Correction::id);

  /** How alike neighbours are, and how many of them make the core of a cluster. */
  record Rule(double score, int minPoints, Instant since, String who, String why) {
    private static final Comparator<Rule> NEWEST_LAST =
        Comparator.comparing(Rule::since)
            .thenComparing(Rule::score)
            .thenComparing(Rule::minPoints)
            .thenComparing(Rule::who)
            .thenComparing(Rule::why);
  }

  private final Map<String, String> texts = new TreeMap<>();
  private final Set<Link> links =
      new TreeSet<>(
          Comparator.comparingDouble((Link link) -> -link.score())
              .thenComparing(Link::a)
              .thenComparing(Link::b));
  private final Map<String, Correction> corrections = new TreeMap<>();
  private final Aliases aliases = new Aliases();
  private Rule rule;

  /**
   * An empty ledger under a rule that any other replaces.
   *
   * @param same from here on a link joins; 1 for never, not even texts that are equal
   */
  Ledger(double same) {
    rule = new Rule(same < 1 ? same : Math.nextUp(1.0), 2, Instant.MIN, "", "");
  }

  Ledger(Ledger other) {
    rule = other.rule;
    add(other);
  }

  void add(Ledger other) {
    other.texts.forEach(this::text);
    links.addAll(other.links);
    other.corrections.values().forEach(this::correction);
    other.aliases().forEach(this::alias);
    rule(other.rule);
  }

  /** Notes a rule; the newest holds. */
  void rule(Rule other) {
    rule = isNews(other) ? other : rule;
  }

  boolean isNews(Rule other) {
    return Rule.NEWEST_LAST.compare(other, rule) > 0;
  }

  Rule rule() {
    return rule;
  }

  /** Notes the text that a group is compared by; the first one stays, or the smaller of two. */
  void text(String group, String text) {
    texts.merge(group, text, (one, two) -> one.compareTo(two) <= 0 ? one : two);
  }

  void link(Link link) {
    links.add(link);
  }

  boolean isNews(Link link) {
    return !links.contains(link);
  }

  boolean isNews(Correction correction) {
    return !corrections.containsKey(correction.id());
  }

  void correction(Correction correction) {
    corrections.put(correction.id(), correction);
  }

  /** Notes that the group once called {@code from} is called {@code to}. */
  void alias(String from, String to) {
    aliases.add(from, to);
  }

  boolean isNews(String from, String to) {
    return aliases.isNews(from, to);
  }

  boolean knows(String group) {
    return texts.containsKey(group);
  }

  /** Whether a fact is about the group: its text, or a decision that may be older than that. */
  boolean names(String group) {
    return knows(group)
        || corrections.values().stream()
            .anyMatch(known -> known.left().contains(group) || known.right().contains(group));
  }

  /** The text of the group; empty when it is not known. */
  String textOf(String group) {
    return texts.getOrDefault(group, "");
  }

  Map<String, String> texts() {
    return texts;
  }

  /** Every pair of groups that are alike, whether the rule joins them or not; best first. */
  Set<Link> links() {
    return links;
  }

  /** The links by the names that groups have now: the best of each pair, best first. */
  Collection<Link> currentLinks() {
    if (aliases().isEmpty()) {
      return links;
    }
    List<Link> current = new ArrayList<>();
    Set<Link> pairs = new HashSet<>();
    for (Link link : links) {
      Link named = new Link(current(link.a()), current(link.b()), link.score());
      if (!named.a().equals(named.b()) && pairs.add(new Link(named.a(), named.b(), 0))) {
        current.add(named);
      }
    }
    return current;
  }

  /** The links that join, by the rule. */
  List<Link> joining() {
    List<Link> near =
        currentLinks().stream().takeWhile(link -> link.score() >= rule.score()).toList();
    Set<Link> kept = DensityClusters.links(near, rule.minPoints());
    return near.stream().filter(kept::contains).toList();
  }

  Map<String, String> aliases() {
    return aliases.all();
  }

  /** The name that the group once called {@code id} has now. */
  String current(String id) {
    return aliases.current(id);
  }

  /** All decisions, oldest first. */
  List<Correction> corrections() {
    List<Correction> all = new ArrayList<>(corrections.values());
    all.sort(BY_TIME);
    return all;
  }

  /** Takes a subject out of texts and decisions; what they link and decide stays. */
  void redact(Subject subject) {
    texts.replaceAll((group, text) -> subject.redact(text));
    corrections.replaceAll((id, correction) -> redacted(correction, subject));
    rule = redacted(rule, subject);
  }

  /** How many facts mention a subject. */
  long mentions(Subject subject) {
    return texts.values().stream().filter(subject::isIn).count()
        + corrections.values().stream()
            .filter(correction -> !redacted(correction, subject).equals(correction))
            .count()
        + (redacted(rule, subject).equals(rule) ? 0 : 1);
  }

  private static Rule redacted(Rule rule, Subject subject) {
    return new Rule(
        rule.score, rule.minPoints, rule.since, subject.redact(rule.who), subject.redact(rule.why));
  }

  private static Correction redacted(Correction correction, Subject subject) {
    return new Correction(
        correction.id(),
        correction.kind(),
        correction.left(),
        correction.right(),
        correction.undoes(),
        subject.redact(correction.who()),
        correction.when(),
        subject.redact(correction.why()));
  }

  /** The merges and splits that were not taken back, newest first, under current names. */
  List<Correction> standing() {
    List<Correction> newestFirst = corrections();
    newestFirst.sort(BY_TIME.reversed());
    Set<String> undone = new HashSet<>();
    List<Correction> standing = new ArrayList<>();
    for (Correction correction : newestFirst) {
      if (undone.contains(correction.id())) {
        continue;
      }
      if (correction.kind() == Correction.Kind.UNDO) {
        undone.add(correction.undoes());
      } else {
        standing.add(correction);
      }
    }
    return standing;
  }
}

package io.logsense;

import io.logsense.api.fingerprint.Fingerprint;
import io.logsense.api.group.Group;
import io.logsense.api.group.GroupKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One problem in two samples: the largest group of each, the counts of all of them. */
final class GroupPair {
  private static final String VARIABLE = VaryingText.VARIABLE;

  /** A template with fewer letters covers anything. */
  private static final int FEWEST_LETTERS = 4;

  /** Groups of one sample only that are compared with those of the other, each with each. */
  private static final int MOST_COVERED = 2000;

  private @Nullable Group before;
  private @Nullable Group after;
  private long countBefore;
  private long countAfter;

  private GroupPair() {}

  GroupPair(Group before, Group after, long countBefore, long countAfter) {
    this.before = before;
    this.after = after;
    this.countBefore = countBefore;
    this.countAfter = countAfter;
  }

  /** The pairs of two samples; see {@link Changes} for what is the same in both. */
  static List<GroupPair> match(
      Collection<Group> before, Collection<Group> after, UnaryOperator<String> resolve) {
    Map<String, GroupPair> byName = new HashMap<>();
    List<GroupPair> pairs = new ArrayList<>();
    Map<String, GroupPair> byId = new LinkedHashMap<>();
    for (Group group : after) {
      byId.computeIfAbsent(resolve.apply(group.id()), id -> new GroupPair()).addAfter(group);
    }
    byId.forEach(
        (id, pair) -> {
          pairs.add(pair);
          byName.put(id, pair);
        });
    for (Group group : after) {
      GroupPair pair = byName.get(resolve.apply(group.id()));
      names(group).forEach(name -> byName.putIfAbsent(name, pair));
    }
    for (Group group : before) {
      String id = resolve.apply(group.id());
      GroupPair pair = byName.get(id);
      for (String name : names(group)) {
        pair = pair == null ? byName.get(name) : pair;
      }
      if (pair == null) {
        pair = new GroupPair();
        pairs.add(pair);
        byName.put(id, pair);
      }
      pair.addBefore(group);
    }
    return joined(pairs);
  }

  /** The pairs, with what only one sample has joined where the template of one covers the other. */
  private static List<GroupPair> joined(List<GroupPair> pairs) {
    List<GroupPair> gone = open(pairs, pair -> pair.after == null);
    List<GroupPair> fresh = open(pairs, pair -> pair.before == null);
    Set<GroupPair> dropped = Collections.newSetFromMap(new IdentityHashMap<>());
    for (GroupPair old : gone) {
      fresh.stream()
          .filter(pair -> covers(old, pair))
          .findFirst()
          .ifPresent(
              pair -> {
                pair.before = larger(pair.before, old.groupBefore());
                pair.countBefore += old.countBefore;
                dropped.add(old);
              });
    }
    return pairs.stream().filter(pair -> !dropped.contains(pair)).toList();
  }

  private static List<GroupPair> open(List<GroupPair> pairs, Predicate<GroupPair> side) {
    return pairs.stream()
        .filter(side)
        .filter(pair -> pair.groupAfter().kind() == GroupKind.MESSAGE)
        .limit(MOST_COVERED)
        .toList();
  }

  private static boolean covers(GroupPair old, GroupPair fresh) {
    Group one = old.groupBefore();
    Group other = fresh.groupAfter();
    return covers(one.template(), other.representative().message())
        || covers(other.template(), one.representative().message());
  }

  /** Whether a message is what a template says, but for its variables. */
  static boolean covers(String template, String message) {
    int variable = template.indexOf(VARIABLE);
    if (variable < 0 || template.chars().filter(Character::isLetter).count() < FEWEST_LETTERS) {
      return false;
    }
    int last = template.lastIndexOf(VARIABLE) + VARIABLE.length();
    int end = message.length() - (template.length() - last);
    if (end < variable
        || !message.startsWith(template.substring(0, variable))
        || !message.endsWith(template.substring(last))) {
      return false;
    }
    int at = variable;
    while (variable + VARIABLE.length() < last) {
      int next = template.indexOf(VARIABLE, variable + VARIABLE.length());
      String between = template.substring(variable + VARIABLE.length(), next);
      at = message.indexOf(between, at);
      if (at < 0 || at + between.length() > end) {
        return false;
      }
      at += between.length();
      variable = next;
    }
    return true;
  }

  /** What else a group is known by, surest first. */
  private static List<String> names(Group group) {
    List<String> names = new ArrayList<>(group.formerIds());
    group.variants().keySet().stream()
        .filter(variant -> !variant.equals(GroupCounter.OTHER_VARIANT))
        .map(Fingerprint::toString)
        .forEach(names::add);
    if (group.kind() == GroupKind.MESSAGE && !group.template().isEmpty()) {
      names.add("template " + group.template());
    }
    return names;
  }

  private void addBefore(Group group) {
    before = larger(before, group);
    countBefore += group.count();
  }

  private void addAfter(Group group) {
    after = larger(after, group);
    countAfter += group.count();
  }

  private static Group larger(@Nullable Group one, Group other) {
    return one == null || other.count() > one.count() ? other : one;
  }

  boolean isInBoth() {
    return countBefore > 0 && countAfter > 0;
  }

  /** As it is in the first sample, or in the second when only that has it. */
  Group groupBefore() {
    return Objects.requireNonNull(before == null ? after : before);
  }

  /** As it is in the second sample, or in the first when only that has it. */
  Group groupAfter() {
    return Objects.requireNonNull(after == null ? before : after);
  }

  long countBefore() {
    return countBefore;
  }

  long countAfter() {
    return countAfter;
  }

  long sum() {
    return countBefore + countAfter;
  }
}

package io.logsense.internal.journal;

import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The names that groups had before: a set of facts, whose order does not matter. Not thread-safe.
 */
public final class Aliases {
  private final Map<String, String> names = new TreeMap<>();

  /** No names yet. */
  public Aliases() {}

  /**
   * Notes that the group once called {@code from} is called {@code to}; of two such names the
   * smaller one holds.
   */
  public void add(String from, String to) {
    if (isNews(from, to)) {
      names.put(from, to);
    }
  }

  /** Whether it would change anything to add this. */
  public boolean isNews(String from, String to) {
    String before = names.get(from);
    return !from.equals(to) && (before == null || before.compareTo(to) > 0);
  }

  /** Every former name with the one that follows it. */
  public Map<String, String> all() {
    return Collections.unmodifiableMap(names);
  }

  /** The name that the group once called {@code id} has now; of a circle, the smallest name. */
  public String current(String id) {
    if (!names.containsKey(id)) {
      return id;
    }
    String name = id;
    Set<String> passed = new HashSet<>();
    while (names.containsKey(name) && passed.add(name)) {
      name = names.get(name);
    }
    return passed.contains(name) ? smallestInCircle(name) : name;
  }

  private String smallestInCircle(String start) {
    String smallest = start;
    String name = names.getOrDefault(start, start);
    while (!name.equals(start)) {
      smallest = name.compareTo(smallest) < 0 ? name : smallest;
      name = names.getOrDefault(name, start);
    }
    return smallest;
  }
}

package io.logsense.internal.cluster;

import io.logsense.api.cluster.Correction;
import io.logsense.api.cluster.Link;
import io.logsense.api.purge.Subject;
import io.logsense.internal.journal.Fact;
import io.logsense.internal.journal.Journal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Ledger} and the {@link Journal} that keeps it. What is noted counts from {@link #commit}
 * on, in both or, when that fails, in neither. Not thread-safe.
 */
final class Facts implements AutoCloseable {
  private final Ledger ledger;
  private final String model;
  private final Journal journal;
  private final Set<String> placed = new HashSet<>();
  private final List<Fact> noted = new ArrayList<>();

  /** The facts kept in {@code file}; in memory when that is null. */
  Facts(@Nullable Path file, String model, double same) {
    this.ledger = new Ledger(same);
    this.model = model;
    this.journal =
        Journal.exclusive(
            file, FactLines.FORMAT, fact -> FactLines.read(fact, ledger, model, placed));
  }

  /** What {@code file} holds, without opening it for writing. */
  static Ledger read(Path file, String model, double same) {
    Ledger ledger = new Ledger(same);
    Set<String> ignored = new HashSet<>();
    Journal.read(file, FactLines.FORMAT, fact -> FactLines.read(fact, ledger, model, ignored));
    return ledger;
  }

  /** What was committed. */
  Ledger ledger() {
    return ledger;
  }

  /** Whether the model in use has placed the group. */
  boolean isPlaced(String group) {
    return placed.contains(group);
  }

  /** Notes that the model in use has placed the group by its text. */
  void placed(String group, String text) {
    noted.add(FactLines.text(group, text, model));
  }

  void link(Link link) {
    if (ledger.isNews(link)) {
      noted.add(FactLines.link(link, model));
    }
  }

  void correction(Correction correction) {
    if (ledger.isNews(correction)) {
      noted.add(FactLines.correction(correction));
    }
  }

  void rule(Ledger.Rule rule) {
    if (ledger.isNews(rule)) {
      noted.add(FactLines.rule(rule, model));
    }
  }

  void alias(String from, String to) {
    if (ledger.isNews(from, to)) {
      noted.add(FactLines.alias(from, to));
    }
  }

  /** What was noted is on the disk and in the ledger when this returns; says whether any was. */
  boolean commit() {
    try {
      if (noted.isEmpty()) {
        return false;
      }
      journal.write(() -> noted);
      return true;
    } finally {
      noted.clear();
    }
  }

  /** How many facts mention a subject, of those kept and those known. */
  long mentions(Subject subject) {
    return Math.max(
        ledger.mentions(subject), journal.changed(fact -> FactLines.redacted(fact, subject)));
  }

  /** Takes a subject out of all facts, in the file first. */
  void purge(Subject subject) {
    journal.rewrite(fact -> FactLines.redacted(fact, subject));
    ledger.redact(subject);
  }

  /** Drops what was noted and not committed. */
  void forget() {
    noted.clear();
  }

  @Override
  public void close() {
    journal.close();
  }
}

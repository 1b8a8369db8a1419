package io.logsense.internal.cluster;

import io.logsense.api.cluster.Correction;
import io.logsense.api.cluster.Link;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Ledger} and the {@link Journal} that keeps it, if any. What is noted counts from {@link
 * #commit} on, in both or, when that fails, in neither. Not thread-safe.
 */
final class Facts implements AutoCloseable {
  private final Ledger ledger;
  private final @Nullable Journal journal;
  private final Set<String> placed = new HashSet<>();
  private final List<Runnable> noted = new ArrayList<>();

  /** The facts kept in {@code file}; in memory when that is null. */
  Facts(@Nullable Path file, String model, double same) {
    ledger = new Ledger(same);
    journal = file == null ? null : Journal.open(file, model, ledger, placed);
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
    noted.add(
        () -> {
          ledger.text(group, text);
          placed.add(group);
        });
    if (journal != null) {
      journal.text(group, text);
    }
  }

  void link(Link link) {
    if (ledger.isNews(link)) {
      noted.add(() -> ledger.link(link));
      if (journal != null) {
        journal.link(link);
      }
    }
  }

  void correction(Correction correction) {
    if (ledger.isNews(correction)) {
      noted.add(() -> ledger.correction(correction));
      if (journal != null) {
        journal.correction(correction);
      }
    }
  }

  void rule(Ledger.Rule rule) {
    if (ledger.isNews(rule)) {
      noted.add(() -> ledger.rule(rule));
      if (journal != null) {
        journal.rule(rule);
      }
    }
  }

  void alias(String from, String to) {
    if (ledger.isNews(from, to)) {
      noted.add(() -> ledger.alias(from, to));
      if (journal != null) {
        journal.alias(from, to);
      }
    }
  }

  /** What was noted is on the disk and in the ledger when this returns; says whether any was. */
  boolean commit() {
    try {
      if (journal != null) {
        journal.commit();
      }
      noted.forEach(Runnable::run);
      return !noted.isEmpty();
    } finally {
      noted.clear();
    }
  }

  /** Drops what was noted and not committed. */
  void forget() {
    noted.clear();
    if (journal != null) {
      journal.forget();
    }
  }

  @Override
  public void close() {
    if (journal != null) {
      journal.close();
    }
  }
}

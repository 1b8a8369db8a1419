package io.logsense.internal.cluster;

import io.logsense.api.cluster.Correction;
import io.logsense.api.cluster.Link;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Ledger} and the {@link Journal} that keeps it, if any: what is noted in the one is
 * appended to the other. Not thread-safe.
 */
final class Facts implements AutoCloseable {
  private final Ledger ledger;
  private final @Nullable Journal journal;
  private final Set<String> placed = new HashSet<>();

  /** The facts kept in {@code file}; in memory when that is null. */
  Facts(@Nullable Path file, String model, double same) {
    ledger = new Ledger(same);
    journal = file == null ? null : Journal.open(file, model, ledger, placed);
  }

  Ledger ledger() {
    return ledger;
  }

  /** Whether the model in use has placed the group. */
  boolean isPlaced(String group) {
    return placed.contains(group);
  }

  /** Notes that the model in use has placed the group, whose text is known. */
  void placed(String group) {
    placed.add(group);
    if (journal != null) {
      journal.text(group, ledger.texts().getOrDefault(group, ""));
    }
  }

  void link(Link link) {
    ledger.link(link);
    if (journal != null) {
      journal.link(link);
    }
  }

  void correction(Correction correction) {
    ledger.correction(correction);
    if (journal != null) {
      journal.correction(correction);
    }
  }

  void rule(Ledger.Rule rule) {
    ledger.rule(rule);
    if (journal != null) {
      journal.rule(rule);
    }
  }

  /** Notes a new name; says whether that is news. */
  boolean alias(String from, String to) {
    boolean news = ledger.alias(from, to);
    if (news && journal != null) {
      journal.alias(from, to);
    }
    return news;
  }

  /** What was noted is on the disk when this returns. */
  void commit() {
    if (journal != null) {
      journal.commit();
    }
  }

  @Override
  public void close() {
    if (journal != null) {
      journal.close();
    }
  }
}

package io.logsense.api.vector;

import java.util.Collection;
import java.util.List;

/**
 * Vectors of one embedding model under ids, searched by cosine. Implemented by connectors.
 *
 * <p>Threads: any number may search while others write; writers may wait for each other, a search
 * waits for nobody. A search sees every entry whose {@code upsert} returned before it began and
 * none whose {@code remove} returned before it began; of an entry that is written meanwhile it sees
 * the old or the new state, never a mix and never both. Where a remote store cannot promise that,
 * the adapter says so.
 *
 * <p>Scores are {@code max(0, cosine)}, so they lie in [0, 1] and a model's cosine threshold is a
 * score as it stands. The alternative {@code (1 + cosine) / 2} keeps the order of vectors that
 * point away from the query, which nobody asks for, and makes every threshold a converted one.
 *
 * <p>A search may be approximate: it may miss a near entry, the less likely the higher {@link
 * VectorQuery#effort}. What it returns always exists, satisfies the filter and has its true score,
 * up to 1e-4.
 *
 * <p>Errors: {@link io.logsense.api.LogSenseException} (usage) for a vector of another dimension;
 * (transient or external) for a store that cannot be reached or refuses. A failed {@code upsert}
 * may have stored the entries before the refused one; repeating it is safe.
 */
public interface VectorStore {
  /** The model whose vectors these are; those of another are not comparable. */
  String modelId();

  /** Components of every vector. */
  int dimension();

  /** Stores {@code entries}, each replacing the one of the same id; of equal ids the last stays. */
  void upsert(Collection<VectorEntry> entries);

  /**
   * The entries nearest to the query among those that satisfy its filter, best first, equal scores
   * by id; at most {@link VectorQuery#limit}.
   *
   * <p>The filter applies inside the search: fewer than the limit come back only when fewer satisfy
   * it, or were found for this effort.
   */
  List<VectorMatch> search(VectorQuery query);

  /** Forgets the entries of these ids; unknown ones are passed over. Says how many there were. */
  int remove(Collection<String> ids);

  /** Entries stored. */
  long size();
}

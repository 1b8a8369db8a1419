package io.logsense.api.embed;

import java.util.List;

/**
 * Turns texts into unit vectors; the closer two are in meaning, the higher the cosine of their
 * vectors. Implemented by plugins; used by many threads at once.
 *
 * <p>Deterministic: a text has one vector per {@linkplain ModelCard#id() model id}, whatever other
 * texts are in the batch. Texts are equals: there is no separate form for queries.
 *
 * <p>Whoever made an embedder closes it, after the last call has returned. The default does
 * nothing, for those that hold nothing but memory.
 */
public interface Embedder extends AutoCloseable {
  /** What this embedder is; always the same answer, without loading anything. */
  ModelCard model();

  /**
   * One row for each text, in their order, each of {@link ModelCard#dimension()} numbers and of
   * unit length. The caller owns the rows.
   *
   * <p>No content is an error. A text without anything to read, such as an empty one, has a unit
   * row as well, the same for all such texts of a kind. Of a text past the {@linkplain
   * ModelCard#limit() limit} the head and the tail are read. An empty list gives no rows.
   *
   * @throws io.logsense.api.LogSenseException for all texts or none: transient when the same call
   *     may succeed later, an interrupted thread included (its flag stays set); external when the
   *     model or its server refuses; limit when the list itself is too long
   */
  float[][] embed(List<String> texts);

  @Override
  default void close() {}
}

package io.logsense.internal.cluster;

import io.logsense.api.embed.Embedder;
import io.logsense.api.embed.ModelCard;
import io.logsense.api.vector.VectorEntry;
import io.logsense.api.vector.VectorMatch;
import io.logsense.api.vector.VectorQuery;
import io.logsense.api.vector.VectorStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The vectors of texts: made by an embedder, kept and searched in a store. */
final class TextVectors {
  private final Embedder embedder;
  private final VectorStore store;
  private final @Nullable VectorFile file;
  private final @Nullable Set<String> restored;

  /**
   * Vectors in {@code store}, restored from {@code directory} if the store keeps nothing itself.
   */
  TextVectors(Embedder embedder, VectorStore store, @Nullable Path directory) {
    this.embedder = embedder;
    this.store = store;
    file = directory == null ? null : VectorFile.in(directory, store);
    restored = file == null ? null : new HashSet<>(file.load());
  }

  ModelCard model() {
    return embedder.model();
  }

  /** Whether a group that was placed once is in the store still, as of when it was opened. */
  boolean isStored(String group) {
    return restored == null || restored.contains(group);
  }

  float[][] embed(List<String> texts) {
    return texts.isEmpty() ? new float[0][] : embedder.embed(texts);
  }

  void put(String group, float[] vector) {
    store.upsert(List.of(VectorEntry.of(group, vector)));
  }

  void putAll(List<String> groups, List<String> texts) {
    float[][] rows = embed(texts);
    List<VectorEntry> entries = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      entries.add(VectorEntry.of(groups.get(i), rows[i]));
    }
    store.upsert(entries);
  }

  void remove(String group) {
    store.remove(List.of(group));
  }

  List<VectorMatch> near(float[] vector, int limit) {
    return store.search(VectorQuery.near(vector).limit(limit));
  }

  /** Everything stored that is like the text at all, best first. */
  List<VectorMatch> all(String text) {
    int limit = (int) Math.min(VectorQuery.MAX_LIMIT, Math.max(1, store.size()));
    return near(embed(List.of(text))[0], limit);
  }

  /** The cosine of two texts as a score in [0, 1]. */
  double score(String one, String two) {
    float[][] rows = embed(List.of(one, two));
    return Math.max(0, Math.min(1, product(rows[0], rows[1])));
  }

  /** Which of the texts is nearest to the centre of all; of equals the first. */
  int nearestToCentre(List<String> texts) {
    float[][] rows = embed(texts);
    float[] centre = new float[model().dimension()];
    for (float[] row : rows) {
      for (int i = 0; i < centre.length; i++) {
        centre[i] += row[i];
      }
    }
    int best = 0;
    for (int i = 1; i < rows.length; i++) {
      if (product(rows[i], centre) > product(rows[best], centre) + 1e-6) {
        best = i;
      }
    }
    return best;
  }

  private static double product(float[] one, float[] two) {
    double product = 0;
    for (int i = 0; i < one.length; i++) {
      product += (double) one[i] * two[i];
    }
    return product;
  }

  void save() {
    if (file != null) {
      file.save();
    }
  }
}

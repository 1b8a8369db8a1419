package io.logsense.internal.cluster;

import io.logsense.api.embed.Embedder;
import io.logsense.api.embed.ModelCard;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.vector.VectorEntry;
import io.logsense.api.vector.VectorMatch;
import io.logsense.api.vector.VectorQuery;
import io.logsense.api.vector.VectorStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of texts: made by an embedder, kept and searched in a store. A text without a word
 * has none, for it means nothing: it is like no other, not even its equal.
 */
final class TextVectors {
  /** Texts for each call of the embedder, which may be a server that takes only so many. */
  private static final int BATCH = 128;

  private final Embedder embedder;
  private final VectorStore store;
  private final @Nullable VectorFile file;
  private final Set<String> stored = new HashSet<>();

  /**
   * Vectors in {@code store}, restored from {@code directory} if the store keeps nothing itself.
   *
   * @param wanted the groups that should have a vector
   */
  TextVectors(Embedder embedder, VectorStore store, @Nullable Path directory, Set<String> wanted) {
    this.embedder = embedder;
    this.store = store;
    file = directory == null ? null : VectorFile.in(directory, store);
    if (file != null) {
      stored.addAll(file.load());
      List<String> strangers = new ArrayList<>(stored);
      strangers.removeAll(wanted);
      remove(strangers);
    } else if (directory != null && store.size() >= wanted.size()) {
      stored.addAll(wanted); // A store elsewhere cannot be asked for more than how many there are.
    }
  }

  ModelCard model() {
    return embedder.model();
  }

  /** Whether there is a vector to compare the text by. */
  static boolean isComparable(String text) {
    return text.codePoints().anyMatch(Character::isLetter);
  }

  boolean isStored(String group) {
    return stored.contains(group);
  }

  float[][] embed(List<String> texts) {
    float[][] rows = new float[texts.size()][];
    for (int start = 0; start < rows.length; start += BATCH) {
      List<String> batch = texts.subList(start, Math.min(start + BATCH, rows.length));
      System.arraycopy(embedder.embed(batch), 0, rows, start, batch.size());
    }
    return rows;
  }

  void put(String group, float[] vector) {
    store.upsert(List.of(VectorEntry.of(group, vector)));
    stored.add(group);
  }

  void putAll(Map<String, String> textByGroup) {
    float[][] rows = embed(List.copyOf(textByGroup.values()));
    List<VectorEntry> entries = new ArrayList<>();
    for (String group : textByGroup.keySet()) {
      entries.add(VectorEntry.of(group, rows[entries.size()]));
    }
    store.upsert(entries);
    stored.addAll(textByGroup.keySet());
  }

  void remove(Collection<String> groups) {
    if (!groups.isEmpty()) {
      store.remove(groups);
      groups.forEach(stored::remove);
    }
  }

  /** The groups nearest to a vector, best first. */
  List<VectorMatch> near(float[] vector, int limit) {
    List<VectorMatch> matches =
        new ArrayList<>(store.search(VectorQuery.near(vector).limit(limit)));
    matches.removeIf(match -> !stored.contains(match.id()));
    return matches;
  }

  /** Everything stored that is like the text at all, best first. */
  List<VectorMatch> all(String text) {
    int limit = (int) Math.min(VectorQuery.MAX_LIMIT, Math.max(1, store.size()));
    return isComparable(text) ? near(embed(List.of(text))[0], limit) : List.of();
  }

  /** The cosine of two texts as a score in [0, 1]. */
  double score(String one, String two) {
    if (!isComparable(one) || !isComparable(two)) {
      return 0;
    }
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

  /** What the cache of embeddings and the store keep of a subject besides vectors of texts. */
  long mentions(Subject subject) {
    return store instanceof Purgeable purgeable ? purgeable.mentions(subject) : 0;
  }

  /** Forgets cached embeddings, and makes vectors again from texts that are others now. */
  void purge(Subject subject, Map<String, String> changed) {
    if (embedder instanceof Purgeable cache) {
      long unused = cache.purge(subject);
    }
    Map<String, String> comparable = new TreeMap<>(changed);
    comparable.keySet().retainAll(stored);
    List<String> bare =
        comparable.entrySet().stream()
            .filter(entry -> !isComparable(entry.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    remove(bare);
    comparable.keySet().removeAll(bare);
    putAll(comparable);
    if (store instanceof Purgeable purgeable) {
      long unused = purgeable.purge(subject);
    }
    save();
  }

  void save() {
    if (file != null) {
      file.save();
    }
  }
}

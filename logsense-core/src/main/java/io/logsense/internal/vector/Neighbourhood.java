package io.logsense.internal.vector;

/**
 * Chooses links: near, and in different directions. Hot loop: written for speed.
 *
 * <p>SELECT-NEIGHBORS-HEURISTIC of the paper: going from the nearest to the farthest, a candidate
 * is taken unless one that was taken before is nearer to it than the node itself.
 */
final class Neighbourhood {
  /** Cosines from here on are those of equal vectors. */
  private static final float EQUAL = 1 - 1e-6f;

  private final VectorRows rows;
  private final float[] scores = new float[LayeredLinks.BOTTOM + 1];
  private final int[] chosen = new int[LayeredLinks.BOTTOM + 1];
  private int count;

  Neighbourhood(VectorRows rows) {
    this.rows = rows;
  }

  /** The slots taken, in the first {@link #count} places. */
  int[] chosen() {
    return chosen;
  }

  int count() {
    return count;
  }

  void clear() {
    count = 0;
  }

  /** Takes {@code slot}, whatever was taken before. */
  void take(int slot) {
    chosen[count++] = slot;
  }

  /** Takes candidates, given best first as keys with their score, until {@code limit} are taken. */
  void choose(long[] candidates, int limit) {
    int equal = 0;
    for (int i = 0; i < candidates.length && count < limit; i++) {
      int slot = ScoredHeap.slot(candidates[i]);
      float score = ScoredHeap.score(candidates[i]);
      boolean fits = score < EQUAL || ++equal <= limit / 2;
      if (fits && leadsElsewhere(slot, score)) {
        take(slot);
      }
    }
  }

  private boolean leadsElsewhere(int slot, float score) {
    float[] chunk = rows.chunk(slot);
    int at = rows.offset(slot);
    for (int from = 0; from < count; from += 4) {
      int group = Math.min(4, count - from);
      rows.scores(chunk, at, chosen, from, group, scores);
      for (int i = 0; i < group; i++) {
        if (scores[i] > score) {
          return false;
        }
      }
    }
    return true;
  }
}

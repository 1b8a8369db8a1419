package io.logsense.internal.embed;

/**
 * Sums weighted features of one text after the other into rows.
 *
 * <p>A concept has a dimension of its own, from 0 on; every other feature shares the rest by its
 * hash, with a sign from the hash so that what collides cancels out on average (Weinberger et al.,
 * "Feature Hashing for Large Scale Multitask Learning", ICML 2009). The n-th occurrence of a
 * feature counts 1/n, so the sum grows with the logarithm of the term frequency.
 */
final class FeatureRow {
  /** Distinct features of a text whose occurrences are counted; further ones count as new. */
  private static final int COUNTED = 512;

  private static final int SLOTS = 2 * COUNTED;

  private final int concepts;
  private final long[] features = new long[SLOTS];

  /** Number of the text that last used a slot or concept, and how often it did. */
  private final int[] users;

  private final int[] occurrences;
  private float[] row = {};
  private int text;
  private int counted;

  FeatureRow(int concepts) {
    this.concepts = concepts;
    users = new int[SLOTS + concepts];
    occurrences = new int[SLOTS + concepts];
  }

  /** Turns to the next text, whose features go to {@code next}. */
  void begin(float[] next) {
    row = next;
    text++;
    counted = 0;
  }

  void concept(int number, float weight) {
    row[number] += weight / count(SLOTS + number);
  }

  void feature(long hash, float weight) {
    int at = (int) hash & (SLOTS - 1);
    while (users[at] == text && features[at] != hash) {
      at = (at + 1) & (SLOTS - 1);
    }
    float share = weight;
    if (users[at] == text) {
      share /= count(at);
    } else if (counted < COUNTED) {
      counted++;
      features[at] = hash;
      count(at);
    }
    int hashed = row.length - concepts;
    int dimension = concepts + (int) (((hash >>> 33) * hashed) >>> 31);
    row[dimension] += (hash & 1) == 0 ? share : -share;
  }

  private int count(int at) {
    if (users[at] != text) {
      users[at] = text;
      occurrences[at] = 0;
    }
    return ++occurrences[at];
  }
}

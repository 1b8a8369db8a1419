package io.logsense.benchmarks.embed;

import io.logsense.api.embed.Embedder;

/**
 * How well an embedder finds the partner of each paired text among all other texts.
 *
 * @param reciprocalRank mean over the paired texts of 1 / rank of the partner by cosine; of equal
 *     cosines the partner comes last
 * @param recallAt5 the share of partners among the first five
 */
record Retrieval(double reciprocalRank, double recallAt5) {
  private static final int FIRST = 5;

  static Retrieval of(Embedder embedder, SameCausePairs pairs) {
    float[][] rows = embedder.embed(pairs.texts());
    double reciprocal = 0;
    int found = 0;
    for (int i = 0; i < pairs.paired(); i++) {
      int partner = i ^ 1;
      double wanted = cosine(rows[i], rows[partner]);
      int rank = 1;
      for (int k = 0; k < rows.length; k++) {
        if (k != i && k != partner && cosine(rows[i], rows[k]) >= wanted) {
          rank++;
        }
      }
      reciprocal += 1.0 / rank;
      found += rank <= FIRST ? 1 : 0;
    }
    return new Retrieval(reciprocal / pairs.paired(), (double) found / pairs.paired());
  }

  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}

package io.logsense.testkit;

import io.logsense.api.vector.VectorEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Vectors that lie as sentence embeddings do: in clusters, each spread in a few directions of its
 * own. The same seed gives the same vectors.
 */
public final class SampleVectors {
  private static final int CLUSTERS = 40;
  private static final int DIRECTIONS = 6;
  private static final double SPREAD = 0.4;
  private static final double NOISE = 0.02;

  private final Random random;
  private final int dimension;
  private final float[][][] clusters = new float[CLUSTERS][DIRECTIONS + 1][];

  /** A source of vectors of {@code dimension} components. */
  public SampleVectors(int dimension, long seed) {
    this.random = new Random(seed);
    this.dimension = dimension;
    for (float[][] cluster : clusters) {
      for (int i = 0; i < cluster.length; i++) {
        cluster[i] = gaussian(1 / Math.sqrt(dimension));
      }
    }
  }

  private float[] gaussian(double deviation) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) (random.nextGaussian() * deviation);
    }
    return vector;
  }

  /** The next vector, of unit length. */
  public float[] next() {
    float[][] cluster = clusters[random.nextInt(CLUSTERS)];
    float[] vector = gaussian(NOISE);
    for (int k = 0; k < cluster.length; k++) {
      float weight = k == 0 ? 1 : (float) (random.nextGaussian() * SPREAD);
      for (int i = 0; i < dimension; i++) {
        vector[i] += weight * cluster[k][i];
      }
    }
    return VectorEntry.of("", vector).vector();
  }

  /** The next {@code count} vectors. */
  public List<float[]> next(int count) {
    List<float[]> vectors = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      vectors.add(next());
    }
    return vectors;
  }

  /** The ids of the {@code limit} entries with the greatest cosine, found by asking each. */
  public static Set<String> nearest(List<VectorEntry> entries, float[] vector, int limit) {
    record Scored(String id, double cosine) {}

    List<Scored> scored = new ArrayList<>(entries.size());
    entries.forEach(entry -> scored.add(new Scored(entry.id(), dot(entry.vector(), vector))));
    scored.sort(Comparator.comparingDouble(Scored::cosine).reversed());
    Set<String> ids = new HashSet<>();
    scored.subList(0, Math.min(limit, scored.size())).forEach(one -> ids.add(one.id));
    return ids;
  }

  /** The cosine of two unit vectors. */
  public static double dot(float[] a, float[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(Arrays.toString(a) + " and " + Arrays.toString(b));
    }
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}

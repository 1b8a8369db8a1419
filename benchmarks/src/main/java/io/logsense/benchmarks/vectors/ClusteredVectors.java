package io.logsense.benchmarks.vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Made-up vectors that lie as sentence vectors do, for when there are no real ones: clusters of
 * very different sizes, each spread in a few directions of its own and more in the first of them.
 */
final class ClusteredVectors {
  private static final int DIMENSION = 384;
  private static final int CLUSTERS = 300;
  private static final int DIRECTIONS = 16;
  private static final double SPREAD = 0.6;
  private static final double NOISE = 0.01;

  private final Random random;
  private final float[][][] clusters = new float[CLUSTERS][DIRECTIONS + 1][];

  private ClusteredVectors(long seed) {
    random = new Random(seed);
    for (float[][] cluster : clusters) {
      for (int i = 0; i < cluster.length; i++) {
        cluster[i] = scaled(gaussian(1));
      }
    }
  }

  /** Unit vectors; equal seeds make equal ones. */
  static List<float[]> of(int count, long seed) {
    ClusteredVectors source = new ClusteredVectors(seed);
    List<float[]> vectors = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      vectors.add(source.next());
    }
    return vectors;
  }

  private float[] next() {
    double place = random.nextDouble();
    float[][] cluster = clusters[(int) (CLUSTERS * place * place)];
    float[] vector = gaussian(NOISE);
    for (int k = 0; k < cluster.length; k++) {
      double weight = k == 0 ? 1 : random.nextGaussian() * SPREAD / Math.sqrt(k);
      for (int i = 0; i < DIMENSION; i++) {
        vector[i] += (float) weight * cluster[k][i];
      }
    }
    return scaled(vector);
  }

  private float[] gaussian(double deviation) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) (random.nextGaussian() * deviation);
    }
    return vector;
  }

  private static float[] scaled(float[] vector) {
    double squares = 0;
    for (float x : vector) {
      squares += x * x;
    }
    float length = (float) Math.sqrt(squares);
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= length;
    }
    return vector;
  }
}

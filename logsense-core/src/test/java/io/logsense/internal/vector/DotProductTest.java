package io.logsense.internal.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DotProductTest {
  @Test
  void aRowComparedInAGroupScoresTheSameBitsAsAlone() {
    Random random = new Random(1);
    VectorRows rows = new VectorRows(37);
    for (int slot = 0; slot < 7; slot++) {
      rows.set(slot, vector(random, 37));
    }
    float[] query = rows.padded(vector(random, 37));
    float[] scores = new float[7];
    rows.scores(query, 0, new int[] {9, 6, 5, 4, 3, 2, 1, 0}, 1, 7, scores);
    for (int i = 0; i < 7; i++) {
      assertThat(scores[i]).isEqualTo(rows.score(query, 0, 6 - i));
    }
  }

  @Test
  void theProductIsThatOfTheSchoolBook() {
    Random random = new Random(2);
    float[] a = vector(random, 384);
    float[] b = vector(random, 400);
    double expected = 0;
    for (int i = 0; i < 384; i++) {
      expected += (double) a[i] * b[16 + i];
    }
    assertThat((double) new ScalarDotProduct().of(a, 0, b, 16, 384))
        .isCloseTo(expected, within(1e-4));
  }

  private static float[] vector(Random random, int length) {
    float[] vector = new float[length];
    for (int i = 0; i < length; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }
}

package io.logsense.internal.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products by vector instructions, eight partial sums in a register. Hot loop: written for speed.
 */
final class SimdDotProduct implements DotProduct {
  private static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;
  private static final VectorShuffle<Float> BY_ONE = swap(1);
  private static final VectorShuffle<Float> BY_TWO = swap(2);
  private static final VectorShuffle<Float> BY_FOUR = swap(4);

  SimdDotProduct() {
    if (FloatVector.SPECIES_PREFERRED.length() < LANES) {
      // Wider vectors than those of the processor are emulated by objects.
      throw new UnsupportedOperationException(
          "the processor has vectors of " + FloatVector.SPECIES_PREFERRED.length() + " floats");
    }
  }

  @Override
  public float of(float[] a, int i, float[] b, int j, int length) {
    FloatVector s = FloatVector.zero(EIGHT);
    for (int k = 0; k < length; k += LANES) {
      s = s.add(FloatVector.fromArray(EIGHT, a, i + k).mul(FloatVector.fromArray(EIGHT, b, j + k)));
    }
    return sum(s);
  }

  @Override
  public void ofFour(
      float[] a,
      int i,
      float[] b0,
      int j0,
      float[] b1,
      int j1,
      float[] b2,
      int j2,
      float[] b3,
      int j3,
      int length,
      float[] out,
      int at) {
    FloatVector p = FloatVector.zero(EIGHT);
    FloatVector q = FloatVector.zero(EIGHT);
    FloatVector r = FloatVector.zero(EIGHT);
    FloatVector s = FloatVector.zero(EIGHT);
    for (int k = 0; k < length; k += LANES) {
      FloatVector x = FloatVector.fromArray(EIGHT, a, i + k);
      p = p.add(x.mul(FloatVector.fromArray(EIGHT, b0, j0 + k)));
      q = q.add(x.mul(FloatVector.fromArray(EIGHT, b1, j1 + k)));
      r = r.add(x.mul(FloatVector.fromArray(EIGHT, b2, j2 + k)));
      s = s.add(x.mul(FloatVector.fromArray(EIGHT, b3, j3 + k)));
    }
    out[at + 0] = sum(p);
    out[at + 1] = sum(q);
    out[at + 2] = sum(r);
    out[at + 3] = sum(s);
  }

  /**
   * ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7)), which {@code reduceLanes} does not promise.
   */
  private static float sum(FloatVector s) {
    FloatVector pairs = s.add(s.rearrange(BY_ONE));
    FloatVector fours = pairs.add(pairs.rearrange(BY_TWO));
    return fours.add(fours.rearrange(BY_FOUR)).lane(0);
  }

  private static VectorShuffle<Float> swap(int distance) {
    return VectorShuffle.fromOp(EIGHT, lane -> lane ^ distance);
  }
}

package io.logsense.internal.vector;

/** Products by plain arithmetic. Hot loop: written for speed. */
final class ScalarDotProduct implements DotProduct {
  @Override
  public float of(float[] a, int i, float[] b, int j, int length) {
    float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
    for (int k = 0; k < length; k += LANES) {
      s0 += a[i + k + 0] * b[j + k + 0];
      s1 += a[i + k + 1] * b[j + k + 1];
      s2 += a[i + k + 2] * b[j + k + 2];
      s3 += a[i + k + 3] * b[j + k + 3];
      s4 += a[i + k + 4] * b[j + k + 4];
      s5 += a[i + k + 5] * b[j + k + 5];
      s6 += a[i + k + 6] * b[j + k + 6];
      s7 += a[i + k + 7] * b[j + k + 7];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
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
    float p0 = 0, p1 = 0, p2 = 0, p3 = 0, p4 = 0, p5 = 0, p6 = 0, p7 = 0;
    float q0 = 0, q1 = 0, q2 = 0, q3 = 0, q4 = 0, q5 = 0, q6 = 0, q7 = 0;
    float r0 = 0, r1 = 0, r2 = 0, r3 = 0, r4 = 0, r5 = 0, r6 = 0, r7 = 0;
    float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
    for (int k = 0; k < length; k += LANES) {
      float x;
      x = a[i + k + 0];
      p0 += x * b0[j0 + k + 0];
      q0 += x * b1[j1 + k + 0];
      r0 += x * b2[j2 + k + 0];
      s0 += x * b3[j3 + k + 0];
      x = a[i + k + 1];
      p1 += x * b0[j0 + k + 1];
      q1 += x * b1[j1 + k + 1];
      r1 += x * b2[j2 + k + 1];
      s1 += x * b3[j3 + k + 1];
      x = a[i + k + 2];
      p2 += x * b0[j0 + k + 2];
      q2 += x * b1[j1 + k + 2];
      r2 += x * b2[j2 + k + 2];
      s2 += x * b3[j3 + k + 2];
      x = a[i + k + 3];
      p3 += x * b0[j0 + k + 3];
      q3 += x * b1[j1 + k + 3];
      r3 += x * b2[j2 + k + 3];
      s3 += x * b3[j3 + k + 3];
      x = a[i + k + 4];
      p4 += x * b0[j0 + k + 4];
      q4 += x * b1[j1 + k + 4];
      r4 += x * b2[j2 + k + 4];
      s4 += x * b3[j3 + k + 4];
      x = a[i + k + 5];
      p5 += x * b0[j0 + k + 5];
      q5 += x * b1[j1 + k + 5];
      r5 += x * b2[j2 + k + 5];
      s5 += x * b3[j3 + k + 5];
      x = a[i + k + 6];
      p6 += x * b0[j0 + k + 6];
      q6 += x * b1[j1 + k + 6];
      r6 += x * b2[j2 + k + 6];
      s6 += x * b3[j3 + k + 6];
      x = a[i + k + 7];
      p7 += x * b0[j0 + k + 7];
      q7 += x * b1[j1 + k + 7];
      r7 += x * b2[j2 + k + 7];
      s7 += x * b3[j3 + k + 7];
    }
    out[at + 0] = ((p0 + p1) + (p2 + p3)) + ((p4 + p5) + (p6 + p7));
    out[at + 1] = ((q0 + q1) + (q2 + q3)) + ((q4 + q5) + (q6 + q7));
    out[at + 2] = ((r0 + r1) + (r2 + r3)) + ((r4 + r5) + (r6 + r7));
    out[at + 3] = ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }
}

package io.logsense.internal.anomaly;

/**
 * Exponentially weighted mean and deviation (EWMA: Roberts, 1959) for each part of a day or week,
 * or for all times together.
 *
 * <p>The weight of a point grows with the time since the point before it, so that a series forgets
 * at the same pace however often it is sampled. A part of the day that was not seen yet begins with
 * what the part before it knew. The first points of a series are too few to be left behind as the
 * whole knowledge of a part: they move on with it.
 *
 * <p>State: mean and deviation of each bucket (a negative deviation: not seen yet), then the bucket
 * learned last. UTC; weeks begin on Thursday, as the epoch does.
 */
final class SeasonalBaseline implements Baseline {
  /** No point weighs less. */
  private static final double LEAST = 0.0002;

  private final int buckets;
  private final long width;
  private final double memoryMillis;
  private final double fastest;
  private int lastBucket;
  private long bucketFrom;
  private long bucketUntil;
  private double lastGap = -1;
  private double lastWeight;
  private double lastMemory;

  SeasonalBaseline(Settings.Horizon horizon) {
    buckets = horizon.buckets();
    width = horizon.bucketMinutes() * 60_000L;
    memoryMillis = horizon.memoryMinutes() * 60_000.0;
    fastest = horizon.fastest();
  }

  @Override
  public int size() {
    return 2 * buckets + 1;
  }

  @Override
  public void expect(float[] state, int at, Sample p) {
    int last = (int) state[at + 2 * buckets];
    p.bucket = bucket(p.time);
    p.weight = weight(p.gap);
    int bucket = seen(state, at, p.bucket) ? p.bucket : last;
    boolean known = last >= 0;
    double deviation = known ? state[at + 2 * bucket + 1] : 0;
    p.mean = known ? state[at + 2 * bucket] : p.x;
    p.variance = deviation * deviation;
    p.memory = Math.min(p.learned + 1, lastMemory);
  }

  @Override
  public void learn(float[] state, int at, Sample p, double deviation) {
    int bucket = p.bucket;
    int last = (int) state[at + 2 * buckets];
    if (p.learned < BaselineDetector.WARM_UP && last >= 0 && last != bucket) {
      state[at + 2 * last + 1] = -1;
    }
    double weight = Math.max(p.weight, p.share);
    double variance = (1 - weight) * (p.variance + weight * deviation * deviation);
    state[at + 2 * bucket] = (float) (p.mean + weight * deviation);
    state[at + 2 * bucket + 1] = (float) Math.sqrt(variance);
    state[at + 2 * buckets] = bucket;
  }

  @Override
  public void reset(float[] state, int at) {
    for (int i = 0; i < buckets; i++) {
      state[at + 2 * i] = 0;
      state[at + 2 * i + 1] = -1;
    }
    state[at + 2 * buckets] = -1;
  }

  @Override
  public boolean possible(float[] state, int at) {
    float last = state[at + 2 * buckets];
    return last == (int) last && last >= -1 && last < buckets;
  }

  @Override
  public void merge(
      float[] state, int at, double mine, float[] other, int from, double theirs, double shift) {
    for (int i = 0; i < buckets; i++) {
      int a = at + 2 * i;
      int b = from + 2 * i;
      if (!seen(other, from, i)) {
        continue;
      }
      double mean = other[b] + shift;
      if (!seen(state, at, i)) {
        state[a] = (float) mean;
        state[a + 1] = other[b + 1];
        continue;
      }
      double part = theirs / Math.max(1, mine + theirs);
      double between = mean - state[a];
      double within = (1 - part) * square(state[a + 1]) + part * square(other[b + 1]);
      state[a] = (float) (state[a] + part * between);
      state[a + 1] = (float) Math.sqrt(within + part * (1 - part) * between * between);
    }
    if (state[at + 2 * buckets] < 0) {
      state[at + 2 * buckets] = other[from + 2 * buckets];
    }
  }

  private static double square(double x) {
    return x * x;
  }

  private static boolean seen(float[] state, int at, int bucket) {
    return state[at + 2 * bucket + 1] >= 0;
  }

  /** Series go through time together, so the bucket is mostly that of the point before. */
  private int bucket(long time) {
    if (time < bucketFrom || time >= bucketUntil) {
      lastBucket = (int) Math.floorMod(Math.floorDiv(time, width), (long) buckets);
      boolean far = time < Long.MIN_VALUE / 2 || time > Long.MAX_VALUE / 2;
      bucketFrom = far ? 0 : time - Math.floorMod(time, width);
      bucketUntil = far ? 0 : bucketFrom + width;
    }
    return lastBucket;
  }

  /** Most series are sampled evenly, so the gap is mostly that of the point before. */
  private double weight(double gap) {
    if (gap != lastGap) {
      lastGap = gap;
      lastWeight = Math.max(LEAST, Math.min(fastest, 1 - Math.exp(-gap / memoryMillis)));
      lastMemory = 1 / lastWeight;
    }
    return lastWeight;
  }
}

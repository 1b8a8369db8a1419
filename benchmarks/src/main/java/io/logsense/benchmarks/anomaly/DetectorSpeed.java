package io.logsense.benchmarks.anomaly;

import io.logsense.Detectors;
import io.logsense.api.anomaly.AnomalyDetector;
import io.logsense.api.anomaly.Judgement;
import io.logsense.benchmarks.Figure;
import io.logsense.benchmarks.Run;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/**
 * Points judged per CPU second of one thread and bytes a series takes, beside the floor (an
 * exponentially weighted mean and variance in two arrays) and the peer ({@code
 * DescriptiveStatistics} with a window of 288, mean and deviation of each point).
 *
 * <p>Points go round all series, one a minute each: small counts for half of the series, fractions
 * for the others. The best of several passes behind one to warm up and to make room.
 */
public final class DetectorSpeed {
  private static final String NAME = "detectors";
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int PEER_SERIES = 1_000;
  private static final int WINDOW = 288;
  private static final long MINUTE = 60_000;
  private static final float WEIGHT = 0.01f;
  private static final int VALUES = 1 << 16;

  /** Takes one point; answers something that depends on it. */
  private interface Engine {
    double observe(int series, long time, double value);
  }

  /** What an engine did. */
  private record Cost(double millionPerSecond, double bytes) {}

  private static final class Floor implements Engine {
    private final float[] means;
    private final float[] variances;

    Floor(int series) {
      means = new float[series];
      variances = new float[series];
    }

    @Override
    public double observe(int series, long time, double value) {
      float off = (float) value - means[series];
      float variance = variances[series];
      means[series] += WEIGHT * off;
      variances[series] = (1 - WEIGHT) * (variance + WEIGHT * off * off);
      return off * off / (variance + 1e-6f);
    }
  }

  private static final class Peer implements Engine {
    private final DescriptiveStatistics[] all;

    Peer(int series) {
      all = new DescriptiveStatistics[series];
      for (int i = 0; i < series; i++) {
        all[i] = new DescriptiveStatistics(WINDOW);
      }
    }

    @Override
    public double observe(int series, long time, double value) {
      DescriptiveStatistics each = all[series];
      double z = (value - each.getMean()) / each.getStandardDeviation();
      each.addValue(value);
      return z;
    }
  }

  private static final class Ours implements Engine {
    private final AnomalyDetector detector;
    private final Judgement judgement = new Judgement();

    Ours(AnomalyDetector detector) {
      this.detector = detector;
    }

    @Override
    public double observe(int series, long time, double value) {
      detector.observe(series, time, value, judgement);
      return judgement.score();
    }
  }

  private double sum;

  private DetectorSpeed() {}

  /** All figures. */
  public static List<Figure> run(Run.Options options) {
    DetectorSpeed speed = new DetectorSpeed();
    List<Figure> figures = new ArrayList<>();
    Cost peer = speed.cost(() -> new Peer(PEER_SERIES), PEER_SERIES, 4 * WINDOW, 3);
    int[] sizes = options.quick() ? new int[] {100_000} : new int[] {100_000, 1_000, 1_000_000};
    for (int series : sizes) {
      int rounds = Math.max(4, 4_000_000 / series);
      int passes = options.quick() ? 4 : 8;
      Cost ours = speed.cost(() -> new Ours(Detectors.standard()), series, rounds, passes);
      Cost floor = speed.cost(() -> new Floor(series), series, rounds, passes);
      String data = series + " series";
      figures.add(figure("MPointsPerS", "M/s", ours, peer, floor, data, Cost::millionPerSecond));
      figures.add(figure("bytesPerSeries", "B", ours, peer, floor, data, Cost::bytes));
    }
    if (Double.isNaN(speed.sum)) {
      throw new IllegalStateException("a score is no number");
    }
    return figures;
  }

  private static Figure figure(
      String metric,
      String unit,
      Cost ours,
      Cost peer,
      Cost floor,
      String data,
      ToDoubleFunction<Cost> value) {
    return new Figure(
        NAME,
        NAME + "." + metric,
        unit,
        value.applyAsDouble(ours),
        value.applyAsDouble(peer),
        "DescriptiveStatistics(288), 1,000 series",
        value.applyAsDouble(floor),
        "EWMA",
        data);
  }

  private Cost cost(Supplier<Engine> make, int series, int rounds, int passes) {
    double[] values = values();
    long heap = heap();
    Engine engine = make.get();
    long time = pass(engine, series, 40, values, 0);
    double best = 0;
    for (int i = 0; i < passes; i++) {
      long start = THREADS.getCurrentThreadCpuTime();
      time = pass(engine, series, rounds, values, time);
      double seconds = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
      best = Math.max(best, (double) series * rounds / seconds / 1e6);
    }
    double bytes = (double) (heap() - heap) / series;
    sum += engine.observe(0, time, 1) > 2 ? 1 : 0;
    return new Cost(best, bytes);
  }

  private long pass(Engine engine, int series, int rounds, double[] values, long from) {
    long time = from;
    double seen = 0;
    for (int round = 0; round < rounds; round++) {
      time += MINUTE;
      for (int i = 0; i < series; i++) {
        seen += engine.observe(i, time, values[(i + 2 * 7919 * round) & (VALUES - 1)]);
      }
    }
    sum += seen > 0 ? 1 : 0;
    return time;
  }

  /** Counts of mean 3 at even places, fractions around 50 at odd ones. */
  private static double[] values() {
    Random random = new Random(1);
    double[] values = new double[VALUES];
    for (int i = 0; i < VALUES; i += 2) {
      values[i] = Math.floor(-3 * Math.log(1 - random.nextDouble()));
      values[i + 1] = 50 + random.nextGaussian();
    }
    return values;
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}

package io.logsense.benchmarks.linearity;

import com.sun.management.ThreadMXBean;
import io.logsense.benchmarks.Figure;
import io.logsense.benchmarks.Run;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Nanoseconds of CPU time per byte for every stage and shape at sizes n, 2n, 4n and 8n: a stage
 * that is linear takes the same time for a byte at each.
 *
 * <p>The smallest of several passes counts. Sizes begin far below n, so that a stage that is not
 * linear shows it before it takes hours: where one pass takes too long, no larger size is tried,
 * and the last four are compared.
 */
public final class Linearity {
  private static final String NAME = "linearity";
  private static final int FULL_BYTES = 10 << 20;
  private static final int QUICK_BYTES = 1 << 19;

  /** Doublings before the four that are compared. */
  private static final int RAMP = 5;

  private static final int COMPARED = 4;

  private static final int WARM_UP_BYTES = 1 << 14;
  private static final long ENOUGH_NANOS = 20_000_000;
  private static final long TOO_LONG_NANOS = 4_000_000_000L;
  private static final int MOST_PASSES = 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Linearity() {}

  /**
   * What was measured of one stage and shape.
   *
   * @param sizes in bytes, each twice the one before
   * @param nanosPerByte at these sizes
   */
  record Series(Stage stage, Shape shape, List<Integer> sizes, List<Double> nanosPerByte) {
    /** How much more a byte costs at the largest size than at the smallest; 1 is linear. */
    double ratio() {
      return nanosPerByte.get(nanosPerByte.size() - 1) / nanosPerByte.get(0);
    }

    int largest() {
      return sizes.get(sizes.size() - 1);
    }

    Figure figure() {
      String data = stage.title() + ", " + shape.title() + ", " + largest() + " B";
      return new Figure(NAME, "linearity.ratio", "×", ratio(), null, null, 1.0, "linear", data);
    }

    @Override
    public String toString() {
      StringBuilder out = new StringBuilder();
      out.append(String.format(Locale.ROOT, "%-12s %-16s", stage.title(), shape.title()));
      nanosPerByte.forEach(nanos -> out.append(String.format(Locale.ROOT, " %9.2f", nanos)));
      out.append(String.format(Locale.ROOT, "   × %.2f", ratio()));
      return out.toString();
    }
  }

  /** Measures; prints a table, or figures with {@code --json}. */
  public static void run(Run.Options options) {
    int largest = options.quick() ? QUICK_BYTES : FULL_BYTES;
    if (!options.json()) {
      System.out.printf(
          "nanoseconds of CPU time per byte at %,d, %,d, %,d and %,d bytes, and last ÷ first%n",
          largest / 8, largest / 4, largest / 2, largest);
    }
    for (Stage stage : Stage.values()) {
      // Compiled code that has seen one shape alone is replaced in the middle of the next.
      for (Shape shape : Shape.values()) {
        fastest(stage.over(shape.text(WARM_UP_BYTES)));
      }
      for (Shape shape : Shape.values()) {
        Series series = measure(stage, shape, largest);
        if (options.json()) {
          print(options, series);
        } else {
          String stopped = series.largest() < largest ? "   stopped at " + series.largest() : "";
          System.out.println(series + stopped);
        }
      }
    }
  }

  private static void print(Run.Options options, Series series) {
    Figure perByte =
        Figure.of(
            NAME,
            "linearity.nsPerByte",
            "ns/B",
            series.nanosPerByte().get(series.nanosPerByte().size() - 1),
            series.figure().data());
    options.print(List.of(series.figure(), perByte));
  }

  static Series measure(Stage stage, Shape shape, int largest) {
    List<Integer> sizes = new ArrayList<>();
    List<Double> nanosPerByte = new ArrayList<>();
    for (int halvings = RAMP + COMPARED - 1; halvings >= 0; halvings--) {
      int size = Math.max(1, largest >> halvings);
      long nanos = fastest(stage.over(shape.text(size)));
      sizes.add(size);
      nanosPerByte.add((double) nanos / size);
      if (sizes.size() > COMPARED) {
        sizes.remove(0);
        nanosPerByte.remove(0);
      }
      if (nanos > TOO_LONG_NANOS) {
        break;
      }
    }
    return new Series(stage, shape, List.copyOf(sizes), List.copyOf(nanosPerByte));
  }

  private static long fastest(Runnable pass) {
    long least = Long.MAX_VALUE;
    long sum = 0;
    for (int i = 0; i < MOST_PASSES && (i < 2 || sum < ENOUGH_NANOS); i++) {
      long start = THREADS.getCurrentThreadCpuTime();
      pass.run();
      long nanos = THREADS.getCurrentThreadCpuTime() - start;
      least = Math.min(least, nanos);
      sum += nanos;
      if (nanos > TOO_LONG_NANOS) {
        break;
      }
    }
    return least;
  }
}

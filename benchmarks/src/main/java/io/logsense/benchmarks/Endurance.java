package io.logsense.benchmarks;

import io.logsense.Analysis;
import io.logsense.LogSense;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.RecordBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * An endless stream of lines that never repeat, through the whole engine in a heap of 256 MB: shows
 * that memory is bounded and that the rate of the last tenth is that of the first.
 *
 * <p>Every line has random words, numbers, loggers and threads; every hundredth is followed by a
 * stack trace of random classes. Nothing is ever seen twice, so every cache misses.
 */
final class Endurance {
  private static final String HEAP = "-Xmx256m";
  private static final int TENTHS = 10;
  private static final long QUICK_BYTES = 300L << 20;
  private static final long FULL_BYTES = 5L << 30;

  private Endurance() {}

  /** Forks a JVM with the small heap and passes its figures on. */
  static List<Figure> run(Run.Options options) throws IOException, InterruptedException {
    long bytes = options.quick() ? QUICK_BYTES : FULL_BYTES;
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    Process process =
        new ProcessBuilder(
                java, HEAP, "-cp", classPath, Endurance.class.getName(), Long.toString(bytes))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    if (exit != 0) {
      throw new IOException("the run in a small heap failed with exit code " + exit);
    }
    List<Figure> figures = new ArrayList<>();
    String data = bytes / (1 << 20) + " MB never-repeating, " + HEAP;
    for (String line : out.lines().toList()) {
      String[] parts = line.split(" ");
      figures.add(Figure.of("endurance", parts[0], parts[2], Double.parseDouble(parts[1]), data));
    }
    return figures;
  }

  public static void main(String[] args) {
    long bytes = Long.parseLong(args[0]);
    NeverRepeating source = new NeverRepeating(bytes);
    Analysis analysis = LogSense.builder().source(source).analyze();
    double[] rates = source.rates();
    print("endurance.firstTenth", rates[0], "MB/s");
    print("endurance.lastTenth", rates[TENTHS - 1], "MB/s");
    print("endurance.records", analysis.records(), "records");
    print("endurance.groups", analysis.groups().size(), "groups");
    long counted = analysis.groups().stream().mapToLong(group -> group.count()).sum();
    print("endurance.lost", analysis.records() - analysis.deadLetters() - counted, "events");
  }

  private static void print(String metric, double value, String unit) {
    System.out.printf(Locale.ROOT, "%s %.2f %s%n", metric, value, unit);
  }

  /** Makes its records as they are asked for. */
  private static final class NeverRepeating implements LogSource {
    private final long total;
    private final long[] reached = new long[TENTHS + 1];

    NeverRepeating(long total) {
      this.total = total;
    }

    double[] rates() {
      double[] rates = new double[TENTHS];
      for (int i = 0; i < TENTHS; i++) {
        double seconds = (reached[i + 1] - reached[i]) / 1e9;
        rates[i] = total / (double) TENTHS / (1 << 20) / seconds;
      }
      return rates;
    }

    @Override
    public String id() {
      return "never-repeating";
    }

    @Override
    public List<String> partitions() {
      return List.of("never-repeating");
    }

    @Override
    public PartitionReader open(String partition, Checkpoint from) {
      return new Reader();
    }

    private final class Reader implements PartitionReader {
      private final Random random = new Random(42);
      private final RecordBatch batch = new RecordBatch(new byte[0]);
      private final StringBuilder text = new StringBuilder();
      private long made;
      private long lines;
      private long millis = 1_767_225_600_000L;
      private int tenth;

      @Override
      public @Nullable RecordBatch poll(Duration timeout) {
        if (made == 0) {
          reached[0] = System.nanoTime();
        }
        while (tenth < TENTHS && made >= total / TENTHS * (tenth + 1)) {
          reached[++tenth] = System.nanoTime();
          System.err.printf(Locale.ROOT, "%3d %%%n", tenth * TENTHS);
        }
        if (tenth == TENTHS) {
          return null;
        }
        text.setLength(0);
        int[] ends = new int[600];
        int count = 0;
        while (count < 512) {
          count = event(ends, count);
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        batch.reset(bytes, lines + 1);
        int start = 0;
        for (int i = 0; i < count; i++) {
          batch.add(start, ends[i] - 1, made + start, false);
          start = ends[i];
        }
        made += bytes.length;
        lines += count;
        return batch;
      }

      private int event(int[] ends, int from) {
        int count = from;
        millis += random.nextInt(50);
        text.append(java.time.Instant.ofEpochMilli(millis)).append(" ERROR [").append(word());
        text.append("] com.").append(word()).append('.').append(word()).append(" - ");
        int words = 4 + random.nextInt(12);
        for (int i = 0; i < words; i++) {
          text.append(random.nextInt(4) == 0 ? Integer.toString(random.nextInt()) : word());
          text.append(' ');
        }
        ends[count++] = endLine();
        if (random.nextInt(100) == 0) {
          text.append("com.").append(word()).append(".FailedException: ").append(word());
          ends[count++] = endLine();
          for (int i = 0; i < 20; i++) {
            text.append("\tat com.").append(word()).append('.').append(word()).append('.');
            text.append(word()).append("(Some.java:").append(random.nextInt(999)).append(')');
            ends[count++] = endLine();
          }
        }
        return count;
      }

      private int endLine() {
        text.append('\n');
        return text.length();
      }

      private String word() {
        char[] letters = new char[4 + random.nextInt(8)];
        for (int i = 0; i < letters.length; i++) {
          letters[i] = (char) ('a' + random.nextInt(26));
        }
        return new String(letters);
      }

      @Override
      public Checkpoint position() {
        return Checkpoint.START;
      }

      @Override
      public void close() {}
    }
  }
}

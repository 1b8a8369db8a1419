package io.logsense.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * {@link ParsingBenchmark} by the CPU time of one thread: lines, megabytes and allocated bytes for
 * each format, medians over several passes in one JVM that has met every format.
 */
final class ParsingSpeed {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final String NAME = "parsing";

  /** One thing that is measured, its passes in million lines per second. */
  private static final class Subject {
    final IntSupplier work;
    final List<Double> speeds = new ArrayList<>();
    double bytesPerLine;

    Subject(IntSupplier work) {
      this.work = work;
    }

    int pass() {
      long thread = Thread.currentThread().getId();
      long before = THREADS.getThreadAllocatedBytes(thread);
      long start = THREADS.getCurrentThreadCpuTime();
      int answer = work.getAsInt();
      speeds.add(ParsingBenchmark.LINES * 1e3 / (THREADS.getCurrentThreadCpuTime() - start));
      bytesPerLine =
          (double) (THREADS.getThreadAllocatedBytes(thread) - before) / ParsingBenchmark.LINES;
      return answer;
    }

    double median() {
      List<Double> later = speeds.subList(speeds.size() / 2, speeds.size());
      return later.stream().sorted().toList().get(later.size() / 2);
    }
  }

  private ParsingSpeed() {}

  static List<Figure> run(Run.Options options) {
    int passes = options.quick() ? 16 : 60;
    List<Figure> figures = new ArrayList<>();
    for (LogFormat format : LogFormat.values()) {
      // Every format once, so that no call has one target only because the others came later.
      measured(format, 4);
    }
    for (LogFormat format : LogFormat.values()) {
      figures.addAll(measured(format, passes));
    }
    return figures;
  }

  private static List<Figure> measured(LogFormat format, int passes) {
    ParsingBenchmark benchmark = new ParsingBenchmark();
    benchmark.format = format;
    benchmark.prepare();
    Subject parse = new Subject(benchmark::parse);
    Subject starts = new Subject(benchmark::startsRecord);
    Subject feeds = new Subject(benchmark::lineFeeds);
    Subject decode = new Subject(benchmark::decode);
    Subject usual = new Subject(benchmark::usualWay);
    for (int pass = 0; pass < passes; pass++) {
      for (Subject subject : List.of(parse, starts, feeds, decode, usual)) {
        if (subject.pass() == 0) {
          throw new IllegalStateException("nothing was read of " + format);
        }
      }
    }
    String prefix = NAME + '.' + format.parserName();
    String data = "made-up lines of format " + format.parserName();
    String peer =
        format.isJson() ? "Jackson into a map, DateTimeFormatter" : "regex, DateTimeFormatter";
    double size = (double) benchmark.bytes() / ParsingBenchmark.LINES;
    return List.of(
        new Figure(
            NAME,
            prefix + ".MLinesPerS",
            "million lines/s",
            parse.median(),
            usual.median(),
            peer,
            decode.median(),
            "a String per line",
            data),
        new Figure(
            NAME,
            prefix + ".MBPerS",
            "MB/s",
            parse.median() * size,
            usual.median() * size,
            peer,
            feeds.median() * size,
            "line feeds found",
            data),
        new Figure(
            NAME,
            prefix + ".bytesPerLine",
            "B",
            parse.bytesPerLine,
            usual.bytesPerLine,
            peer,
            decode.bytesPerLine,
            "a String per line",
            data),
        new Figure(
            NAME,
            prefix + ".startsRecordMLinesPerS",
            "million lines/s",
            starts.median(),
            null,
            null,
            feeds.median(),
            "line feeds found",
            data),
        Figure.of(NAME, prefix + ".startsRecordBytesPerLine", "B", starts.bytesPerLine, data));
  }
}

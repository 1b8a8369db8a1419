package io.logsense.benchmarks.kafka;

import io.logsense.Stores;
import io.logsense.api.store.EventQuery;
import io.logsense.api.store.LogStore;
import io.logsense.api.store.StoredEvent;
import io.logsense.benchmarks.Figure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A topic of a real broker, through parsing and identity, into a file of DuckDB; the process that
 * does it is killed on the way, without a word. Counts what is there in the end, in all and by kind
 * of message, and compares the throughput with a process that only counts the records.
 */
public final class KafkaRun {
  private static final String NAME = "kafka";
  private static final int RECORDS = 1_000_000;
  private static final int QUICK_RECORDS = 50_000;
  private static final int KILLS = 2;
  private static final double NANOS = 1e9;
  private static final double NANOS_PER_MICRO = 1e3;

  private KafkaRun() {}

  /** A million records, or fifty thousand; two kills. */
  public static List<Figure> run(boolean quick) throws Exception {
    return run(quick ? QUICK_RECORDS : RECORDS, KILLS);
  }

  /**
   * The figures: {@code kafka.missing} and {@code kafka.miscounted} are 0 when every record is
   * there once.
   */
  static List<Figure> run(int records, int kills) throws Exception {
    Path directory = Files.createTempDirectory("logsense-kafka");
    try (Broker broker = new Broker(Files.createDirectory(directory.resolve("broker")))) {
      Map<String, Long> expected = ShopTopic.write(broker.address(), records);
      Work floor = follow("count", broker.address(), records, Long.MAX_VALUE);
      String file = directory.resolve("events.duckdb").toString();
      Work engine = Work.NONE;
      for (int kill = 1; kill <= kills; kill++) {
        long enough = records * (long) kill / (kills + 1) - engine.records();
        engine = engine.plus(follow(file, broker.address(), records, enough));
      }
      engine = engine.plus(follow(file, broker.address(), records, Long.MAX_VALUE));
      return figures(records, kills, engine, floor, expected, counts(file));
    } finally {
      delete(directory);
    }
  }

  private static List<Figure> figures(
      int records,
      int kills,
      Work engine,
      Work floor,
      Map<String, Long> expected,
      Map<String, Long> counted) {
    String data = records + " records of 4 formats, " + kills + " kills";
    long stored = counted.values().stream().mapToLong(Long::longValue).sum();
    long wrong = 0;
    Map<String, Long> kinds = new TreeMap<>(expected);
    kinds.putAll(counted);
    for (String kind : kinds.keySet()) {
      wrong += Math.abs(expected.getOrDefault(kind, 0L) - counted.getOrDefault(kind, 0L));
    }
    String peer = "a consumer that counts";
    return List.of(
        Figure.of(NAME, "kafka.missing", "events", records - stored, data),
        Figure.of(NAME, "kafka.miscounted", "events", wrong, data),
        Figure.of(NAME, "kafka.kinds", "kinds", counted.size(), data),
        Figure.of(NAME, "kafka.lag.most", "records", engine.mostLag(), data),
        Figure.of(NAME, "kafka.lag.last", "records", engine.lag(), data),
        new Figure(
            NAME, "kafka.rate", "records/s", engine.rate(), null, null, floor.rate(), peer, data),
        new Figure(
            NAME, "kafka.cpu", "µs/record", engine.cpu(), null, null, floor.cpu(), peer, data));
  }

  /**
   * What processes did.
   *
   * @param nanos they took, and of processor time
   * @param lag the last they told
   */
  private record Work(long records, long nanos, long cpuNanos, long lag, long mostLag) {
    static final Work NONE = new Work(0, 0, 0, 0, 0);

    /** As a line of a {@link Child} says. */
    Work after(String line) {
      String[] parts = line.split(" ");
      long told = Long.parseLong(parts[3]);
      return new Work(
          Long.parseLong(parts[0]),
          Long.parseLong(parts[1]),
          Long.parseLong(parts[2]),
          told,
          Math.max(mostLag, told));
    }

    Work plus(Work next) {
      return new Work(
          records + next.records,
          nanos + next.nanos,
          cpuNanos + next.cpuNanos,
          next.lag,
          Math.max(mostLag, next.mostLag));
    }

    double rate() {
      return records / (nanos / NANOS);
    }

    double cpu() {
      return cpuNanos / NANOS_PER_MICRO / records;
    }
  }

  /** Starts a process, and kills it once it has done {@code enough}. */
  private static Work follow(String what, String servers, int records, long enough)
      throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                what,
                servers,
                Integer.toString(records))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Work done = Work.NONE;
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        done = done.after(line);
        if (done.records() >= enough) {
          return done;
        }
      }
      if (child.waitFor() != 0) {
        throw new IOException("a process ended with exit code " + child.exitValue());
      }
      return done;
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  /** Events in the store, by kind. */
  private static Map<String, Long> counts(String file) {
    Map<String, Long> counts = new TreeMap<>();
    try (LogStore store = Stores.of(URI.create("duckdb:" + file))) {
      store
          .countByGroup(EventQuery.all())
          .forEach(
              (group, count) -> {
                List<StoredEvent> one = store.find(EventQuery.all().group(group).limit(1));
                counts.merge(ShopTopic.kind(one.get(0).event().logger()), count, Long::sum);
              });
    }
    return counts;
  }

  private static void delete(Path directory) throws IOException {
    List<Path> paths = new ArrayList<>();
    try (Stream<Path> all = Files.walk(directory)) {
      all.sorted(Comparator.reverseOrder()).forEach(paths::add);
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }
}

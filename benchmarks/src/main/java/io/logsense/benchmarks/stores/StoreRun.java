package io.logsense.benchmarks.stores;

import com.sun.management.OperatingSystemMXBean;
import io.logsense.api.event.Severity;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.store.EventQuery;
import io.logsense.api.store.StoredEvent;
import io.logsense.benchmarks.Figure;
import io.logsense.benchmarks.Run;
import io.logsense.duckdb.DuckDbStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.function.IntToLongFunction;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;

/**
 * The store of DuckDB: how many events a second it takes, beside a bare {@code COPY} of the same
 * rows from Parquet into a table without any promise, and how soon it answers.
 */
public final class StoreRun {
  private static final String NAME = "stores";
  private static final String COPY = "bare COPY from Parquet";
  private static final int EVENTS = 10_000_000;
  private static final int QUICK_EVENTS = 200_000;
  private static final int BATCH = 10_000;
  private static final int TOLD = 1_000_000;
  private static final int REPEATS = 100;
  private static final int DEAR_REPEATS = 20;
  private static final int WARM_UP = 5;
  private static final int THREADS = 2;
  private static final String ABSENT = "Absent";
  private static final long HOUR = 3_600_000_000_000L;
  private static final double BAR_MILLIS = 50;

  private final int count;
  private final Path directory;
  private final List<Figure> figures = new ArrayList<>();
  private final List<String> traces = new ArrayList<>();
  private final Random random = new Random(2);

  /** Events a second, by the clock and by the processor time of all threads. */
  private record Rate(double perSecond, double perCpu) {}

  /** What passed since it was made. */
  private static final class Clock {
    private static final OperatingSystemMXBean SYSTEM =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final long start = System.nanoTime();
    private final long cpuStart = SYSTEM.getProcessCpuTime();

    long nanos() {
      return System.nanoTime() - start;
    }

    long cpuNanos() {
      return SYSTEM.getProcessCpuTime() - cpuStart;
    }
  }

  private StoreRun(int count, Path directory) {
    this.count = count;
    this.directory = directory;
  }

  /** What was measured. */
  public static List<Figure> run(Run.Options options) throws IOException, SQLException {
    Path directory = Files.createTempDirectory("logsense-stores");
    try {
      StoreRun run = new StoreRun(options.quick() ? QUICK_EVENTS : EVENTS, directory);
      run.measure();
      return run.figures;
    } finally {
      try (Stream<Path> files = Files.walk(directory)) {
        files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
      }
    }
  }

  private void measure() throws IOException, SQLException {
    Path file = directory.resolve("events.duckdb");
    Path parquet = directory.resolve("events.parquet");
    try (DuckDbStore store = DuckDbStore.builder().file(file).threads(THREADS).open()) {
      Rate appended = append(store);
      queries(store);
      progress("exporting");
      Clock clock = new Clock();
      store.export(parquet, EventQuery.all());
      Rate exported = rate(clock);
      Rate copied = copy(parquet);
      add("append", appended, copied);
      progress("loading");
      add("load", load(parquet), copied);
      add("export", exported, copied);
      add(size("bytesPerEvent", file));
      add(size("parquetBytesPerEvent", parquet));
      progress("removing");
      clock = new Clock();
      store.remove(EventQuery.all().text("needle"));
      add("remove", rate(clock), copied);
    }
  }

  private Rate append(DuckDbStore store) {
    ShopEvents shop = new ShopEvents(1);
    long nanos = 0;
    long cpuNanos = 0;
    for (int done = 0; done < count; done += BATCH) {
      List<StoredEvent> batch = shop.next(BATCH);
      traces.add(batch.get(0).event().traceId());
      Checkpoint checkpoint = new Checkpoint(Integer.toString(done));
      Clock clock = new Clock();
      store.append(batch, Map.of("shop-logs/0", checkpoint));
      nanos += clock.nanos();
      cpuNanos += clock.cpuNanos();
      if ((done + BATCH) % TOLD == 0) {
        progress("appended " + (done + BATCH) + " events");
      }
    }
    if (store.count(EventQuery.all()) != count) {
      throw new IllegalStateException("not all events are there");
    }
    return new Rate(count * 1e9 / nanos, count * 1e9 / cpuNanos);
  }

  private Rate copy(Path parquet) throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("threads", Integer.toString(THREADS));
    settings.setProperty("storage_compatibility_version", "latest");
    String url = "jdbc:duckdb:" + directory.resolve("bare.duckdb");
    try (Connection connection = new DuckDBDriver().connect(url, settings);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE events AS FROM '" + parquet + "' LIMIT 0");
      Clock clock = new Clock();
      statement.execute("COPY events FROM '" + parquet + "' (FORMAT parquet)");
      statement.execute("CHECKPOINT");
      return rate(clock);
    }
  }

  private Rate load(Path parquet) {
    Path file = directory.resolve("loaded.duckdb");
    try (DuckDbStore store = DuckDbStore.builder().file(file).threads(THREADS).open()) {
      Clock clock = new Clock();
      if (store.load(parquet) != count) {
        throw new IllegalStateException("not all events were loaded");
      }
      return rate(clock);
    }
  }

  private void queries(DuckDbStore store) {
    progress("querying");
    EventQuery all = EventQuery.all().limit(100);
    found(store, "severityAndTime", i -> hour(all.atLeast(Severity.ERROR)));
    found(store, "serviceAndTime", i -> hour(all.service(service())));
    found(store, "time", i -> hour(all));
    found(store, "newestErrors", i -> all.atLeast(Severity.ERROR));
    found(store, "newestOfService", i -> all.service(service()));
    found(store, "trace", i -> all.traceId(traces.get(random.nextInt(traces.size()))));
    found(store, "textOften", i -> all.text("rejected BY the gateway"));
    timed("groupsOfAnHour", REPEATS, i -> store.countByGroup(hour(all)).size());
    timed("groupsOfAll", REPEATS, i -> store.countByGroup(all).size());
    timed("groupsOfErrors", REPEATS, i -> store.countByGroup(all.atLeast(Severity.ERROR)).size());
    timed("textOfAnHour", REPEATS, i -> store.count(hour(all.text("REPLICA 1"))));
    found(store, "textRare", i -> all.text("Needle-" + needle()));
    found(store, "textAbsent", i -> all.text("nobody has " + i));
    found(store, "traceAbsent", i -> all.traceId(Long.toHexString(random.nextLong())));
    timed("textShortAbsent", DEAR_REPEATS, i -> store.find(all.text("~")).size());
    timed("textCount", DEAR_REPEATS, i -> store.count(all.text("needle-")));
  }

  private long needle() {
    return random.nextInt(Math.max(1, count / 100_000)) * 100_000L + 77_777;
  }

  private String service() {
    return ShopEvents.service(random.nextInt(ShopEvents.SERVICES / 2));
  }

  private EventQuery hour(EventQuery query) {
    long span = count * ShopEvents.STEP;
    long from = ShopEvents.START + (long) (random.nextDouble() * Math.max(0, span - HOUR));
    return query.between(from, from + HOUR);
  }

  private interface Query {
    EventQuery of(int repeat);
  }

  private void found(DuckDbStore store, String name, Query query) {
    timed(name, REPEATS, i -> store.find(query.of(i)).size());
  }

  private static void progress(String what) {
    System.err.println(what + " …");
  }

  private void timed(String name, int repeats, IntToLongFunction query) {
    double[] millis = new double[repeats];
    double cpu = 0;
    for (int i = -WARM_UP; i < repeats; i++) {
      Clock clock = new Clock();
      boolean found = query.applyAsLong(i) > 0;
      if (found == name.endsWith(ABSENT)) {
        throw new IllegalStateException(
            name + (found ? " finds what is not there" : " finds nothing"));
      }
      if (i >= 0) {
        millis[i] = clock.nanos() / 1e6;
        cpu += clock.cpuNanos() / 1e6;
      }
    }
    Arrays.sort(millis);
    latency(name + ".p50", millis[repeats / 2]);
    latency(name + ".p99", millis[(int) Math.min(repeats - 1L, repeats * 99L / 100)]);
    add(Figure.of(NAME, NAME + "." + name + ".cpu", "CPU ms", cpu / repeats, data()));
  }

  private void latency(String name, double millis) {
    add(new Figure(NAME, NAME + "." + name, "ms", millis, null, null, BAR_MILLIS, "bar", data()));
  }

  private void add(String name, Rate ours, Rate copied) {
    String metric = NAME + "." + name;
    add(
        new Figure(
            NAME, metric, "1/s", ours.perSecond, null, null, copied.perSecond, COPY, data()));
    add(
        new Figure(
            NAME,
            metric + ".cpu",
            "1/CPU s",
            ours.perCpu,
            null,
            null,
            copied.perCpu,
            COPY,
            data()));
  }

  private Figure size(String name, Path file) throws IOException {
    return Figure.of(NAME, NAME + "." + name, "B", (double) Files.size(file) / count, data());
  }

  private Rate rate(Clock clock) {
    return new Rate(count * 1e9 / clock.nanos(), count * 1e9 / clock.cpuNanos());
  }

  private void add(Figure figure) {
    figures.add(figure);
  }

  private String data() {
    return count + " events of a made-up shop, batches of " + BATCH;
  }
}

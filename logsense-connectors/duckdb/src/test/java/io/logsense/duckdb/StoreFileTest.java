package io.logsense.duckdb;

import static io.logsense.duckdb.TestEvents.builder;
import static io.logsense.duckdb.TestEvents.event;
import static io.logsense.duckdb.TestEvents.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.store.DocumentStore.Document;
import io.logsense.api.store.EventQuery;
import io.logsense.api.store.LogStoreProvider;
import io.logsense.api.store.StoredEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the file: opened again, shared, killed, full, damaged, purged. */
class StoreFileTest {
  private static final EventQuery ALL = EventQuery.all();

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("events.duckdb");
  }

  @Test
  void hasEverythingWhenItIsOpenedAgain() {
    try (DuckDbStore store = DuckDbStore.open(file())) {
      store.append(events(0, 10), Map.of("p", new Checkpoint("10")));
      store.put(List.of(new Document("group", "g", "{}")));
    }

    try (DuckDbStore store = DuckDbStore.open(file())) {
      assertThat(store.find(ALL)).hasSize(10).contains(event(3));
      assertThat(store.checkpoints()).isEqualTo(Map.of("p", new Checkpoint("10")));
      assertThat(store.list("group")).hasSize(1);
      assertThat(store.append(events(0, 11), Map.of())).isEqualTo(1);
    }
  }

  @Test
  void isFoundByItsScheme() {
    LogStoreProvider provider =
        ServiceLoader.load(LogStoreProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(p -> p.scheme().equals("duckdb"))
            .findFirst()
            .orElseThrow();
    URI uri = URI.create("duckdb:" + file().toUri().getRawPath() + "?memory=128&threads=1");

    provider.open(uri).close();

    assertThat(file()).exists();
    provider.open(URI.create("duckdb::memory:")).close();
    assertThatThrownBy(() -> provider.open(URI.create("duckdb:x?memory=1")))
        .hasMessageContaining("memory is '1'");
    assertThatThrownBy(() -> provider.open(URI.create("duckdb:x?user=me")))
        .hasMessageContaining("no option 'user'");
    assertThatThrownBy(() -> provider.open(URI.create("duckdb:?threads=1")))
        .hasMessageContaining("names no file");
  }

  @Test
  void isOpenOnceInAProcess() throws IOException {
    try (DuckDbStore store = DuckDbStore.open(file())) {
      Path link = Files.createSymbolicLink(directory.resolve("link.duckdb"), file());

      refused(file(), "in this process");
      refused(link, "in this process");
      assertThat(store.count(ALL)).isZero();
    }
    DuckDbStore.open(file()).close();
  }

  @Test
  void isOpenInOneProcess() throws Exception {
    try (Child child = new Child("hold", file())) {
      child.awaitLine("open");

      refused(file(), "in another process");
    }
    DuckDbStore.open(file()).close();
  }

  @Test
  void isRefusedWhileAnotherProgramOfDuckDbHasIt() throws Exception {
    DuckDbStore.open(file()).close();
    try (Child child = new Child("hold-with-duckdb", file())) {
      child.awaitLine("open");

      refused(file(), "another program");
    }
  }

  @Test
  void losesNothingThatWasAppendedWhenTheProcessIsKilled() throws Exception {
    Random random = new Random(7);
    for (int round = 0; round < 3; round++) {
      long acknowledged = 0;
      try (Child child = new Child("append", file())) {
        int appends = 5 + random.nextInt(20);
        for (int i = 0; i < appends; i++) {
          acknowledged = Long.parseLong(child.line());
        }
      }
      try (DuckDbStore store = DuckDbStore.open(file())) {
        long checkpoint = Long.parseLong(store.checkpoints().get("p").value());
        assertThat(checkpoint).isGreaterThanOrEqualTo(acknowledged);
        assertThat(store.count(ALL)).isEqualTo(checkpoint);
        assertThat(store.count(ALL.text("added"))).isEqualTo(checkpoint);
        assertThat(store.find(ALL.text("item 77 added"))).containsExactly(event(77));
      }
    }
  }

  @Test
  void isWholeWhenTheProcessIsKilledWhileItIsWrittenAnew() throws Exception {
    Random random = new Random(11);
    try (DuckDbStore store = DuckDbStore.open(file())) {
      store.append(events(0, 20_000), Map.of("p", new Checkpoint("x")));
    }
    for (int round = 0; round < 3; round++) {
      try (Child child = new Child("compact", file())) {
        int compactions = 1 + random.nextInt(3);
        for (int i = 0; i < compactions; i++) {
          child.line();
        }
      }
      try (DuckDbStore store = DuckDbStore.open(file())) {
        assertThat(store.count(ALL)).isEqualTo(20_000);
        assertThat(store.checkpoints()).hasSize(1);
      }
      assertThat(directory.resolve("events.duckdb.new")).doesNotExist();
    }
  }

  @Test
  void leavesNoByteOfWhatWasRemoved() throws IOException {
    String subject = "mallory.subject@example.com";
    try (DuckDbStore store = DuckDbStore.open(file())) {
      store.append(events(0, 3_000), Map.of());
      List<StoredEvent> personal = new ArrayList<>();
      for (int n = 3_000; n < 3_010; n++) {
        personal.add(
            event("p" + n, "g", builder(n).message("mail to " + subject).build(), subject));
      }
      store.append(personal, Map.of("p", new Checkpoint("1")));
      store.append(events(4_000, 7_000), Map.of());
      store.put(List.of(new Document("report", "r", "{\"who\":\"" + subject + "\"}")));
    }
    assertThat(holds(subject)).isTrue();

    try (DuckDbStore store = DuckDbStore.open(file())) {
      store.remove("report", "r");

      assertThat(store.remove(ALL.text(subject))).isEqualTo(10);

      assertThat(holds(subject)).isFalse();
      assertThat(store.count(ALL)).isEqualTo(6_000);
      assertThat(store.checkpoints()).hasSize(1);
      assertThat(store.append(events(6_990, 7_010), Map.of())).isEqualTo(10);
    }
    assertThat(holds(subject)).isFalse();
  }

  /** Whether any file beside the store has a text, as it stands. */
  private boolean holds(String text) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path path : files.toList()) {
        String bytes = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
        if (bytes.contains(text)) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void isSmallerWhenTheOldestAreRemoved() throws IOException {
    Random random = new Random(3);
    try (DuckDbStore store = DuckDbStore.open(file())) {
      List<StoredEvent> noise = new ArrayList<>();
      for (int n = 0; n < 20_000; n++) {
        String message = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
        noise.add(event("n" + n, "g", builder(n).message(message).build(), ""));
      }
      store.append(noise, Map.of());
      store.compact();
      long before = Files.size(file());
      long middle = noise.get(18_000).event().timestamp();

      assertThat(store.remove(ALL.between(Long.MIN_VALUE, middle))).isEqualTo(18_000);

      assertThat(Files.size(file())).isLessThan(before / 2);
      assertThat(store.count(ALL)).isEqualTo(2_000);
    }
  }

  @Test
  void answersWhileItIsWrittenAnew() throws Exception {
    try (DuckDbStore store = DuckDbStore.open(file())) {
      store.append(events(0, 5_000), Map.of());
      Thread compactor =
          new Thread(
              () -> {
                for (int i = 0; i < 5; i++) {
                  store.compact();
                }
              });
      compactor.start();

      while (compactor.isAlive()) {
        assertThat(store.count(ALL)).isEqualTo(5_000);
      }
      compactor.join();
    }
  }

  @Test
  void movesThroughParquet() throws Exception {
    Path parquet = directory.resolve("o'ld.parquet");
    try (DuckDbStore store = DuckDbStore.open(file())) {
      store.append(events(0, 2_000), Map.of());

      assertThat(store.export(parquet, ALL.service("service-0").limit(1))).isEqualTo(1_000);
    }
    try (DuckDbStore store = DuckDbStore.inMemory()) {
      store.append(events(0, 10), Map.of());

      assertThat(store.load(parquet)).isEqualTo(995);
      assertThat(store.load(parquet)).isZero();
      assertThat(store.find(ALL.limit(2_000))).contains(event(9), event(1_998));
    }
  }

  @Test
  void refusesParquetThatItDidNotWrite() throws Exception {
    Path parquet = directory.resolve("other.parquet");
    Path good = directory.resolve("good.parquet");
    try (DuckDbStore store = DuckDbStore.inMemory()) {
      store.append(events(0, 1), Map.of());
      store.export(good, ALL);
    }
    try (DuckDbStore store = DuckDbStore.inMemory()) {
      for (String content :
          List.of(
              "SELECT 1 AS a",
              "SELECT * REPLACE ('with space' AS id) FROM '%s'",
              "SELECT * REPLACE (NULL AS message) FROM '%s'",
              "SELECT * REPLACE (999 AS severity) FROM '%s'",
              "FROM '%s' UNION ALL FROM '%s'")) {
        sql("COPY (" + content.replace("%s", good.toString()) + ") TO '" + parquet + "'");

        usage(store, parquet, "not written by export");
      }
      Files.writeString(parquet, "no Parquet");
      usage(store, parquet, "not written by export");
      usage(store, directory.resolve("none.parquet"), "is no file");
      assertThat(store.count(ALL)).isZero();
      assertThat(store.load(good)).isEqualTo(1);
    }
  }

  private static void usage(DuckDbStore store, Path parquet, String message) {
    assertThatThrownBy(() -> store.load(parquet))
        .isInstanceOfSatisfying(
            LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.USAGE))
        .hasMessageContaining(message);
  }

  @Test
  void refusesAFileThatIsNone() throws IOException {
    byte[] text =
        "not a database, but somebody's notes".repeat(1000).getBytes(StandardCharsets.UTF_8);
    Files.write(file(), text);

    refused(file(), "damaged, or no file of DuckDB");
    assertThat(Files.readAllBytes(file())).isEqualTo(text);
  }

  @Test
  void refusesADamagedFile() throws IOException {
    try (DuckDbStore store = DuckDbStore.open(file())) {
      store.append(events(0, 50_000), Map.of());
    }
    byte[] bytes = Files.readAllBytes(file());
    byte[] damaged = bytes.clone();
    Arrays.fill(damaged, damaged.length / 3, damaged.length, (byte) 0x55);
    Files.write(file(), damaged);

    assertThatThrownBy(
            () -> {
              try (DuckDbStore store = DuckDbStore.open(file())) {
                store.find(ALL.limit(50_000));
              }
            })
        .isInstanceOfSatisfying(
            LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.EXTERNAL))
        .hasMessageContaining("events.duckdb");

    Files.write(file(), bytes);
    try (DuckDbStore store = DuckDbStore.open(file())) {
      assertThat(store.count(ALL)).isEqualTo(50_000);
    }
  }

  @Test
  void refusesTablesOfANewerVersion() throws SQLException {
    DuckDbStore.open(file()).close();
    sqlOn(file(), "UPDATE logsense_schema SET version = 99");

    refused(file(), "use a newer one");
    sqlOn(file(), "UPDATE logsense_schema SET version = 2");
    DuckDbStore.open(file()).close();
  }

  @Test
  void leavesAFileOfOthersAsItIs() throws SQLException {
    sqlOn(file(), "CREATE TABLE events (a INTEGER); INSERT INTO events VALUES (1)");

    refused(file(), "events");
    sqlOn(file(), "SELECT a FROM events; CREATE TABLE logsense_schema (x INTEGER)");
  }

  @Test
  void refusesADirectoryThatIsNotThere() {
    refused(directory.resolve("none/events.duckdb"), "cannot be opened");
  }

  @Test
  void losesNothingWhenTheDiskIsFull() throws Exception {
    Path small = directory.resolve("small");
    Files.createDirectory(small);
    assumeTrue(
        succeeds("mount", "-t", "tmpfs", "-o", "size=12m", "none", small.toString()),
        "run as root, to mount a small disk");
    try {
      Path path = small.resolve("events.duckdb");
      try (DuckDbStore store = DuckDbStore.open(path)) {
        Random random = new Random(5);
        int next = 0;
        LogSenseException full = null;
        while (full == null) {
          List<StoredEvent> batch = new ArrayList<>();
          for (int i = 0; i < 500; i++) {
            byte[] noise = new byte[400];
            random.nextBytes(noise);
            String message = new String(noise, StandardCharsets.ISO_8859_1);
            batch.add(event("n" + (next + i), "g", builder(next + i).message(message).build(), ""));
          }
          try {
            store.append(batch, Map.of("p", new Checkpoint(Integer.toString(next + 500))));
            next += 500;
          } catch (LogSenseException e) {
            full = e;
          }
        }
        assertThat(full).hasMessageContaining("is full");
        assertThat(full.category()).isEqualTo(Category.EXTERNAL);
        assertThat(succeeds("mount", "-o", "remount,size=64m", small.toString())).isTrue();

        assertThat(store.count(ALL)).isEqualTo(next);
        assertThat(store.checkpoints()).containsEntry("p", new Checkpoint("" + next));
        assertThat(store.append(events(next, next + 10), Map.of())).isEqualTo(10);
        store.compact();
        assertThat(store.count(ALL)).isEqualTo(next + 10);
      }
    } finally {
      succeeds("umount", small.toString());
    }
  }

  private static boolean succeeds(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor() == 0;
  }

  private static void sql(String sql) throws SQLException {
    run("jdbc:duckdb:", sql);
  }

  private static void sqlOn(Path file, String sql) throws SQLException {
    run("jdbc:duckdb:" + file, sql);
  }

  private static void run(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void refused(Path file, String message) {
    assertThatThrownBy(() -> DuckDbStore.open(file).close())
        .isInstanceOfSatisfying(
            LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.EXTERNAL))
        .hasMessageContaining(message);
  }

  /** Another process, which says on its output how far it is. */
  private static final class Child implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    Child(String task, Path file) throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  StoreProcess.class.getName(),
                  task,
                  file.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    String line() throws IOException {
      String line = output.readLine();
      assertThat(line).isNotNull();
      return line;
    }

    void awaitLine(String expected) throws IOException {
      assertThat(line()).isEqualTo(expected);
    }

    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }
}

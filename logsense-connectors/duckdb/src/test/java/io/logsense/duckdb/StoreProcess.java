package io.logsense.duckdb;

import io.logsense.api.source.Checkpoint;
import io.logsense.api.store.EventQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** What {@link StoreFileTest} lets another process do, until it is killed. */
final class StoreProcess {
  private static final int BATCH = 250;

  private StoreProcess() {}

  public static void main(String[] args) throws IOException, SQLException {
    Path file = Path.of(args[1]);
    switch (args[0]) {
      case "hold" -> hold(DuckDbStore.open(file));
      case "hold-with-duckdb" -> hold(DriverManager.getConnection("jdbc:duckdb:" + file));
      case "append" -> append(file);
      case "compact" -> compact(file);
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void hold(AutoCloseable open) throws IOException {
    System.out.println("open");
    System.in.read();
    System.out.println(open);
  }

  /** Goes on where the checkpoint is, and prints it after each append. */
  private static void append(Path file) {
    try (DuckDbStore store = DuckDbStore.open(file)) {
      int next = (int) store.count(EventQuery.all());
      while (true) {
        int end = next + BATCH;
        store.append(
            TestEvents.events(next, end), Map.of("p", new Checkpoint(Integer.toString(end))));
        next = end;
        System.out.println(next);
      }
    }
  }

  private static void compact(Path file) {
    try (DuckDbStore store = DuckDbStore.open(file)) {
      while (true) {
        store.compact();
        System.out.println("compacted");
      }
    }
  }
}

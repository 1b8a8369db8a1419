package io.logsense.duckdb;

import io.logsense.api.store.LogStore;
import io.logsense.testkit.LogStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

class FileLogStoreTest extends LogStoreContract {
  @TempDir Path directory;

  @Override
  protected LogStore open() {
    return DuckDbStore.open(directory.resolve("events.duckdb"));
  }

  @Override
  protected List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}

package io.logsense.duckdb;

import io.logsense.api.store.DocumentStore;
import io.logsense.testkit.DocumentStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileDocumentStoreTest extends DocumentStoreContract {
  @TempDir Path directory;

  @Override
  protected DocumentStore open() {
    return DuckDbStore.open(directory.resolve("events.duckdb"));
  }
}

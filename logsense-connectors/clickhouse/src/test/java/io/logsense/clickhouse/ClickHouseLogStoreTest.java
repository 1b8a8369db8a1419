package io.logsense.clickhouse;

import io.logsense.api.store.LogStore;
import io.logsense.testkit.Faults;
import io.logsense.testkit.FaultyProxy;
import io.logsense.testkit.LogStoreContract;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class ClickHouseLogStoreTest extends LogStoreContract {
  @TempDir static Path directory;
  private static TestServer server;
  private static FaultyProxy proxy;

  private final String database = server.database();

  @BeforeAll
  static void start() throws IOException {
    server = TestServer.start(directory);
    proxy = server.proxy();
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      proxy.close();
      server.close();
    }
  }

  @AfterEach
  void heal() throws IOException {
    proxy.heal();
  }

  @Override
  protected LogStore open() {
    return ClickHouseStore.at(URI.create("http://" + proxy.authority())).database(database).open();
  }

  @Override
  protected Optional<Faults> faults() {
    return Optional.of(proxy);
  }
}

package io.logsense.postgres;

import com.zaxxer.hikari.HikariDataSource;
import io.logsense.api.store.DocumentStore;
import io.logsense.testkit.DocumentStoreContract;
import io.logsense.testkit.Faults;
import io.logsense.testkit.FaultyProxy;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class PostgresDocumentStoreTest extends DocumentStoreContract {
  private static TestServer server;
  private static FaultyProxy proxy;

  private final String schema = server.schema();

  @BeforeAll
  static void start() throws IOException {
    server = TestServer.start();
    proxy = FaultyProxy.to(server.address());
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
  protected DocumentStore open() {
    HikariDataSource pool = TestServer.pool(proxy.port());
    return new PostgresStore(pool, schema, pool::close);
  }

  @Override
  protected Optional<Faults> faults() {
    return Optional.of(proxy);
  }
}

package io.logsense.postgres;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A real server for the tests of a class, on Linux x64. */
final class TestServer implements AutoCloseable {
  private static final String USER = "postgres";
  private final EmbeddedPostgres server;
  private final AtomicInteger schemas = new AtomicInteger();

  private TestServer(EmbeddedPostgres server) {
    this.server = server;
  }

  static TestServer start() throws IOException {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "the server of these tests is for Linux x64");
    return new TestServer(
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setServerConfig("max_connections", "40")
            .start());
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
  }

  DataSource source() {
    return server.getPostgresDatabase();
  }

  /** The name of a schema that no test has had. */
  String schema() {
    return "test'\"" + schemas.incrementAndGet();
  }

  /** A pool for a port at which the server can be reached. */
  static HikariDataSource pool(int port) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + port + "/postgres");
    config.setUsername(USER);
    config.setPassword(USER);
    config.setMaximumPoolSize(8);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(5_000);
    config.addDataSourceProperty("socketTimeout", 10);
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  /** Takes pgvector out of the server's files, which are there from one run to the next. */
  void removePgVector() throws IOException, SQLException {
    for (Path file : pgVector().values()) {
      Files.deleteIfExists(file);
    }
  }

  /** Puts pgvector where the server looks for extensions. */
  void installPgVector() throws IOException, SQLException {
    for (Map.Entry<String, Path> file : pgVector().entrySet()) {
      try (InputStream in =
          requireNonNull(TestServer.class.getResourceAsStream("/pgvector/" + file.getKey()))) {
        Files.copy(in, file.getValue(), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private Map<String, Path> pgVector() throws SQLException {
    Path libraries = Path.of(text("SELECT setting FROM pg_config WHERE name = 'PKGLIBDIR'"));
    Path shared = Path.of(text("SELECT setting FROM pg_config WHERE name = 'SHAREDIR'"));
    return Map.of(
        "vector-linux-amd64-pg17.so",
        libraries.resolve("vector.so"),
        "vector.control",
        shared.resolve("extension/vector.control"),
        "vector--0.8.0.sql",
        shared.resolve("extension/vector--0.8.0.sql"));
  }

  private String text(String sql) throws SQLException {
    try (Connection connection = source().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = source().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

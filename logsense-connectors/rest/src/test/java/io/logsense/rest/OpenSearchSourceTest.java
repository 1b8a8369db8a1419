package io.logsense.rest;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class OpenSearchSourceTest extends SearchSourceContract {
  @TempDir private static Path directory;
  private static SearchServer server;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(Runtime.version().feature() < 24, "OpenSearch 2 needs a security manager");
    server = SearchServer.start("opensearch", directory);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  SearchServer server() {
    return server;
  }

  @Override
  SearchSource.Builder source(URI uri) {
    return SearchSource.opensearch(uri);
  }

  @Override
  void endPointsInTime(int before) throws Exception {
    // It keeps them for half a minute at least.
    server.call("DELETE", "/_search/point_in_time/_all", "");
  }
}

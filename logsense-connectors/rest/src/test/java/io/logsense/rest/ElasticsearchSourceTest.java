package io.logsense.rest;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class ElasticsearchSourceTest extends SearchSourceContract {
  @TempDir private static Path directory;
  private static SearchServer server;

  @BeforeAll
  static void start() throws IOException {
    server = SearchServer.start("elasticsearch", directory, "-Expack.security.enabled=false");
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
    return SearchSource.elasticsearch(uri);
  }
}

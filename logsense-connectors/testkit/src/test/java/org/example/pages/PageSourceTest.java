package org.example.pages;

import io.logsense.api.source.LogSource;
import io.logsense.testkit.Faults;
import io.logsense.testkit.FaultyProxy;
import io.logsense.testkit.SourceContract;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

class PageSourceTest extends SourceContract {
  private final PageServer server = new PageServer("orders", "payments");
  private final FaultyProxy proxy = FaultyProxy.to(server.address());

  PageSourceTest() throws IOException {}

  @Override
  protected List<String> partitions() {
    return List.of("orders", "payments");
  }

  @Override
  protected void write(String partition, List<byte[]> records) {
    server.add(
        partition,
        records.stream().map(record -> new String(record, StandardCharsets.UTF_8)).toList());
  }

  @Override
  protected LogSource open(boolean follow) {
    URI uri = URI.create("pages://" + proxy.authority() + "?limit=20&timeout=1s");
    return new PageSourceProvider().open(uri, follow);
  }

  @Override
  protected Set<Capability> capabilities() {
    return EnumSet.complementOf(EnumSet.of(Capability.ANY_BYTES)); // JSON is text.
  }

  @Override
  protected Optional<Faults> faults() {
    return Optional.of(proxy);
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.close();
  }
}

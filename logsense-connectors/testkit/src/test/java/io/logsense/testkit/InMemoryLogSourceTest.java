package io.logsense.testkit;

import io.logsense.api.source.LogSource;
import java.util.List;
import java.util.Optional;

class InMemoryLogSourceTest extends SourceContract {
  private final InMemoryLogSource source = InMemoryLogSource.of("orders", "payments");

  @Override
  protected List<String> partitions() {
    return List.of("orders", "payments");
  }

  @Override
  protected void write(String partition, List<byte[]> records) {
    source.addBytes(partition, records);
  }

  @Override
  protected LogSource open(boolean follow) {
    return follow ? source.following() : source;
  }

  @Override
  protected Optional<Faults> faults() {
    return Optional.of(source);
  }
}

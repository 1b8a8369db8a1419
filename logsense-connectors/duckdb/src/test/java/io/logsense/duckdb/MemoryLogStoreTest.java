package io.logsense.duckdb;

import io.logsense.api.store.LogStore;
import io.logsense.testkit.LogStoreContract;

class MemoryLogStoreTest extends LogStoreContract {
  @Override
  protected LogStore open() {
    return DuckDbStore.inMemory();
  }

  @Override
  protected boolean isDurable() {
    return false;
  }
}

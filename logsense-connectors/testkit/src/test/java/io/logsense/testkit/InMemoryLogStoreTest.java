package io.logsense.testkit;

import io.logsense.api.store.LogStore;

class InMemoryLogStoreTest extends LogStoreContract {
  @Override
  protected LogStore open() {
    return new InMemoryLogStore();
  }

  @Override
  protected boolean isDurable() {
    return false;
  }
}

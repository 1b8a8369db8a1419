package io.logsense.testkit;

import io.logsense.api.store.LogStore;

class InMemoryLogStoreTest extends LogStoreContract {
  private InMemoryLogStore store = new InMemoryLogStore();

  @Override
  protected LogStore open() {
    store = store.reopened();
    return store;
  }
}

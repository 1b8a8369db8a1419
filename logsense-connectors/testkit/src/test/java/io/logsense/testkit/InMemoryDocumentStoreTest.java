package io.logsense.testkit;

import io.logsense.api.store.DocumentStore;

class InMemoryDocumentStoreTest extends DocumentStoreContract {
  private InMemoryDocumentStore store = new InMemoryDocumentStore();

  @Override
  protected DocumentStore open() {
    store = store.reopened();
    return store;
  }
}

package io.logsense.testkit;

import io.logsense.api.store.DocumentStore;

class InMemoryDocumentStoreTest extends DocumentStoreContract {
  @Override
  protected DocumentStore open() {
    return new InMemoryDocumentStore();
  }

  @Override
  protected boolean isDurable() {
    return false;
  }
}

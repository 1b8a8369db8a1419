package io.logsense.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.store.DocumentStore;
import io.logsense.api.store.DocumentStore.Document;
import io.logsense.testkit.DocumentStoreContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentFolderTest extends DocumentStoreContract {
  @TempDir Path folder;

  @Override
  protected DocumentStore open() {
    return new DocumentFolder(folder);
  }

  @Test
  void anIdMayHaveLines() {
    Document document = new Document("report", "a\nb", "{}");
    try (DocumentStore store = open()) {
      store.put(List.of(document));
      assertThat(store.list("report")).containsExactly(document);
    }
  }
}

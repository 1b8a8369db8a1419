package io.logsense.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.purge.Subject;
import io.logsense.api.store.DocumentStore;
import io.logsense.api.store.DocumentStore.Document;
import io.logsense.testkit.DocumentStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentFolderTest extends DocumentStoreContract {
  @TempDir Path folder;

  @Override
  protected DocumentStore open() {
    return new DocumentFolder(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "\n", "a\uE00Ab", "50%", "a%0Ab", "%25\n%250A%"})
  void anIdMayBeAnyText(String id) {
    Document document = new Document("report", id, "{}");
    try (DocumentStore store = open()) {
      store.put(List.of(document));
      assertThat(store.list("report")).containsExactly(document);
    }
  }

  @Test
  void aPurgeReachesFilesThatWereCutInsideACharacter() throws IOException {
    Subject subject = Subject.of("jane.roe@example.com");
    byte[] text = ("id\n{\"who\":\"" + subject.identifier() + "\u00FC").getBytes(UTF_8);
    Path left = Files.createDirectories(folder.resolve("report")).resolve("left.json.new");
    Files.write(left, Arrays.copyOf(text, text.length - 1));
    try (DocumentFolder store = new DocumentFolder(folder)) {
      assertThat(store.mentions(subject)).isEqualTo(1);
      assertThat(store.purge(subject)).isEqualTo(1);
    }
    assertThat(left).doesNotExist();
  }
}

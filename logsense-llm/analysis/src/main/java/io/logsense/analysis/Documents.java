package io.logsense.analysis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.logsense.api.store.DocumentStore;
import io.logsense.api.store.DocumentStore.Document;

/** What is done alike with all documents. */
final class Documents {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Documents() {}

  /** Removes documents of a kind in a text of which {@code subject} is named; returns how many. */
  static int purge(DocumentStore store, String kind, String subject) {
    if (subject.isEmpty()) {
      throw new IllegalArgumentException("an empty subject is named everywhere");
    }
    int removed = 0;
    for (Document document : store.list(kind)) {
      if (names(document, subject) && store.remove(kind, document.id())) {
        removed++;
      }
    }
    return removed;
  }

  /** A document that cannot be read might name anybody. */
  private static boolean names(Document document, String subject) {
    try {
      return document.id().contains(subject) || names(JSON.readTree(document.json()), subject);
    } catch (JsonProcessingException e) {
      return true;
    }
  }

  private static boolean names(JsonNode node, String subject) {
    if (node.isValueNode()) {
      return node.asText().contains(subject);
    }
    for (JsonNode child : node) {
      if (names(child, subject)) {
        return true;
      }
    }
    return node.properties().stream().anyMatch(member -> member.getKey().contains(subject));
  }
}

package io.logsense.api.store;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what is known besides events: groups, decisions, reports, feedback, baselines, deployments.
 * Each is a document of some kind, with an id and a text of JSON. Implemented by connectors; calls
 * may come from any thread.
 *
 * <p>A failing store throws {@link io.logsense.api.LogSenseException}, transient or external, and
 * keeps what it had.
 */
public interface DocumentStore extends AutoCloseable {
  /**
   * The kind of accounts: what was spent, under a day and a hash. They name nobody, so a purge
   * ({@link io.logsense.api.purge.Purgeable}) leaves them, whatever numbers the subject is made of.
   */
  String SPENDING = "spending";

  /**
   * Keeps documents as they are, character for character, in place of those of the same kind and
   * id; of two in one call the later stays. All or none.
   */
  void put(Collection<Document> documents);

  /** The document of that kind and id. */
  Optional<Document> get(String kind, String id);

  /** All documents of a kind, by id in the order of its characters. */
  List<Document> list(String kind);

  /**
   * Removes a document.
   *
   * @return whether it was there
   */
  boolean remove(String kind, String id);

  /** Closes it; whatever is called later throws (usage), but for another close. */
  @Override
  void close();

  /**
   * Something to be kept.
   *
   * @param kind what it is, such as {@code group} or {@code report}: lower case, digits, dashes
   * @param id names it among its kind; 1 to 200 characters
   * @param json its content: an object of JSON
   */
  record Document(String kind, String id, String json) {
    private static final int MAX_ID = 200;

    /**
     * Checks kind and id.
     *
     * @throws IllegalArgumentException when either is not as described
     */
    public Document {
      if (kind.isEmpty() || !kind.chars().allMatch(Document::isOfKind)) {
        throw new IllegalArgumentException(
            "kind '" + kind + "': it must be lower case letters, digits and dashes");
      }
      if (id.isEmpty() || id.length() > MAX_ID) {
        throw new IllegalArgumentException(
            "an id of " + id.length() + " characters; it must be 1 to " + MAX_ID);
      }
    }

    private static boolean isOfKind(int c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }
  }
}

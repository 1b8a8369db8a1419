package io.logsense.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.store.DocumentStore;
import io.logsense.api.store.DocumentStore.Document;
import io.logsense.testkit.Faults.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link DocumentStore} must do. Extend it, and say how to open the store: each test has
 * an instance of the class, and so an empty store, of its own.
 */
public abstract class DocumentStoreContract {
  private static final int MANY = 500;
  private static final int THREADS = 8;

  private DocumentStore store;

  /** For the class that extends this. */
  protected DocumentStoreContract() {}

  /** Opens the store of this test: empty the first time, then with what it was closed with. */
  protected abstract DocumentStore open() throws Exception;

  /** Whether what is kept survives closing; true unless overridden. Else it has to be gone. */
  protected boolean isDurable() {
    return true;
  }

  /** How long any single call may take on the slowest of machines: 60 s unless overridden. */
  protected Duration deadline() {
    return Duration.ofSeconds(60);
  }

  /** What can break the connection to the store; nothing unless overridden. */
  protected Optional<Faults> faults() {
    return Optional.empty();
  }

  @BeforeEach
  void openTheStore() throws Exception {
    store = open();
  }

  @AfterEach
  void closeTheStore() throws Exception {
    new Watch(deadline()).run("close", store::close);
  }

  /** Closes and opens a store that keeps what it has. */
  private void reopen() throws Exception {
    if (isDurable()) {
      store.close();
      store = open();
    }
  }

  @Test
  void aNewStoreIsEmpty() {
    assertThat(store.list("report")).isEmpty();
    assertThat(store.get("report", "1")).isEmpty();
    assertThat(store.remove("report", "1")).isFalse();
    store.put(List.of());
  }

  @Test
  void aDocumentComesBackCharacterForCharacter() throws Exception {
    List<Document> documents =
        List.of(
            document("1", "{}"),
            document("2", "{ \"b\" : 1.50,\n\t\"a\":[1e3, null, true], \"b\": 2 }"),
            document(
                "3", "{\"caf\u00E9\":\"\uD83D\uDD25 \\u0000 \\\" '; DROP TABLE documents; --\"}"),
            document("4", "{\"n\":12345678901234567890.123456789012345678901234567890}"));
    store.put(documents);

    assertThat(store.list("report")).containsExactlyElementsOf(documents);
    assertThat(store.get("report", "2")).contains(documents.get(1));
    reopen();
    assertThat(store.list("report")).containsExactlyElementsOf(documents);
  }

  @Test
  void aHugeDocumentComesBack() {
    Document huge = document("huge", "{\"text\":\"" + "x".repeat(1 << 20) + "\"}");
    store.put(List.of(huge));

    assertThat(store.get("report", "huge").equals(Optional.of(huge))).as("as it was").isTrue();
  }

  @Test
  void anIdIsAnyText() {
    List<String> ids =
        List.of(
            "'; DROP TABLE documents; --",
            "%",
            "_",
            "../../etc/passwd",
            "a/b\\c?d#e",
            "\uD83D\uDD25",
            " ",
            " a",
            "a ",
            "CON",
            "con",
            ".",
            "..",
            "x".repeat(200),
            "\u8FDE".repeat(200));
    for (String id : ids) {
      store.put(List.of(document(id, "{\"id\":" + ids.indexOf(id) + "}")));
    }
    for (String id : ids) {
      assertThat(store.get("report", id))
          .contains(document(id, "{\"id\":" + ids.indexOf(id) + "}"));
    }
    assertThat(store.list("report")).hasSize(ids.size());
    assertThat(store.remove("report", "%")).isTrue();
    assertThat(store.list("report")).hasSize(ids.size() - 1);
  }

  @Test
  void documentsComeInTheOrderOfTheirCharacters() {
    List<String> ids = List.of("", "1", "10", "2", "B", "a", "a-b", "aB", "a_b", "ab", "\u00E4");
    List<Document> documents = new ArrayList<>();
    for (String id : ids) {
      documents.add(document("x" + id, "{}"));
    }
    List<Document> reversed = new ArrayList<>(documents);
    Collections.reverse(reversed);
    store.put(reversed);

    assertThat(store.list("report")).containsExactlyElementsOf(documents);
  }

  @Test
  void aDocumentTakesThePlaceOfAnother() {
    store.put(List.of(document("1", "{\"v\":1}"), document("2", "{\"v\":1}")));
    store.put(List.of(document("1", "{\"v\":2}"), document("1", "{\"v\":3}")));

    assertThat(store.list("report"))
        .containsExactly(document("1", "{\"v\":3}"), document("2", "{\"v\":1}"));
  }

  @Test
  void kindsAreKeptApart() {
    Document group = new Document("group", "1", "{\"kind\":\"group\"}");
    Document another = new Document("group-2", "1", "{\"kind\":\"group-2\"}");
    store.put(List.of(group, another, document("1", "{}")));

    assertThat(store.get("group", "1")).contains(group);
    assertThat(store.list("group")).containsExactly(group);
    assertThat(store.remove("group", "1")).isTrue();
    assertThat(store.get("group-2", "1")).contains(another);
    assertThat(store.list("report")).hasSize(1);
  }

  @Test
  void aRemovedDocumentIsGone() throws Exception {
    store.put(List.of(document("1", "{}"), document("2", "{}")));

    assertThat(store.remove("report", "1")).isTrue();
    assertThat(store.remove("report", "1")).isFalse();

    reopen();
    assertThat(store.get("report", "1")).isEmpty();
    assertThat(store.list("report")).containsExactly(document("2", "{}"));
  }

  @Test
  void aDocumentThatCannotBeReadLeavesNothingOfItsCall() throws Exception {
    List<Document> before = documents(3, "{\"v\":1}");
    store.put(before);

    assertThatThrownBy(() -> store.put(new Failing<>(documents(MANY, "{\"v\":2}"), MANY - 1)))
        .isInstanceOf(RuntimeException.class);

    assertThat(store.list("report")).containsExactlyElementsOf(before);
    reopen();
    assertThat(store.list("report")).containsExactlyElementsOf(before);
  }

  @Test
  void aLostConnectionLeavesAllOrNothing() throws Exception {
    Faults faults = Assume.faults(faults(), Fault.RESET);
    List<Document> before = documents(3, "{\"v\":1}");
    List<Document> after = documents(MANY, "{\"v\":2}");
    store.put(before);
    for (Fault fault : List.of(Fault.RESET, Fault.REFUSED)) {
      faults.inject(fault);
      try {
        new Watch(deadline()).run("put", () -> store.put(after));
      } catch (LogSenseException e) {
        assertThat(e.category()).isIn(Category.TRANSIENT, Category.EXTERNAL);
      }
      faults.heal();
      reopen();
      assertThat(store.list("report")).isIn(before, after);
    }
    store.put(after);
    assertThat(store.list("report")).containsExactlyElementsOf(after);
  }

  @Test
  void manyThreadsWriteAndNothingIsLost() throws Exception {
    List<Document> documents = documents(THREADS * 20, "{\"v\":1}");
    List<Watch.Call<Boolean>> calls = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      List<Document> own = documents.subList(t * 20, t * 20 + 20);
      calls.add(
          new Watch(deadline().multipliedBy(4))
              .start(
                  "writes of thread " + t,
                  () -> {
                    own.forEach(document -> store.put(List.of(document, shared())));
                    return store.get("report", own.get(0).id()).isPresent();
                  }));
    }
    for (Watch.Call<Boolean> call : calls) {
      assertThat(call.get()).isTrue();
    }
    assertThat(store.list("report")).containsExactlyElementsOf(documents);
    assertThat(store.list("shared")).containsExactly(shared());
  }

  private static Document shared() {
    return new Document("shared", "all", "{}");
  }

  @Test
  void aSubjectIsPurgedFromIdsAndContentsOfAllKinds() throws Exception {
    Purgeable purgeable = SampleSubjects.purgeable(store);
    List<Document> others = documents(3, "{\"by\":\"jane.roe@example.com\"}");
    store.put(others);
    Subject subject = SampleSubjects.SUBJECTS.get(0);
    String who = subject.identifier();
    store.put(
        List.of(
            document(who, "{}"),
            document("1", "{\"by\":\"" + who + "\"}"),
            document("2", "{\"" + who.toUpperCase(Locale.ROOT) + "\":1}"),
            new Document("prompt", "1", "{\"text\":\"jane.roe\\u002btest\\u0040example.com\"}")));

    assertThat(purgeable.mentions(subject)).isEqualTo(4);
    assertThat(purgeable.purge(subject)).isEqualTo(4);
    assertThat(purgeable.mentions(subject)).isZero();
    assertThat(purgeable.purge(subject)).isZero();
    if (isDurable()) {
      store.close();
      store = open();
    }
    assertThat(store.list("report")).containsExactlyElementsOf(others);
    assertThat(store.list("prompt")).isEmpty();
  }

  @Test
  void aPurgeLeavesWhatWasSpentWhateverNumbersItIsMadeOf() {
    Purgeable purgeable = SampleSubjects.purgeable(store);
    Document account = new Document(DocumentStore.SPENDING, "2026-03-01-4711", "{\"tokens\":4711}");
    store.put(List.of(account, document("4711", "{}")));

    assertThat(purgeable.mentions(Subject.of("4711"))).isEqualTo(1);
    assertThat(purgeable.purge(Subject.of("4711"))).isEqualTo(1);
    assertThat(store.list(DocumentStore.SPENDING)).containsExactly(account);
    assertThat(store.list("report")).isEmpty();
  }

  @Test
  void whatWasKeptIsThereAfterReopening() throws Exception {
    List<Document> documents = documents(MANY, "{\"v\":1}");
    store.put(documents);
    store.close();
    store = open();
    assertThat(store.list("report")).containsExactlyElementsOf(isDurable() ? documents : List.of());
  }

  @Test
  void closingTwiceIsOnceAndWhatIsClosedRefuses() {
    store.put(documents(3, "{}"));
    store.close();
    store.close();

    assertThatThrownBy(() -> store.put(documents(3, "{}"))).isInstanceOf(LogSenseException.class);
    assertThatThrownBy(() -> store.get("report", "1")).isInstanceOf(LogSenseException.class);
    assertThatThrownBy(() -> store.list("report")).isInstanceOf(LogSenseException.class);
    assertThatThrownBy(() -> store.remove("report", "1")).isInstanceOf(LogSenseException.class);
  }

  private static List<Document> documents(int count, String json) {
    List<Document> documents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      documents.add(document("id-%04d".formatted(i), json));
    }
    return documents;
  }

  private static Document document(String id, String json) {
    return new Document("report", id, json);
  }
}

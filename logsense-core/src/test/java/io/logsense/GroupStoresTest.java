package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.event.SourcePosition;
import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import io.logsense.api.fingerprint.Fingerprint;
import io.logsense.api.fingerprint.StackFingerprint;
import io.logsense.api.group.Group;
import io.logsense.api.group.GroupKind;
import io.logsense.api.store.GroupStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupStoresTest {
  private static final Fingerprint PRINT = new Fingerprint("jf1", 1, -2);

  @TempDir Path dir;

  @Test
  void everythingOfAGroupComesBack() {
    GroupStore store = GroupStores.file(dir.resolve("deep/groups.jsonl"));
    Group group = group("jf1:1");
    store.save(List.of(group));

    Group read = store.find("jf1:1").orElseThrow();
    assertThat(read.title()).isEqualTo(group.title());
    assertThat(read.count()).isEqualTo(3);
    assertThat(read.severities()).isEqualTo(group.severities());
    assertThat(read.severity()).isEqualTo(Severity.ERROR);
    assertThat(read.services()).isEqualTo(group.services());
    assertThat(read.timeline()).isEqualTo(group.timeline());
    assertThat(read.fingerprint()).isEqualTo(group.fingerprint());
    assertThat(read.variants()).isEqualTo(group.variants());
    assertThat(read.examples()).isEqualTo(group.examples());
    assertThat(read.firstSeen()).isEqualTo(5);
  }

  @Test
  void aSaveReplacesGroupsOfTheSameIdAndKeepsTheOthers() {
    GroupStore store = GroupStores.file(dir.resolve("groups.jsonl"));
    store.save(List.of(group("b"), group("a")));
    store.save(List.of(group("a").toBuilder().words("changed", "", "").build()));

    assertThat(store.load()).extracting(Group::id).containsExactly("a", "b");
    assertThat(store.find("a").orElseThrow().title()).isEqualTo("changed");
  }

  @Test
  void aStoreWithoutAFileIsEmpty() {
    assertThat(GroupStores.file(dir.resolve("none")).load()).isEmpty();
  }

  @Test
  void aFileOfAnotherKindIsRefusedWithItsName() throws IOException {
    Path file = dir.resolve("groups.jsonl");
    Files.writeString(file, "{\"some\":\"thing\"}\n");

    assertThatThrownBy(() -> GroupStores.file(file).load())
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("groups.jsonl")
        .hasMessageContaining("logsense-groups");
  }

  @Test
  void aFailedSaveLeavesTheOldFile() throws IOException {
    Path file = dir.resolve("groups.jsonl");
    GroupStore store = GroupStores.file(file);
    store.save(List.of(group("a")));
    Files.createDirectory(dir.resolve("groups.jsonl.part"));

    assertThatThrownBy(() -> store.save(List.of(group("b")))).isInstanceOf(LogSenseException.class);
    assertThat(store.load()).extracting(Group::id).containsExactly("a");
  }

  private static Group group(String id) {
    ThrownError cause =
        new ThrownError(
            "a.Cause",
            null,
            List.of(new StackFrame("a.B", "c", null, StackFrame.NATIVE_LINE)),
            2,
            null,
            List.of(new ThrownError("a.S", "", List.of(), 0, null, List.of())));
    ThrownError error =
        new ThrownError(
            "a.Error",
            "two\nlines \"quoted\" \u2028 🦊",
            List.of(new StackFrame("a.B", "d", "B.java", 7)),
            0,
            cause,
            List.of());
    LogEvent event =
        LogEvent.builder()
            .timestamp(5)
            .severity(Severity.ERROR)
            .service("cart")
            .message("failed")
            .attribute("k", "v")
            .exception(new StackTrace("java", error, 1, 9, true))
            .position(new SourcePosition("app.log", 10, 2, 9))
            .build();
    return Group.builder()
        .identity(id, GroupKind.EXCEPTION)
        .words("Cause", "failed", "a.B.c")
        .counts(3, new TreeMap<>(Map.of(Severity.ERROR, 2L, Severity.WARN, 1L)))
        .seen(5, 9)
        .origins(Map.of("cart", 3L), Map.of(), Map.of("1.2", 3L))
        .timeline(new TreeMap<>(Map.of(0L, 3L)), 60)
        .fingerprints(
            new StackFingerprint(PRINT, PRINT, PRINT, PRINT, StackFingerprint.Quality.FULL),
            Map.of(PRINT, 3L))
        .examples(List.of(event))
        .build();
  }
}

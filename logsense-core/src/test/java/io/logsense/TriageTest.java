package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.event.LogEvent;
import io.logsense.api.group.Group;
import io.logsense.api.group.GroupKind;
import io.logsense.api.triage.GroupStatus;
import io.logsense.api.triage.StatusChange;
import io.logsense.api.triage.Until;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TriageTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path dir;
  private Instant clock = NOON;

  private Triage open() {
    return Triage.open(dir, () -> clock);
  }

  private static Group group(String id, String... formerIds) {
    return Group.builder()
        .identity(id, GroupKind.MESSAGE)
        .origins(Map.of(), Map.of(), Map.of("1.0", 3L, "1.1", 1L))
        .formerIds(Set.of(formerIds))
        .examples(List.of(LogEvent.builder().message(id).build()))
        .build();
  }

  @Test
  void aGroupThatNobodyDecidedAboutIsNew() {
    try (Triage triage = open()) {
      assertThat(triage.status("a")).isEqualTo(GroupStatus.NEW);
      assertThat(triage.history("a")).isEmpty();
    }
  }

  @Test
  void everyChangeIsKeptWithWhoWhenAndWhyAndARestartKnowsThemAll() {
    Group group = group("a");
    List<StatusChange> made;
    try (Triage triage = open()) {
      clock = NOON.plusSeconds(1);
      triage.investigate(group, "ana", "looks bad");
      clock = NOON.plusSeconds(2);
      triage.resolve(group, "1.2", "bea", "waits\nfor the \"pool\"");
      clock = NOON.plusSeconds(3);
      triage.ignore(group, Until.moreThan(5, Duration.ofHours(1)), "cem", "");
      clock = NOON.plusSeconds(4);
      triage.reopen(group, "dan", "after all");
      made = triage.history("a");
    }
    try (Triage triage = open()) {
      assertThat(triage.history()).isEqualTo(made).hasSize(4);
      StatusChange resolved = made.get(1);
      assertThat(resolved.who()).isEqualTo("bea");
      assertThat(resolved.why()).isEqualTo("waits\nfor the \"pool\"");
      assertThat(resolved.when()).isEqualTo(NOON.plusSeconds(2));
      assertThat(resolved.version()).isEqualTo("1.2");
      assertThat(resolved.versions()).containsExactlyInAnyOrder("1.0", "1.1");
      assertThat(made.get(2).until()).isEqualTo(Until.moreThan(5, Duration.ofHours(1)));
      assertThat(triage.status("a")).isEqualTo(GroupStatus.NEW);
      assertThat(triage.status("a", NOON)).isEqualTo(GroupStatus.NEW);
      assertThat(triage.status("a", NOON.plusSeconds(1))).isEqualTo(GroupStatus.INVESTIGATING);
      assertThat(triage.status("a", NOON.plusMillis(2500))).isEqualTo(GroupStatus.RESOLVED);
      assertThat(triage.status("a", NOON.plusSeconds(3))).isEqualTo(GroupStatus.IGNORED);
    }
  }

  @Test
  void anUndoIsAFurtherChangeAndCanBeUndone() {
    try (Triage triage = open()) {
      StatusChange first = triage.resolve(group("a"), "1.2", "ana", "");
      StatusChange undo = triage.undo(first.id(), "ana", "wrong group");
      assertThat(undo.status()).isEqualTo(GroupStatus.NEW);

      StatusChange again = triage.undo(undo.id(), "ana", "");
      assertThat(again.status()).isEqualTo(GroupStatus.RESOLVED);
      assertThat(again.version()).isEqualTo("1.2");
      assertThat(triage.history("a")).containsExactly(first, undo, again);
    }
  }

  @Test
  void onlyTheLastDecisionAboutAGroupCanBeUndone() {
    try (Triage triage = open()) {
      StatusChange first = triage.resolve(group("a"), "ana", "");
      triage.investigate(group("b"), "ana", "");
      triage.investigate(group("a"), "ana", "");
      assertThatThrownBy(() -> triage.undo(first.id(), "ana", ""))
          .isInstanceOf(LogSenseException.class)
          .hasMessageContaining("not the last decision");
      assertThatThrownBy(() -> triage.undo("sc1:none", "ana", ""))
          .hasMessageContaining("no decision");
    }
  }

  @Test
  void aClockThatIsSetBackDoesNotReorderDecisions() {
    try (Triage triage = open()) {
      triage.resolve(group("a"), "ana", "");
      clock = NOON.minusSeconds(3600);
      StatusChange later = triage.reopen(group("a"), "ana", "");
      assertThat(later.when()).isAfter(NOON);
      assertThat(triage.status("a", NOON)).isEqualTo(GroupStatus.RESOLVED);
      assertThat(triage.status("a")).isEqualTo(GroupStatus.NEW);
    }
  }

  @Test
  void aGroupKeepsItsStatusUnderAnotherName() {
    try (Triage triage = open()) {
      triage.investigate(group("old"), "ana", "");
      assertThat(triage.status(group("new", "old"))).isEqualTo(GroupStatus.INVESTIGATING);
      assertThat(triage.status("new")).isEqualTo(GroupStatus.NEW);
      triage.resolve(group("new", "old"), "ana", "");
    }
    try (Triage triage = open()) {
      assertThat(triage.history("old")).hasSize(2).isEqualTo(triage.history("new"));
      assertThat(triage.status("old")).isEqualTo(GroupStatus.RESOLVED);
    }
  }

  @Test
  void twoInstancesOfOneDirectorySeeEachOthersDecisions() {
    try (Triage one = open();
        Triage two = open()) {
      one.investigate(group("a"), "ana", "");
      two.resolve(group("a"), "bea", "");
      one.ignore(group("b"), Until.forever(), "ana", "");

      assertThat(one.history("a")).hasSize(2).isEqualTo(two.history("a"));
      assertThat(two.status("b")).isEqualTo(GroupStatus.IGNORED);
      assertThat(one.status("a")).isEqualTo(GroupStatus.RESOLVED);
    }
  }

  @Test
  void aTornLastLineIsCutOffByTheNextDecision() throws IOException {
    try (Triage triage = open()) {
      triage.investigate(group("a"), "ana", "");
      Path file = dir.resolve("triage.journal");
      Files.writeString(file, "0123abcd {\"fact\":\"sta", StandardOpenOption.APPEND);
      triage.resolve(group("a"), "ana", "");
    }
    try (Triage triage = open()) {
      assertThat(triage.history("a")).hasSize(2);
    }
  }

  @Test
  void damageIsRefusedAndClosedMeansClosed() throws IOException {
    Triage closed = open();
    closed.investigate(group("a"), "ana", "");
    closed.close();
    assertThatThrownBy(() -> closed.resolve(group("a"), "ana", ""))
        .hasMessageContaining("is closed");

    Path file = dir.resolve("triage.journal");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(this::open).hasMessageContaining("is damaged in line");
  }

  /** Two processes decide as fast as they can, one is killed: what was acknowledged is there. */
  @Test
  void processesThatWriteAtTheSameTimeLoseNothingAndNeitherDoesOneThatIsKilled()
      throws IOException, InterruptedException {
    Process one = start("one");
    Process two = start("two");
    int acknowledged = -1;
    try (BufferedReader first = reader(one);
        BufferedReader second = reader(two)) {
      for (int i = 0; i < 40; i++) {
        Objects.requireNonNull(first.readLine());
        acknowledged = Integer.parseInt(Objects.requireNonNull(second.readLine()));
      }
      two.destroyForcibly().waitFor();
      for (int i = 0; i < 40; i++) {
        Objects.requireNonNull(first.readLine());
      }
    } finally {
      one.destroyForcibly().waitFor();
      two.destroyForcibly().waitFor();
    }
    try (Triage triage = open()) {
      for (int i = 0; i < 80; i++) {
        assertThat(triage.status("one" + i)).isEqualTo(GroupStatus.INVESTIGATING);
      }
      for (int i = 0; i <= acknowledged; i++) {
        assertThat(triage.status("two" + i)).isEqualTo(GroupStatus.INVESTIGATING);
      }
    }
  }

  private Process start(String name) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Decider.class.getName(),
            dir.toString(),
            name)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
  }

  /** Decides for ever, and says which decision is on the disk. */
  static final class Decider {
    private Decider() {}

    public static void main(String[] args) {
      try (Triage triage = Triage.open(Path.of(args[0]))) {
        for (int i = 0; ; i++) {
          triage.investigate(group(args[1] + i), args[1], "");
          System.out.println(i);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "forever",
        "2026-03-01T12:00:00Z",
        "1 events",
        "100 events",
        "10 events in PT1H30M",
        "another version"
      })
  void howLongAGroupIsIgnoredIsATextThatCanBeReadAgain(String text) {
    assertThat(Until.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "never",
        "0 events",
        "-1 events",
        "x events",
        "1 events in",
        "1 events in 1h",
        "20000 events in PT1H",
        "5 events in PT0S",
        "5 events in P99999999D",
        "tomorrow"
      })
  void whatIsNoConditionIsRefused(String text) {
    assertThatThrownBy(() -> Until.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}

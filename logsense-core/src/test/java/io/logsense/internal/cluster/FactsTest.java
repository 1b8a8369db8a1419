package io.logsense.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.cluster.Correction;
import io.logsense.api.cluster.Link;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456789Z");

  @TempDir Path dir;

  private Path file() {
    return dir.resolve("clusters.journal");
  }

  private Facts open() {
    return new Facts(file(), "model", 0.9);
  }

  private static Correction correction(int number) {
    return Decision.merge(List.of("a", "b\n\"ü\""))
        .by("ana", NOON.plusSeconds(number), "line one\nline two");
  }

  private Ledger written() {
    try (Facts journal = open()) {
      journal.placed("a", "text of a");
      journal.link(new Link("a", "b", 0.1 + 0.2));
      journal.alias("old", "a");
      journal.rule(new Ledger.Rule(0.7, 3, NOON, "ana", "wider"));
      journal.correction(correction(1));
      journal.commit();
    }
    return reopened();
  }

  private Ledger reopened() {
    try (Facts facts = open()) {
      return facts.ledger();
    }
  }

  @Test
  void givesBackEveryFactAsItWas() {
    Ledger ledger = written();

    assertThat(ledger.texts()).containsEntry("a", "text of a");
    assertThat(ledger.links()).containsExactly(new Link("a", "b", 0.1 + 0.2));
    assertThat(ledger.current("old")).isEqualTo("a");
    assertThat(ledger.rule()).isEqualTo(new Ledger.Rule(0.7, 3, NOON, "ana", "wider"));
    assertThat(ledger.corrections()).containsExactly(correction(1));
  }

  @Test
  void linksAndRulesOfAnotherModelDoNotCount() {
    written();
    try (Facts facts = new Facts(file(), "another", 0.9)) {
      Ledger ledger = facts.ledger();
      assertThat(ledger.links()).isEmpty();
      assertThat(ledger.rule().score()).isEqualTo(0.9);
      assertThat(facts.isPlaced("a")).isFalse();
      assertThat(ledger.corrections()).hasSize(1);
    }
  }

  @Test
  void aFileCutAnywhereGivesBackTheLinesThatAreWhole() throws IOException {
    written();
    byte[] whole = Files.readAllBytes(file());
    int header = new String(whole, StandardCharsets.UTF_8).indexOf('\n') + 1;
    for (int length = 0; length < whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));
      Ledger ledger = reopened();
      long lines =
          new String(whole, 0, length, StandardCharsets.UTF_8)
              .chars()
              .filter(c -> c == '\n')
              .count();
      int facts =
          ledger.texts().size()
              + ledger.links().size()
              + ledger.aliases().size()
              + (ledger.rule().minPoints() == 3 ? 1 : 0)
              + ledger.corrections().size();
      assertThat(facts).as("cut at %d", length).isEqualTo((int) Math.max(0, lines - 1));
      assertThat(Files.size(file())).isGreaterThanOrEqualTo(header);
    }
  }

  @Test
  void everyDamagedByteIsNoticed() throws IOException {
    written();
    byte[] whole = Files.readAllBytes(file());
    for (int i = 0; i < whole.length - 1; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 0x10;
      Files.write(file(), damaged);
      assertThatThrownBy(this::reopened)
          .as("byte %d", i)
          .isInstanceOf(LogSenseException.class)
          .hasMessageContaining("damaged in line");
    }
  }

  @Test
  void isForOneAtATime() {
    try (Facts journal = open()) {
      journal.commit();
      assertThatThrownBy(this::reopened).hasMessageContaining("in use");
    }
  }

  /** Reading must not cost the lock, which a system may drop when anybody closes the file. */
  @Test
  void anotherProcessIsKeptOutWhileTheFileIsReadHere() throws IOException, InterruptedException {
    try (Facts journal = open()) {
      journal.correction(correction(0));
      journal.commit();
      assertThat(Facts.read(file(), "model", 0.9).corrections()).hasSize(1);

      Process other = start(ProcessBuilder.Redirect.PIPE);
      try (BufferedReader said =
          new BufferedReader(
              new InputStreamReader(other.getErrorStream(), StandardCharsets.US_ASCII))) {
        assertThat(said.readLine()).contains("in use");
      } finally {
        other.destroyForcibly().waitFor();
      }
    }
  }

  private Process start(ProcessBuilder.Redirect errors) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Writer.class.getName(),
            file().toString())
        .redirectError(errors)
        .start();
  }

  /** A process that is killed while it writes: nothing that it said was written is lost. */
  @Test
  void aKilledProcessLosesNothingThatItAcknowledged() throws IOException, InterruptedException {
    Process writer = start(ProcessBuilder.Redirect.INHERIT);
    int acknowledged = -1;
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(writer.getInputStream(), StandardCharsets.US_ASCII))) {
      while (acknowledged < 200) {
        acknowledged = Integer.parseInt(Objects.requireNonNull(said.readLine()));
      }
    } finally {
      writer.destroyForcibly().waitFor();
    }

    List<Correction> kept = reopened().corrections();

    assertThat(kept).hasSizeGreaterThan(acknowledged);
    for (int i = 0; i < kept.size(); i++) {
      assertThat(kept.get(i)).isEqualTo(correction(i));
    }
  }

  /** Writes decisions for ever, and says which one is on the disk. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) {
      try (Facts journal = new Facts(Path.of(args[0]), "model", 0.9)) {
        for (int i = 0; ; i++) {
          journal.correction(correction(i));
          journal.commit();
          System.out.println(i);
        }
      }
    }
  }
}

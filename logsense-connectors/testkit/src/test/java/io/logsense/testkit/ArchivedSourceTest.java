package io.logsense.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.source.Archive;
import io.logsense.api.source.ArchivedSource;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.RecordBatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchivedSourceTest extends SourceContract {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-31T12:00:00Z"));
  private static final Duration PATIENCE = Duration.ofMillis(10);

  private final InMemoryLogSource source = InMemoryLogSource.of("orders", "payments");
  private @TempDir Path directory;

  @Override
  protected List<String> partitions() {
    return List.of("orders", "payments");
  }

  @Override
  protected void write(String partition, List<byte[]> records) {
    source.addBytes(partition, records);
  }

  @Override
  protected LogSource open(boolean follow) {
    LogSource wrapped = follow ? source.following() : source;
    return new ArchivedSource(wrapped, Archive.directory(directory), CLOCK);
  }

  @Override
  protected Optional<Faults> faults() {
    return Optional.of(source);
  }

  private List<String> archived() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .sorted()
          .flatMap(file -> text(bytes(file)).lines())
          .toList();
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(byte[] gzip) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> fill(int count) {
    List<String> lines = IntStream.range(0, count).mapToObj(i -> "line " + i).toList();
    source.add("orders", lines);
    return lines;
  }

  @Test
  void whatWasReadToTheEndIsThereByDate() throws Exception {
    List<String> lines = fill(100);
    try (PartitionReader reader = open(false).open("orders", Checkpoint.START)) {
      RecordBatch batch = reader.poll(PATIENCE);
      assertThat(batch).isNotNull();
      assertThat(archived()).isEmpty();
      while (reader.poll(PATIENCE) != null) {
        // Reads on.
      }
    }
    assertThat(archived()).isEqualTo(lines);
    assertThat(directory.resolve("2026/01/31")).isDirectoryContaining("glob:**.log.gz");
  }

  @Test
  void whatIsAcknowledgedIsThere() throws Exception {
    fill(100);
    try (PartitionReader reader = open(true).open("orders", Checkpoint.START)) {
      int first = reader.poll(PATIENCE).size();
      reader.acknowledge(reader.position());
      assertThat(archived()).hasSize(first).startsWith("line 0");
      reader.poll(PATIENCE);
      assertThat(archived()).hasSize(first);
    }
    assertThat(archived()).hasSizeGreaterThan(20);
  }

  @Test
  void whatCouldNotBeKeptIsKeptLater() throws Exception {
    List<String> lines = fill(100);
    List<String> kept = new ArrayList<>();
    boolean[] full = {true};
    Archive archive =
        (name, gzip) -> {
          if (full[0]) {
            throw new IOException("disk full");
          }
          kept.addAll(text(gzip).lines().toList());
        };
    try (PartitionReader reader =
        new ArchivedSource(source, archive, CLOCK).open("orders", Checkpoint.START)) {
      reader.poll(PATIENCE);
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> reader.acknowledge(reader.position())).hasMessage("disk full");
        assertThatThrownBy(() -> reader.poll(PATIENCE)).hasMessage("disk full");
      }
      full[0] = false;
      while (reader.poll(PATIENCE) != null) {
        // Reads on.
      }
    }
    assertThat(kept).isEqualTo(lines);
  }

  @Test
  void whatCouldNotBeKeptIsKeptByTheNextReader() throws Exception {
    List<String> lines = fill(100);
    List<String> kept = new ArrayList<>();
    boolean[] full = {true};
    Archive archive =
        (name, gzip) -> {
          if (full[0]) {
            throw new IOException("disk full");
          }
          kept.addAll(text(gzip).lines().toList());
        };
    LogSource archived = new ArchivedSource(source, archive, CLOCK);
    Checkpoint position = Checkpoint.START;
    for (int i = 0; i < 3; i++) {
      PartitionReader reader = archived.open("orders", position);
      if (i == 0) {
        reader.poll(PATIENCE);
        assertThatThrownBy(() -> reader.acknowledge(reader.position())).hasMessage("disk full");
      }
      assertThatThrownBy(() -> reader.poll(PATIENCE)).hasMessage("disk full");
      position = reader.position();
      assertThatThrownBy(reader::close).hasMessage("disk full");
    }
    full[0] = false;
    try (PartitionReader reader = archived.open("orders", position)) {
      while (reader.poll(PATIENCE) != null) {
        // Reads on.
      }
    }
    assertThat(kept).isEqualTo(lines);
  }

  @Test
  void aLongReadIsKeptInParts() throws Exception {
    List<Integer> sizes = new ArrayList<>();
    Random random = new Random(7);
    byte[] noise = new byte[512 * 1024];
    for (int i = 0; i < 60; i++) {
      random.nextBytes(noise);
      source.addBytes("orders", List.of(noise.clone()));
    }
    Archive archive = (name, gzip) -> sizes.add(gzip.length);
    try (PartitionReader reader =
        new ArchivedSource(source, archive, CLOCK).open("orders", Checkpoint.START)) {
      while (reader.poll(PATIENCE) != null) {
        // Reads on.
      }
    }
    assertThat(sizes).hasSize(3);
  }
}

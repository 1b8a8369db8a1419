package io.logsense.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.logsense.api.LogSenseException;
import io.logsense.api.source.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("checkpoints");
  }

  @Test
  void aPartitionWithoutACheckpointBeginsAtTheStart() {
    assertThat(CheckpointStore.open(file).load("p")).isEqualTo(Checkpoint.START);
  }

  @Test
  void whatWasSavedIsThereAfterARestart() {
    CheckpointStore store = CheckpointStore.open(file);
    store.save("a\tb\nc\\d\\n", new Checkpoint("1;2\t;\u00e4\\"));
    store.save("other", new Checkpoint("x"));
    CheckpointStore reopened = CheckpointStore.open(file);
    assertThat(reopened.load("a\tb\nc\\d\\n").value()).isEqualTo("1;2\t;\u00e4\\");
    assertThat(reopened.load("other").value()).isEqualTo("x");
    assertThat(directory).isDirectoryContaining(f -> f.equals(file));
    assertThat(directory.resolve("checkpoints.part")).doesNotExist();
  }

  @Test
  void anUnchangedStoreIsNotWrittenAgain() throws IOException {
    CheckpointStore store = CheckpointStore.open(file);
    store.save("p", new Checkpoint("x"));
    Files.delete(file);
    store.save("p", new Checkpoint("x"));
    assertThat(file).doesNotExist();
  }

  @Test
  void aDamagedFileIsSaidAndNotGuessedAt() throws IOException {
    CheckpointStore store = CheckpointStore.open(file);
    store.save("p", new Checkpoint("12"));
    String whole = Files.readString(file);
    for (String damaged :
        new String[] {
          "", whole.substring(0, whole.length() / 2), whole.replace("12", "13"), whole + "x"
        }) {
      Files.writeString(file, damaged);
      assertThatThrownBy(() -> CheckpointStore.open(file))
          .isInstanceOfSatisfying(
              LogSenseException.class,
              e -> assertThat(e.category()).isEqualTo(LogSenseException.Category.EXTERNAL))
          .hasMessageContaining("delete it");
    }
  }

  @Test
  void aDeviceThatIsAlwaysFullLeavesTheOldCheckpointsAndTheNextSaveTriesAgain() throws IOException {
    Path full = Path.of("/dev/full");
    assumeThat(full).as("a device that is always full").exists();
    CheckpointStore store = CheckpointStore.open(file);
    store.save("p", new Checkpoint("old"));
    Files.createSymbolicLink(directory.resolve("checkpoints.part"), full);
    assertFull(store);
    assertThat(CheckpointStore.open(file).load("p").value()).isEqualTo("old");
    store.save("p", new Checkpoint("new"));
    assertThat(CheckpointStore.open(file).load("p").value()).isEqualTo("new");
  }

  @Test
  void aFullDiskLeavesTheOldCheckpointsAndTheNextSaveTriesAgain() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()))
        .as("exit code of mounting a small disk, which needs root")
        .isZero();
    try {
      CheckpointStore store = CheckpointStore.open(disk.resolve("checkpoints"));
      store.save("p", new Checkpoint("old"));
      Path filler = disk.resolve("filler");
      fill(filler);
      assertFull(store);
      assertThat(CheckpointStore.open(disk.resolve("checkpoints")).load("p").value())
          .isEqualTo("old");
      Files.delete(filler);
      store.save("p", new Checkpoint("new"));
      assertThat(CheckpointStore.open(disk.resolve("checkpoints")).load("p").value())
          .isEqualTo("new");
    } finally {
      assertThat(run("umount", disk.toString())).isZero();
    }
  }

  private static void assertFull(CheckpointStore store) {
    assertThatThrownBy(() -> store.save("p", new Checkpoint("new")))
        .isInstanceOfSatisfying(
            LogSenseException.class,
            e -> assertThat(e.category()).isEqualTo(LogSenseException.Category.EXTERNAL))
        .hasMessageContaining("cannot save")
        .hasMessageContaining("No space left");
  }

  private static void fill(Path filler) {
    assertThatThrownBy(() -> Files.write(filler, new byte[1 << 20]))
        .isInstanceOf(IOException.class);
  }

  private static int run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor();
    } catch (IOException e) {
      return 127;
    }
  }
}

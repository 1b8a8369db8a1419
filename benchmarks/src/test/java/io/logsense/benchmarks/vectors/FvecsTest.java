package io.logsense.benchmarks.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FvecsTest {
  @TempDir private Path directory;

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Path file = directory.resolve("x.fvecs");
    try (OutputStream out = Files.newOutputStream(file)) {
      Fvecs.write(new float[] {1, -2.5f}, out);
      Fvecs.write(new float[] {0}, out);
    }
    assertThat(Files.readAllBytes(file)).startsWith(2, 0, 0, 0, 0, 0, 0x80, 0x3F).hasSize(20);
    assertThat(Fvecs.read(file)).containsExactly(new float[] {1, -2.5f}, new float[] {0});
  }

  @Test
  void aFileThatEndsEarlyIsRefused() throws IOException {
    byte[] whole = {1, 0, 0, 0, 0, 0, 0, 0};
    for (int length : List.of(3, 5)) {
      Path file = Files.write(directory.resolve("x"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Fvecs.read(file)).isInstanceOf(EOFException.class);
    }
    Path other = Files.writeString(directory.resolve("y"), "some text");
    assertThatThrownBy(() -> Fvecs.read(other)).hasMessageContaining("dimension");
  }

  @Test
  void noTwoTextsAreAlike() throws IOException {
    List<String> texts = DistinctTexts.of(5_000, 1, null);
    assertThat(new HashSet<>(texts)).hasSize(5_000);
    assertThat(texts).isEqualTo(DistinctTexts.of(5_000, 1, null)).noneMatch(t -> t.contains("{"));
  }
}

package io.logsense.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunTest {
  private static final Path ROOT = Path.of("repository");

  @Test
  void withoutOptionsTheDataIsBesideTheRepository() {
    Run.Options options = Run.Options.from(new ArrayList<>(), ROOT);
    assertThat(options.data()).isEqualTo(Path.of("shared/data"));
    assertThat(options.peers()).isNull();
    assertThat(options.input()).isNull();
    assertThat(options.quick()).isFalse();
    assertThat(options.json()).isFalse();
  }

  @Test
  void optionsComeInAnyOrder() {
    List<String> line = new ArrayList<>(List.of("--json", "--peers", "p", "--data", "d"));
    line.addAll(List.of("--quick", "--input", "i", "--out", "o"));
    line.addAll(List.of("--repos", "r", "--src", "s"));
    Run.Options options = Run.Options.from(line, ROOT);
    assertThat(options)
        .isEqualTo(
            new Run.Options(
                true,
                true,
                Path.of("d"),
                Path.of("p"),
                Path.of("i"),
                Path.of("o"),
                Path.of("r"),
                Path.of("s")));
    assertThat(line).isEmpty();
  }

  @Test
  void whatIsNotUnderstoodIsLeft() {
    List<String> line = new ArrayList<>(List.of("--fast", "--quick", "--data"));
    Run.Options.from(line, ROOT);
    assertThat(line).containsExactly("--fast", "--data");
  }
}

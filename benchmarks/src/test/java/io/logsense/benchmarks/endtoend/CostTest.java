package io.logsense.benchmarks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CostTest {
  @Test
  void theTimeOfChildrenIsUserAndSystem() {
    assertThat(Cost.childSeconds("0m9.00s 0m9.00s\n1m2.50s 0m0.25s\n")).isEqualTo(62.75);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aProgramThatRunsHasACost() throws IOException {
    Cost cost =
        Cost.of(
            List.of("sh", "-c", "echo \"$GREETING\" && test \"$GREETING\" = hi"),
            Map.of("GREETING", "hi"));
    assertThat(cost.wall()).isPositive();
    assertThat(cost.cpu()).isPositive();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aProgramThatFailsTellsItsLastWords() {
    List<String> command = List.of("sh", "-c", "echo first >&2; echo last words >&2; exit 7");
    assertThatThrownBy(() -> Cost.of(command, Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessage("last words");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aProgramThatIsMissingIsNamed() {
    assertThatThrownBy(() -> Cost.of(List.of("no-such-program-here"), Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no-such-program-here");
  }
}

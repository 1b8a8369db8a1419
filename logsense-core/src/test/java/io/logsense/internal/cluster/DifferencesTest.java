package io.logsense.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.cluster.Difference.Part;
import io.logsense.api.cluster.Difference.Side;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DifferencesTest {
  @Test
  void keepsWhatIsInBothInOrder() {
    assertThat(Differences.between(List.of("a", "b", "c"), List.of("a", "x", "c")).parts())
        .containsExactly(
            new Part(Side.BOTH, "a"),
            new Part(Side.FIRST, "b"),
            new Part(Side.SECOND, "x"),
            new Part(Side.BOTH, "c"));
  }

  @Test
  void ofLongListsOnlyTheBeginningIsCompared() {
    List<String> many = Collections.nCopies(100_000, "a");

    assertThat(Differences.between(many, many).parts()).hasSize(400);
    assertThat(Differences.between(many, many).isEqual()).isTrue();
    assertThat(Differences.between(List.of(), List.of("a")).isEqual()).isFalse();
  }
}

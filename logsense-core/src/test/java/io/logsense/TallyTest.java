package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TallyTest {
  @Test
  void namesPastTheLimitAreCountedTogether() {
    Tally<String> tally = new Tally<>(2, Tally.OTHER);
    tally.add("a", 1);
    tally.add("b", 3);
    tally.add("c", 5);
    tally.add("d", 7);
    tally.add("a", 1);

    assertThat(tally.toMap())
        .containsExactly(
            java.util.Map.entry(Tally.OTHER, 12L),
            java.util.Map.entry("b", 3L),
            java.util.Map.entry("a", 2L));
  }

  @Test
  void equalCountsAreOrderedByName() {
    Tally<String> tally = new Tally<>(9, Tally.OTHER);
    tally.add("z", 1);
    tally.add("a", 1);

    assertThat(tally.toMap().keySet()).containsExactly("a", "z");
  }
}

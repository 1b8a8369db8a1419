package io.logsense.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.Analysis;
import io.logsense.api.group.Group;
import io.logsense.api.group.GroupKind;
import org.junit.jupiter.api.Test;

class EngineBenchmarkTest {
  @Test
  void everyEventIsCountedOnce() {
    Analysis analysis = analysis(1, 5, true);
    assertThat(analysis.groups().stream().mapToLong(Group::count).sum())
        .isEqualTo(analysis.events());
    assertThat(analysis.deadLetters()).isZero();
  }

  @Test
  void threadsDoNotChangeWhatIsMeasured() {
    assertThat(analysis(2, 5, true).groups().toString())
        .isEqualTo(analysis(1, 5, true).groups().toString());
  }

  @Test
  void theShareOfTracesIsTheOneAskedFor() {
    assertThat(exceptions(analysis(2, 0, true))).isZero();
    Analysis dense = analysis(2, 50, true);
    assertThat(exceptions(dense) * 1000 / dense.events()).isBetween(35L, 65L);
  }

  @Test
  void maskingCanBeLeftOut() {
    assertThat(examples(analysis(2, 5, false))).contains("@example.com");
    assertThat(examples(analysis(2, 5, true))).doesNotContain("@example.com");
  }

  private static Analysis analysis(int threads, int traces, boolean masking) {
    EngineBenchmark benchmark = new EngineBenchmark();
    benchmark.threads = threads;
    benchmark.traces = traces;
    benchmark.masking = masking;
    benchmark.size = 1 << 20;
    benchmark.generate();
    return benchmark.analyze();
  }

  private static long exceptions(Analysis analysis) {
    return analysis.groups().stream()
        .filter(group -> group.kind() == GroupKind.EXCEPTION)
        .mapToLong(Group::count)
        .sum();
  }

  private static String examples(Analysis analysis) {
    StringBuilder all = new StringBuilder();
    analysis
        .groups()
        .forEach(group -> group.examples().forEach(e -> all.append(e.message()).append('\n')));
    return all.toString();
  }
}

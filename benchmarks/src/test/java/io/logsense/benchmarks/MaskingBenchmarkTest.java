package io.logsense.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.Maskers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MaskingBenchmarkTest {
  @ParameterizedTest
  @EnumSource(MaskingLines.Kind.class)
  void everyLineHoldsWhatItsKindSaysAndBothWaysHideIt(MaskingLines.Kind kind) {
    assertThat(MaskingLines.of(kind))
        .hasSize(MaskingLines.COUNT)
        .allSatisfy(
            line -> {
              String masked = Maskers.standard().mask(line);
              assertThat(masked.split("_REDACTED>", -1)).hasSize(kind.values + 1);
              assertThat(MaskingPatterns.mask(line)).isEqualTo(masked);
            });
  }

  @Test
  void whatIsMeasuredIsWhatIsMeant() {
    MaskingBenchmark benchmark = new MaskingBenchmark();
    benchmark.kind = MaskingLines.Kind.MANY;
    benchmark.prepare();

    assertThat(benchmark.standard()).isEqualTo(benchmark.regularExpressions()).isPositive();
    assertThat(benchmark.readOnce()).isNotZero();
  }
}

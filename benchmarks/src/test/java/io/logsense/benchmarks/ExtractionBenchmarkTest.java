package io.logsense.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExtractionBenchmarkTest {
  @Test
  void oursFindsEveryTraceThatWasGenerated() {
    ExtractionBenchmark benchmark = benchmark("dense");
    // A trace has a header, 28 frames, a cause with 6 frames and a last line.
    assertThat(benchmark.regexPerLine() / (double) benchmark.logsense()).isBetween(36.9, 37.1);
  }

  @Test
  void theSharesOfTraceLinesAreThoseOfTheirNames() {
    assertThat(share(benchmark("sparse"))).isBetween(0.04, 0.06);
    assertThat(share(benchmark("dense"))).isBetween(0.62, 0.70);
  }

  private static double share(ExtractionBenchmark benchmark) {
    return (double) benchmark.regexPerLine() / benchmark.lineFeeds();
  }

  private static ExtractionBenchmark benchmark(String density) {
    ExtractionBenchmark benchmark = new ExtractionBenchmark();
    benchmark.density = density;
    benchmark.generate();
    return benchmark;
  }
}

package io.logsense.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.Fingerprinters;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColdFingerprintBenchmarkTest {
  @ParameterizedTest
  @ValueSource(ints = {193, 260})
  void throwablesHaveTheNumberOfFramesAskedFor(int frames) {
    ColdFingerprintBenchmark benchmark = new ColdFingerprintBenchmark();
    benchmark.frames = frames;
    // The test framework's own frames are below both.
    assertThat(benchmark.created().getStackTrace()).hasSizeBetween(frames - 1, frames + 1);
    assertThat(benchmark.materialised()).hasSizeBetween(frames - 1, frames + 1);
  }

  @ParameterizedTest
  @ValueSource(ints = 193)
  void noTwoThrowablesHaveTheSameFrames(int frames) {
    ColdFingerprintBenchmark benchmark = new ColdFingerprintBenchmark();
    benchmark.frames = frames;
    Set<List<StackTraceElement>> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      assertThat(seen.add(Arrays.asList(benchmark.materialised()))).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = 193)
  void everyReaderReadsIt(int frames) {
    ColdFingerprintBenchmark benchmark = new ColdFingerprintBenchmark();
    benchmark.frames = frames;
    assertThat(benchmark.fingerprint().at(Fingerprinters.DEFAULT_LEVEL).scheme()).isEqualTo("jf1");
    assertThat(benchmark.stackHasher()).isNotEmpty();
    assertThat(benchmark.printStackTrace().lines()).hasSizeBetween(frames, frames + 2);
  }
}

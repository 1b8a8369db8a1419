package io.logsense.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ThrowableProxy;
import io.logsense.Fingerprinters;
import org.junit.jupiter.api.Test;

class FingerprintBenchmarkTest {
  @Test
  void theSampleHasThreeThrowablesAnd193Frames() {
    int frames = 0;
    int throwables = 0;
    for (Throwable t = SampleChain.newChain(); t != null; t = t.getCause()) {
      frames += t.getStackTrace().length;
      throwables++;
    }
    assertThat(throwables).isEqualTo(3);
    assertThat(frames).isEqualTo(193);
  }

  @Test
  void bothFormsHaveTheSameIdentity() {
    Throwable chain = SampleChain.newChain();
    assertThat(
            Fingerprinters.javaFrames()
                .fingerprint(new ThrowableProxy(chain), LogbackThrowables.READER))
        .isEqualTo(Fingerprinters.javaFrames().fingerprint(chain));
  }

  @Test
  void whatIsMeasuredIsWhatIsMeant() {
    FingerprintBenchmark benchmark = new FingerprintBenchmark();
    benchmark.prepare();
    assertThat(benchmark.proxy()).isEqualTo(benchmark.throwable());
    assertThat(benchmark.stackHasher()).isEqualTo(benchmark.stackHasher());
    assertThat(benchmark.printStackTrace()).contains("Caused by: ");
    assertThat(benchmark.combinedHashes()).isEqualTo(benchmark.combinedHashes());
  }
}

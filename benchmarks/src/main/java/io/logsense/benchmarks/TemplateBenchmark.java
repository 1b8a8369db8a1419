package io.logsense.benchmarks;

import io.logsense.TemplateMiners;
import io.logsense.api.template.TemplateMiner;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Template mining over a mix of 30 kinds of messages, in messages per time, beside the floor of
 * cutting the same text into words and hashing each.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TemplateBenchmark {
  private static final int MESSAGES = 20_000;

  private List<String> messages = List.of();
  private TemplateMiner miner = TemplateMiners.bySignature();

  /** Makes the messages and a miner that knows them. */
  @Setup
  public void prepare() {
    messages = Messages.mixed(MESSAGES, 1);
    miner = TemplateMiners.bySignature();
    messages.forEach(miner::mine);
  }

  /** The ids of messages of known templates. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public void learn(Blackhole out) {
    for (String message : messages) {
      out.consume(miner.learn(message));
    }
  }

  /** Messages of known templates with their answers. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public void mine(Blackhole out) {
    for (String message : messages) {
      out.consume(miner.mine(message));
    }
  }

  /** The same with every parameter read. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public void mineWithParameters(Blackhole out) {
    for (String message : messages) {
      out.consume(miner.mine(message).parameters().size());
    }
  }

  /** The floor: words cut and hashed, nothing looked up. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public void tokenizeAndHash(Blackhole out) {
    long sum = 0;
    for (String message : messages) {
      sum += wordHashes(message);
    }
    out.consume(sum);
  }

  /** The sum of the hashes of the words of {@code message}. */
  static long wordHashes(String message) {
    long sum = 0;
    int hash = 0;
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      if (c == ' ') {
        sum += hash;
        hash = 0;
      } else {
        hash = 31 * hash + c;
      }
    }
    return sum + hash;
  }
}

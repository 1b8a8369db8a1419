package io.logsense.benchmarks.appender;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Appender;
import io.logsense.logback.LogSenseAppender;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AppenderBenchmarkTest {
  @ParameterizedTest
  @EnumSource
  void everyAppenderTakesEveryStatement(Appenders appender) {
    // In a thread whose stack is short, as that of a benchmark is.
    CompletableFuture.runAsync(() -> takeEveryStatement(appender)).join();
  }

  private static void takeEveryStatement(Appenders appender) {
    AppenderBenchmark benchmark = new AppenderBenchmark();
    benchmark.appender = appender;
    AppenderBenchmark.Thrower thrower = new AppenderBenchmark.Thrower();
    thrower.prepare();
    benchmark.start();
    benchmark.info();
    benchmark.repeatedError(thrower);
    benchmark.newError(thrower);
    assertThat(benchmark.hashAlone(thrower)).isEqualTo(benchmark.hashAlone(thrower));
    assertThat(thrower.repeated().getStackTrace()).hasSize(60);
    benchmark.stop();
  }

  @Test
  void oursCountsWhatIsMeasured() {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    Appender<ILoggingEvent> appender = Appenders.LOGSENSE.started(context);
    context.getLogger("com.shop.Cart").addAppender(appender);
    for (int i = 0; i < 1000; i++) {
      context.getLogger("com.shop.Cart").info("sold item {}", i);
    }
    appender.stop();
    Map<String, Long> counts =
        ((LogSenseAppender) appender)
            .engine().snapshot().groups().stream()
                .collect(Collectors.toMap(group -> group.template(), group -> group.count()));
    assertThat(counts).containsExactly(Map.entry("sold item <*>", 1000L));
    context.stop();
  }
}

package io.logsense.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import io.logsense.Embedders;
import io.logsense.EmbeddingCache;
import io.logsense.api.telemetry.Measure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of all numbers says what the code says: an appender has all but those of a cache. */
class MetricsPageTest {
  private static final Path PAGE = Path.of("../../docs/metrics.md");

  @Test
  void thePageListsEveryNumberAsItIs() throws Exception {
    LoggerContext context = Contexts.empty();
    LogSenseAppender appender = new LogSenseAppender();
    appender.setContext(context);
    assertThat(appender.measures()).isEmpty();
    appender.start();
    List<Measure> measures = new ArrayList<>(appender.measures());
    appender.stop();
    context.stop();
    try (EmbeddingCache cache = Embedders.cached(Embedders.hashed())) {
      measures.addAll(cache.measures());
    }
    List<String> rows = measures.stream().map(MetricsPageTest::row).distinct().toList();
    try (Stream<String> lines = Files.lines(PAGE)) {
      assertThat(lines.filter(line -> line.matches(".*\\| (counter|gauge) \\|.*")))
          .containsExactlyElementsOf(rows);
    }
  }

  private static String row(Measure measure) {
    return "| `%s` | %s | `%s` | %s | %s |"
        .formatted(
            measure.name(),
            measure.kind().name().toLowerCase(Locale.ROOT),
            measure.unit(),
            measure.tags().keySet().stream()
                .map(tag -> '`' + tag + '`')
                .collect(Collectors.joining(", ")),
            measure.description());
  }
}

package io.logsense.benchmarks.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.benchmarks.Figure;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KafkaRunTest {
  @Test
  void everyRecordIsInTheStoreOnceThoughTheProcessWasKilled() throws Exception {
    List<Figure> figures = KafkaRun.run(20_000, 1);

    Map<String, Double> values =
        figures.stream().collect(Collectors.toMap(Figure::metric, Figure::ours));
    assertThat(values)
        .containsEntry("kafka.missing", 0.0)
        .containsEntry("kafka.miscounted", 0.0)
        .containsEntry("kafka.lag.last", 0.0)
        .containsEntry("kafka.kinds", 52.0);
  }
}

package io.logsense.benchmarks.linearity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinearityTest {
  @ParameterizedTest
  @EnumSource(Shape.class)
  void everyShapeHasTheSizeAskedFor(Shape shape) {
    assertThat(shape.text(1000)).hasSize(1000).isEqualTo(shape.text(1000));
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void everyStageReadsEveryShape(Stage stage) {
    for (Shape shape : Shape.values()) {
      Linearity.Series series = Linearity.measure(stage, shape, 4096);
      assertThat(series.sizes()).containsExactly(512, 1024, 2048, 4096);
      assertThat(series.nanosPerByte()).hasSize(4).allMatch(nanos -> nanos > 0);
    }
  }

  @Test
  void theRatioIsThatOfTheLargestToTheSmallest() {
    Linearity.Series series =
        new Linearity.Series(
            Stage.MINE, Shape.SPACES, List.of(1, 2, 4, 8), List.of(2.0, 2.0, 3.0, 5.0));
    assertThat(series.ratio()).isEqualTo(2.5);
    assertThat(series.figure().data()).isEqualTo("mine, spaces, 8 B");
    assertThat(series.toString()).startsWith("mine").endsWith("× 2.50");
  }
}

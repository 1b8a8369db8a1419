package io.logsense.api.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.logsense.api.embed.TextLimit.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCardTest {
  private static final TextLimit LIMIT = TextLimit.of(512, Unit.TOKENS);

  @Test
  void aModelMayMergeAtEqualityOnly() {
    assertThat(new ModelCard("a", 1, LIMIT, 1, 1).same()).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "näme", "line\n"})
  void idsArePrintableAndWithoutSpaces(String id) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ModelCard(id, 384, LIMIT, 0.9, 0.8))
        .withMessageContaining("model id");
  }

  @ParameterizedTest
  @CsvSource({"0.8, 0.9", "1.1, 0.9", "0.9, 0", "NaN, 0.5", "0.9, NaN"})
  void thresholdsAreCosinesInOrder(double same, double similar) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ModelCard("a", 384, LIMIT, same, similar))
        .withMessageContaining("thresholds");
  }

  @Test
  void vectorsHaveADimension() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ModelCard("a", 0, LIMIT, 0.9, 0.8))
        .withMessageContaining("dimension");
  }
}

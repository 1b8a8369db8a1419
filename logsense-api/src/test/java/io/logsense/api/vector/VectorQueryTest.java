package io.logsense.api.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorQueryTest {
  @Test
  void vectorsAreScaledToUnitLength() {
    assertThat(VectorQuery.near(new float[] {3, 4}).vector()).containsExactly(0.6f, 0.8f);
    assertThat(VectorEntry.of("a", new float[] {0, -1e30f}).vector()).containsExactly(0f, -1f);
    assertThat(VectorEntry.of("a", new float[] {0, Float.MIN_VALUE}).vector()[1]).isEqualTo(1f);
  }

  @Test
  void aUnitVectorKeepsItsBits() {
    float[] unit = {0.57735026f, 0.57735026f, 0.57735027f};
    assertThat(VectorEntry.of("a", unit).vector()).containsExactly(unit);
  }

  @Test
  void whatTheCallerDoesToItsArrayLaterChangesNothing() {
    float[] vector = {1, 0};
    VectorEntry entry = VectorEntry.of("a", vector);
    vector[0] = 7;
    entry.vector()[0] = 8;
    assertThat(entry.vector()).containsExactly(1, 0);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void aVectorThatIsNotFiniteIsRefused(float value) {
    assertThatExceptionOfType(LogSenseException.class)
        .isThrownBy(() -> VectorEntry.of("order", new float[] {1, value}))
        .withMessageContaining("'order' has " + value + " at index 1");
  }

  @Test
  void aVectorWithoutADirectionIsRefused() {
    assertThatThrownBy(() -> VectorQuery.near(new float[3])).hasMessageContaining("all zero");
    assertThatThrownBy(() -> VectorQuery.near(new float[0])).hasMessageContaining("is empty");
  }

  @Test
  void limitsAndEffortsAreBounded() {
    VectorQuery query = VectorQuery.near(new float[] {1});
    assertThatThrownBy(() -> query.limit(0)).hasMessageContaining("limit of a query is 0");
    assertThatThrownBy(() -> query.limit(10_001)).hasMessageContaining("give 1 to 10000");
    assertThatThrownBy(() -> query.effort(-1)).hasMessageContaining("effort of a query is -1");
    assertThat(query.limit(3).effort(50).limit()).isEqualTo(3);
    assertThat(query.limit()).isEqualTo(10);
  }

  @Test
  void conditionsOnSeveralKeysMustAllHold() {
    VectorFilter filter =
        VectorQuery.near(new float[] {1})
            .where("service", "shop", "cart")
            .where("level", "ERROR")
            .filter();
    assertThat(filter.allows(Map.of("service", "cart", "level", "ERROR", "x", "y"))).isTrue();
    assertThat(filter.allows(Map.of("service", "cart", "level", "WARN"))).isFalse();
    assertThat(filter.allows(Map.of("service", "cart"))).isFalse();
    assertThat(VectorFilter.NONE.allows(Map.of())).isTrue();
  }

  @Test
  void aConditionWithoutValuesIsRefused() {
    assertThatThrownBy(() -> VectorFilter.NONE.and("service", Set.of()))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("no value of 'service'");
  }
}

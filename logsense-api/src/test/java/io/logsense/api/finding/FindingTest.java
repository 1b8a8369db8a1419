package io.logsense.api.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.group.Group;
import io.logsense.api.group.GroupKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindingTest {
  @ParameterizedTest
  @CsvSource({
    "61, 61",
    "7.25, 7.25",
    "7.256, 7.26",
    "1234.5, 1235",
    "0.0312, 0.0312",
    "0, 0",
    "1e-6, 1e-6",
    "1.24e-12, 1.2e-12",
    "3e-275, 3e-275",
    "-5, -5",
    "NaN, NaN",
    "Infinity, Infinity",
    "1e300, 1e300"
  })
  void numbersAreShownWithTheDigitsThatCount(double value, String text) {
    assertThat(Check.atLeast("x", value, 0).toString()).startsWith("x " + text);
  }

  @Test
  void aCheckHoldsWhenTheValueStandsToTheBoundAsItMust() {
    assertThat(Check.atLeast("x", 2, 2).holds()).isTrue();
    assertThat(Check.above("x", 2, 2).holds()).isFalse();
    assertThat(Check.atMost("x", 2, 2).holds()).isTrue();
    assertThat(new Check("x", 2, Check.Relation.BELOW, 2).holds()).isFalse();
    assertThat(Check.atLeast("x", Double.NaN, Double.NaN).holds()).isFalse();
  }

  @Test
  void aFindingWhoseFactsDoNotMakeItIsRefused() {
    Finding.Builder spike = Finding.builder(FindingKind.SPIKE, group(Severity.ERROR));
    assertThatThrownBy(spike::build).isInstanceOf(IllegalStateException.class);
    spike.check(Check.above("events", 5, 3));
    assertThat(spike.build().checks()).hasSize(1);
    assertThatThrownBy(() -> spike.check(Check.above("events", 3, 5)).build())
        .hasMessageContaining("events 3 > 5");
  }

  @ParameterizedTest
  @CsvSource({
    "NEW, WARN, 1, 0, LOW",
    "NEW, ERROR, 1, 0, MEDIUM",
    "SPIKE, ERROR, 50, 20, MEDIUM",
    "SPIKE, ERROR, 200, 20, HIGH",
    "REGRESSION, ERROR, 1, 0, HIGH",
    "REGRESSION, FATAL, 300, 20, CRITICAL",
    "SILENCE, INFO, 0, 0, LOW"
  })
  void theSeverityFollowsFromTheFacts(
      FindingKind kind, Severity severity, double observed, double high, FindingSeverity expected) {
    Finding finding =
        Finding.builder(kind, group(severity))
            .observed(observed, 0, high)
            .check(Check.atMost("zero", 0, 0))
            .build();
    assertThat(finding.severity()).isEqualTo(expected);
  }

  private static Group group(Severity severity) {
    return Group.builder()
        .identity("tm1:a", GroupKind.MESSAGE)
        .words("t", "t", "")
        .counts(1, Map.of(severity, 1L))
        .examples(List.of(LogEvent.builder().message("t").build()))
        .build();
  }
}

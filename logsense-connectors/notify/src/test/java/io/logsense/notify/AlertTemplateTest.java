package io.logsense.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertTemplateTest {
  @Test
  void theStandardWordsTellWhatAndWhere() {
    assertThat(AlertTemplate.STANDARD.words(Samples.alert("al1:1", "disk full")))
        .isEqualTo("high: disk full\ngroup jf1:0\n(al1:1)");
  }

  @Test
  void aStormTellsOfItsFirstGroups() {
    assertThat(AlertTemplate.STANDARD.words(Samples.storm(22)))
        .startsWith("critical: 22 groups\n- group number 0 [jf1:0]\n")
        .contains("- group number 19 [jf1:19]\nand 2 more\n")
        .endsWith("(al1:storm)");
  }

  @Test
  void everyPlaceholderIsFilledInAndDoubledBracesStay() {
    AlertTemplate template =
        AlertTemplate.of("{{x}} {id} {time} {severity} {count} {summary} {{id}}");

    assertThat(template.words(Samples.storm(2)))
        .isEqualTo("{x} al1:storm 2026-01-31T12:00:00Z critical 2 2 groups {id}");
  }

  @Test
  void whatATextHoldsIsNotFilledIn() {
    assertThat(AlertTemplate.of("{summary}").words(Samples.alert("al1:1", "{id} {{")))
        .isEqualTo("{id} {{");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{sumary}", "{", "a {summary", "}", "{}", "{ summary }"})
  void whatIsNoTemplateIsRefused(String text) {
    assertThatThrownBy(() -> AlertTemplate.of(text))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("template '" + text + "'");
  }
}

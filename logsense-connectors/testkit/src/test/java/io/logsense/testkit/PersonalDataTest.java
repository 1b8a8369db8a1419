package io.logsense.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class PersonalDataTest {
  @Test
  void everySecretIsFoundWhereItIsNotMasked() {
    String all = String.join("\n", PersonalData.records());

    assertThat(PersonalData.secrets()).hasSizeGreaterThan(10).allMatch(all::contains);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> PersonalData.assertNoneIn(PersonalData.records().get(0)))
        .withMessageContaining("jane.roe@example.com");
    PersonalData.assertNoneIn("customer <EMAIL_REDACTED> has no open order");
  }
}

package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.mask.Masker;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MaskersTest {
  private static final String TEXT = "a@b.org from 10.1.2.3 paid by 4111 1111 1111 1111";

  @Test
  void theStandardMaskerAppliesEveryRule() {
    assertThat(Maskers.standard().mask(TEXT))
        .isEqualTo("<EMAIL_REDACTED> from <IP_REDACTED> paid by <CC_REDACTED>");
  }

  @Test
  void rulesAreChosenByName() {
    assertThat(Maskers.builder().only("ip").build().mask(TEXT))
        .isEqualTo("a@b.org from <IP_REDACTED> paid by 4111 1111 1111 1111");
    assertThat(Maskers.builder().without("ip", "credit-card").build().mask(TEXT))
        .isEqualTo("<EMAIL_REDACTED> from 10.1.2.3 paid by 4111 1111 1111 1111");
  }

  @Test
  void everyRuleHasAName() {
    assertThat(Maskers.ruleNames())
        .containsExactly(
            "email",
            "ip",
            "credit-card",
            "ssn",
            "phone",
            "iban",
            "jwt",
            "token",
            "key",
            "password");
  }

  @Test
  void aRuleOfTheUserRunsBehindTheStandardOnes() {
    Masker masker =
        Maskers.builder()
            .rule("customer", Pattern.compile("\\bC\\d{6}\\b"), "<CUSTOMER_REDACTED>")
            .build();
    String once = masker.mask("C123456 wrote from c123456@acme.org");

    assertThat(once).isEqualTo("<CUSTOMER_REDACTED> wrote from <EMAIL_REDACTED>");
    assertThat(masker.mask(once)).isSameAs(once);
  }

  @Test
  void maskingWithAHostilePatternEndsAndIsIdempotent() {
    Masker masker =
        Maskers.builder().rule("evil", Pattern.compile("(x+x+)+y"), "<EVIL_REDACTED>").build();
    String once = masker.mask("x".repeat(5_000) + " 10.1.2.3");

    assertThat(once).isEqualTo("<EVIL_REDACTED>");
    assertThat(masker.mask(once)).isSameAs(once);
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    Maskers.Builder builder =
        Maskers.builder()
            .without("emial")
            .rule("ip", Pattern.compile("x"), "<IP_REDACTED>")
            .rule("b", Pattern.compile("x"), "***");

    assertThatThrownBy(builder::build)
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("emial")
        .hasMessageContaining("credit-card")
        .hasMessageContaining("'ip' exists already")
        .hasMessageContaining("'***'");
  }
}

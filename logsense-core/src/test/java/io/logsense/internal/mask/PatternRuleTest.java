package io.logsense.internal.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PatternRuleTest {
  private final List<String> overruns = new ArrayList<>();

  private PatternRule rule(String pattern) {
    return new PatternRule("mine", Pattern.compile(pattern), "<MINE_REDACTED>", overruns::add);
  }

  @Test
  void everyMatchIsReplaced() {
    assertThat(rule("T-\\d+").apply("T-1 and T-22."))
        .isEqualTo("<MINE_REDACTED> and <MINE_REDACTED>.");
    assertThat(overruns).isEmpty();
  }

  @Test
  void aTextWithoutAMatchIsTheSameInstance() {
    String text = "nothing here <IP_REDACTED>";
    assertThat(rule("T-\\d+").apply(text)).isSameAs(text);
  }

  @Test
  void tokensAreNotSearched() {
    assertThat(rule("[A-Z]+").apply("AB <IP_REDACTED> C"))
        .isEqualTo("<MINE_REDACTED> <IP_REDACTED> <MINE_REDACTED>");
  }

  @Test
  void emptyMatchesAreIgnored() {
    assertThat(rule("x*").apply("axb")).isEqualTo("a<MINE_REDACTED>b");
  }

  @Test
  void aPatternThatBacktracksForEverHidesTheRestOfTheText() {
    PatternRule rule = rule("(a+a+)+!|T-\\d");
    String text = "ok T-1 " + "a".repeat(400);

    assertThat(rule.apply(text)).isEqualTo("ok <MINE_REDACTED><MINE_REDACTED>");
    assertThat(rule.apply(text)).isEqualTo("ok <MINE_REDACTED><MINE_REDACTED>");
    assertThat(overruns).containsExactly("mine", "mine");
    assertThat(rule.overruns()).isEqualTo(2);
  }

  @Test
  void aPatternThatExhaustsTheStackHidesTheRestOfTheText() {
    assertThat(rule("(?:a|b|c)*!").apply("abc".repeat(40_000))).isEqualTo("<MINE_REDACTED>");
    assertThat(overruns).containsExactly("mine");
  }

  @Test
  void aListenerThatThrowsHarmsNobody() {
    PatternRule rule =
        new PatternRule(
            "mine",
            Pattern.compile("(a+a+)+!"),
            "<MINE_REDACTED>",
            name -> {
              throw new IllegalStateException(name);
            });
    assertThat(rule.apply("a".repeat(400))).isEqualTo("<MINE_REDACTED>");
  }
}

package io.logsense.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetedSearchTest {
  @Test
  void matchesComeInTheirOrder() {
    BudgetedSearch search = new BudgetedSearch(Pattern.compile("T-\\d+"), "T-1 and T-22.");

    assertThat(search.find()).isTrue();
    assertThat(search.start()).isZero();
    assertThat(search.end()).isEqualTo(3);
    assertThat(search.find()).isTrue();
    assertThat(search.end()).isEqualTo(12);
    assertThat(search.find()).isFalse();
    assertThat(search.isExhausted()).isFalse();
  }

  @Test
  void aRegionConfinesMatchesButNotWhatTheySee() {
    BudgetedSearch search = new BudgetedSearch(Pattern.compile("\\bb"), "ab b b");

    search.region(1, 5);
    assertThat(search.find()).isTrue();
    assertThat(search.start()).isEqualTo(3);
    assertThat(search.find()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a+a+)+!", "(a|aa)+!", "(.*a){12}!", "^(([a-z])+.)+[A-Z]([a-z])+!"})
  void aPatternThatBacktracksForEverIsGivenUp(String pattern) {
    String text = "a".repeat(20_000);
    BudgetedSearch search = new BudgetedSearch(Pattern.compile(pattern), text);

    assertThat(search.find()).isFalse();
    assertThat(search.isExhausted()).isTrue();
    search.region(0, 1);
    assertThat(search.find()).isFalse();
  }

  @Test
  void aPatternThatExhaustsTheStackIsGivenUp() {
    String text = "abc".repeat(100_000);
    BudgetedSearch search = new BudgetedSearch(Pattern.compile("(?:a|b|c)*!"), text);

    assertThat(search.find()).isFalse();
    assertThat(search.isExhausted()).isTrue();
  }
}

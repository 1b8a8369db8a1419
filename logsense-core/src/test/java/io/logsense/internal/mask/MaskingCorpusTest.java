package io.logsense.internal.mask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.Maskers;
import io.logsense.api.mask.Masker;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Precision and recall of each rule on cases kept as files, one file a rule. */
class MaskingCorpusTest {
  private static final double LEAST = .98;

  /** A text, what should become of it, and whether there is something to hide. */
  private record Case(String text, String expected, String hidden) {
    boolean positive() {
      return !hidden.isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void eachRuleFindsItsCasesAndNothingElse(Rule rule, TestReporter reporter) {
    Masker masker = Maskers.builder().only(rule.configName(), Rule.JWT.configName()).build();
    List<String> wrong = new ArrayList<>();
    int found = 0;
    int invented = 0;
    int missed = 0;
    List<Case> cases = cases(rule);
    for (Case one : cases) {
      boolean right = masker.mask(one.text()).equals(one.expected());
      if (!right) {
        wrong.add(one.text() + "  ->  " + masker.mask(one.text()));
        missed += one.positive() ? 1 : 0;
        invented += masker.mask(one.text()).equals(one.text()) ? 0 : 1;
      } else if (one.positive()) {
        found++;
      }
    }
    double precision = (double) found / (found + invented);
    double recall = (double) found / (found + missed);
    reporter.publishEntry(
        "%-12s %3d positive %3d negative  precision %.3f  recall %.3f"
            .formatted(
                rule.configName(),
                found + missed,
                cases.size() - found - missed,
                precision,
                recall));
    assertThat(cases).filteredOn(Case::positive).hasSizeGreaterThanOrEqualTo(40);
    assertThat(cases).filteredOn(one -> !one.positive()).hasSizeGreaterThanOrEqualTo(40);
    assertThat(precision).as("precision; wrong: %s", wrong).isGreaterThanOrEqualTo(LEAST);
    assertThat(recall).as("recall; wrong: %s", wrong).isGreaterThanOrEqualTo(LEAST);
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void allRulesTogetherHideEverythingASingleRuleHides(Rule rule) {
    assertThat(cases(rule))
        .filteredOn(Case::positive)
        .filteredOn(one -> one.hidden().length() > 6)
        .allSatisfy(
            one -> assertThat(Maskers.standard().mask(one.text())).doesNotContain(one.hidden()));
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void maskingTwiceChangesNothingMore(Rule rule) {
    for (Case one : cases(rule)) {
      String once = Maskers.standard().mask(one.text());
      assertThat(Maskers.standard().mask(once)).isSameAs(once);
    }
  }

  private static List<Case> cases(Rule rule) {
    List<Case> cases = new ArrayList<>();
    for (String line : lines(rule.configName() + ".txt")) {
      String text = line.length() < 2 ? "" : line.substring(2).replace("¦", "");
      int open = text.indexOf('«');
      int close = text.indexOf('»');
      if (line.startsWith("+ ")) {
        String hidden = text.substring(open + 1, close);
        String front = text.substring(0, open);
        String back = text.substring(close + 1);
        cases.add(new Case(front + hidden + back, front + rule.token() + back, hidden));
      } else if (line.startsWith("- ")) {
        cases.add(new Case(text, text, ""));
      }
    }
    return cases;
  }

  static List<String> lines(String file) {
    try (InputStream in = MaskingCorpusTest.class.getResourceAsStream(file)) {
      assertThat(in).as(file).isNotNull();
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

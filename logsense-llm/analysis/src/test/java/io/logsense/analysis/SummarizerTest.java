package io.logsense.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.Maskers;
import io.logsense.analysis.Summarizer.Summary;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.analysis.Incident;
import io.logsense.testkit.ScriptedLanguageModel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SummarizerTest {
  private static final String FACTS = "NullPointerException: tier is null happened 12 times.";

  private final Incident incident = Incidents.nullPointer();

  @Test
  void aGroupIsSummarisedWithoutAModel() throws Exception {
    assertThat(Summarizer.deterministic().group(incident.group()).text())
        .isEqualTo(FACTS + " It begins in com.shop.PriceCalculator.");
  }

  @Test
  void anIncidentIsSummarisedWithItsCause() throws Exception {
    assertThat(
            Summarizer.deterministic()
                .incident(incident, new RankingAnalyzer().analyze(incident))
                .text())
        .contains("12 in a minute, expected at most 2.1.")
        .endsWith(
            "It likely starts in com.shop.PriceCalculator#discountFor/1"
                + " (src/main/java/com/shop/PriceCalculator.java:4): in the trace at line 6.");
  }

  @Test
  void aRunIsSummarisedByItsCounts() throws Exception {
    assertThat(Summarizer.deterministic().run(List.of(incident.group()), List.of()).text())
        .isEqualTo("12 events make 1 groups, 0 of them new. " + FACTS);
  }

  @Test
  void theWordsOfAModelAreTakenWhereTheyHold() throws Exception {
    Summary summary = by(ScriptedLanguageModel.answering("A null tier broke the shop 12 times."));

    assertThat(summary.text()).isEqualTo("A null tier broke the shop 12 times.");
    assertThat(summary.model()).isEqualTo("scripted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "It happened 13 times.",
        "It happened 12 times since 2026-01-01.",
        "See PriceCalculator.java:6.",
        "Group jf1:9999 is the cause.",
        "It happened 12 times to alice@example.com.",
        "",
      })
  void whatAModelMakesUpIsNotTaken(String words) throws Exception {
    Summary summary = by(ScriptedLanguageModel.answering(words));

    assertThat(summary.text()).startsWith(FACTS);
    assertThat(summary.model()).isEmpty();
    assertThat(summary.note()).contains("did not hold");
  }

  @Test
  void aModelThatIsAwayIsDoneWithout() throws Exception {
    Summary summary = by(failing(Category.TRANSIENT));

    assertThat(summary.text()).startsWith(FACTS);
    assertThat(summary.note()).contains("the model is away");
  }

  private Summary by(ScriptedLanguageModel model) throws InterruptedException {
    return Summarizer.by(
            GuardedModel.builder(model, Maskers.standard()).build(), Duration.ofSeconds(5))
        .group(incident.group());
  }

  private static ScriptedLanguageModel failing(Category category) {
    return ScriptedLanguageModel.answering(
        prompt -> {
          throw new LogSenseException(category, "the model is away");
        });
  }
}

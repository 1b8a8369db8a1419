package io.logsense.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.Maskers;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.analysis.AuditSink;
import io.logsense.api.analysis.Incident;
import io.logsense.api.analysis.RootCauseReport;
import io.logsense.api.analysis.RootCauseReport.Mode;
import io.logsense.api.llm.Completion;
import io.logsense.api.llm.Prompt;
import io.logsense.testkit.InMemoryDocumentStore;
import io.logsense.testkit.ScriptedLanguageModel;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelAnalyzerTest {
  private final Incident incident = Incidents.nullPointer();

  @Test
  void anAnswerThatIsBackedBecomesTheReport() throws Exception {
    RootCauseReport report =
        analyzer(ScriptedLanguageModel.answering(Incidents.answer())).build().analyze(incident);

    assertThat(report.mode()).isEqualTo(Mode.MODEL);
    assertThat(Objects.requireNonNull(report.rootCause()).symbol()).isEqualTo(Incidents.SYMBOL);
    assertThat(report.evidence()).hasSize(3);
    assertThat(report.parameters()).hasSize(1);
    assertThat(report.cost().inputTokens()).isPositive();
    assertThat(report.cost().note()).isEmpty();
  }

  @Test
  void aFencedAnswerIsRead() throws Exception {
    ScriptedLanguageModel model =
        ScriptedLanguageModel.answering("```json\n" + Incidents.answer() + "```");

    assertThat(analyzer(model).build().analyze(incident).isInconclusive()).isFalse();
    assertThat(model.prompts()).hasSize(1);
  }

  @Test
  void aModelIsToldWhatIsWrongAndAskedOnceMore() throws Exception {
    String wrong = Incidents.answer().replace("\"line\":6", "\"line\":60");
    ScriptedLanguageModel model = ScriptedLanguageModel.answering(wrong, Incidents.answer());

    RootCauseReport report = analyzer(model).build().analyze(incident);

    assertThat(report.isInconclusive()).isFalse();
    assertThat(report.cost().inputTokens())
        .isEqualTo(model.prompts().stream().mapToLong(ModelAnalyzerTest::words).sum());
    assertThat(model.prompts()).hasSize(2);
    assertThat(model.prompts().get(1).user()).contains("evidence are not under CODE");
  }

  @Test
  void afterTheSecondWrongAnswerNobodyIsAskedAgain() throws Exception {
    ScriptedLanguageModel model = ScriptedLanguageModel.answering("I think it is the database.");

    RootCauseReport report = analyzer(model).build().analyze(incident);

    assertThat(report.isInconclusive()).isTrue();
    assertThat(report.mode()).isEqualTo(Mode.MODEL);
    assertThat(model.prompts()).hasSize(2);
  }

  @Test
  void aCutAnswerIsNoAnswerEvenWhereItHappensToBeJson() throws Exception {
    ScriptedLanguageModel model =
        ScriptedLanguageModel.answering(
            p -> new Completion(Incidents.answer(), 10, 10, Completion.End.LENGTH));

    assertThat(analyzer(model).build().analyze(incident).isInconclusive()).isTrue();
  }

  @Test
  void noCauseIsAGoodAnswer() throws Exception {
    String answer =
        """
        {"incident_id":"%s","likely_root_cause":null,"supporting_evidence":[],
        "involved_parameters":[],"fix_suggestions":[],"tests_to_add":[],
        "no_root_cause_reason":"The code of the caller is missing."}
        """
            .formatted(incident.id());
    ScriptedLanguageModel model = ScriptedLanguageModel.answering(answer);

    RootCauseReport report = analyzer(model).build().analyze(incident);

    assertThat(report.inconclusive()).isEqualTo("The code of the caller is missing.");
    assertThat(model.prompts()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Category.class)
  void whenTheModelFailsTheRankingReports(Category category) throws Exception {
    RootCauseReport report = analyzer(failing(category)).build().analyze(incident);

    assertThat(report.mode()).isEqualTo(Mode.DETERMINISTIC);
    assertThat(Objects.requireNonNull(report.rootCause()).symbol()).isEqualTo(Incidents.SYMBOL);
    assertThat(report.cost().note()).contains("scripted").contains("the model is away");
  }

  @Test
  void whenTheModelRefusesTheRankingReports() throws Exception {
    ScriptedLanguageModel model =
        ScriptedLanguageModel.answering(p -> new Completion("", 10, 1, Completion.End.REFUSED));

    RootCauseReport report = analyzer(model).build().analyze(incident);

    assertThat(report.mode()).isEqualTo(Mode.DETERMINISTIC);
    assertThat(report.cost().note()).contains("refused");
  }

  @Test
  void aModelThatThrowsAnythingElseDoesNotHurtTheHost() throws Exception {
    ScriptedLanguageModel model =
        ScriptedLanguageModel.answering(
            p -> {
              throw new IllegalStateException("a bug");
            });

    assertThat(analyzer(model).build().analyze(incident).mode()).isEqualTo(Mode.DETERMINISTIC);
  }

  @Test
  void whatCannotBeAuditedIsNotSent() throws Exception {
    ScriptedLanguageModel model = ScriptedLanguageModel.answering(Incidents.answer());
    AuditSink full =
        entry -> {
          throw new IllegalStateException("the disk is full");
        };

    RootCauseReport report =
        ModelAnalyzer.builder(guarded(model).audit(full).build()).build().analyze(incident);

    assertThat(model.prompts()).isEmpty();
    assertThat(report.mode()).isEqualTo(Mode.DETERMINISTIC);
    assertThat(report.cost().note()).contains("the disk is full");
  }

  @Test
  void theAuditKnowsWhatIsSentBeforeItIs() throws Exception {
    List<AuditSink.Entry> entries = new ArrayList<>();
    ScriptedLanguageModel model = ScriptedLanguageModel.answering(Incidents.answer());

    ModelAnalyzer.builder(guarded(model).audit(entries::add).tenant("acme").build())
        .build()
        .analyze(incident);

    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).tenant()).isEqualTo("acme");
    assertThat(entries.get(0).incident()).isEqualTo(incident.id());
    assertThat(entries.get(0).fields()).contains("CODE").doesNotContain("ATTRIBUTES");
    assertThat(entries.get(0).bytes())
        .isEqualTo(
            model.prompts().get(0).system().length() + model.prompts().get(0).user().length());
  }

  @Test
  void whatIsNotAllowedIsNotSent() throws Exception {
    ScriptedLanguageModel model = ScriptedLanguageModel.answering("no");

    EnumSet<Field> few = EnumSet.of(Field.STACK_TRACE, Field.RATES);
    ModelAnalyzer.builder(guarded(model).fields(few).build()).build().analyze(incident);

    assertThat(model.prompts().get(0).user())
        .contains("NullPointerException")
        .doesNotContain("tier=guest")
        .doesNotContain("tier is null")
        .doesNotContain("services")
        .doesNotContain("discounts.get")
        .doesNotContain("src/main/java")
        .doesNotContain("session")
        .doesNotContain("fixed in 2.1")
        .doesNotContain("c-1");
  }

  @Test
  void whatSlippedThroughMaskingBeforeIsMaskedAtTheGate() throws Exception {
    ScriptedLanguageModel model = ScriptedLanguageModel.answering("no");
    Incident leaking =
        Incidents.builder("cart of alice@example.com failed owner=bob@example.com")
            .fact("carol@example.com complained")
            .similar(new Incident.Past("jf1:a", "dave@example.com", "erin@example.com"))
            .build();

    ModelAnalyzer.builder(guarded(model).fields(EnumSet.allOf(Field.class)).build())
        .build()
        .analyze(leaking);

    assertThat(model.prompts()).hasSize(2);
    assertThat(model.prompts()).noneMatch(prompt -> prompt.user().contains("@example.com"));
    assertThat(model.prompts().get(0).user()).contains("<EMAIL_REDACTED>");
  }

  @Test
  void aProblemIsAskedAboutOnceInEachVersion() throws Exception {
    ScriptedLanguageModel model = ScriptedLanguageModel.answering(Incidents.answer());
    ModelAnalyzer analyzer =
        analyzer(model).cache(new ReportCache(new InMemoryDocumentStore())).build();

    RootCauseReport first = analyzer.analyze(incident);
    RootCauseReport again = analyzer.analyze(incident);
    analyzer.analyze(Incidents.builder("x").deployed("2.3.2", "").build());

    assertThat(again.at(first.cost())).isEqualTo(first);
    assertThat(again.cost().inputTokens()).isZero();
    assertThat(model.prompts()).hasSize(3);
  }

  @Test
  void aReportThatDidNotHoldIsNotKept() throws Exception {
    ScriptedLanguageModel model = ScriptedLanguageModel.answering("no", "no", Incidents.answer());
    ModelAnalyzer analyzer =
        analyzer(model).cache(new ReportCache(new InMemoryDocumentStore())).build();

    assertThat(analyzer.analyze(incident).isInconclusive()).isTrue();
    assertThat(analyzer.analyze(incident).isInconclusive()).isFalse();
  }

  @Test
  void theSmallerModelIsAskedWhereTheRankingIsClear() throws Exception {
    ScriptedLanguageModel large = ScriptedLanguageModel.answering(Incidents.answer());
    ScriptedLanguageModel small = ScriptedLanguageModel.answering(Incidents.answer());
    Incident clear =
        Incidents.builder("x")
            .candidates(
                List.of(incident.snippets().get(0).candidate()), file -> java.util.Optional.empty())
            .build();
    ModelAnalyzer analyzer = analyzer(large).smaller(guarded(small).build()).build();

    analyzer.analyze(incident);
    assertThat(small.prompts()).isEmpty();
    analyzer.analyze(clear);
    assertThat(small.prompts()).isNotEmpty();
  }

  @Test
  void whatIsTooLongForThePromptIsLeftOutAndThatIsSaid() throws Exception {
    Incident.Builder large = Incidents.builder("x");
    for (int i = 0; i < 90; i++) {
      large.event(
          "e" + i,
          Incidents.nullPointer().events().get(1).event().toBuilder()
              .message("event number " + i + " " + "word ".repeat(100))
              .build());
    }
    String answer = Incidents.answer().replace(",\"quote\":\"tier=guest\"", ",\"quote\":\"\"");
    ScriptedLanguageModel model = ScriptedLanguageModel.answering(answer);

    analyzer(model).tokens(4000, 500).build().analyze(large.build());

    assertThat(model.prompts().get(0).user().length()).isLessThan(3 * 4000);
    assertThat(model.prompts().get(0).user()).contains("CODE").contains("event number 0");
    assertThat(model.prompts().get(0).user()).doesNotContain("event number 89");
  }

  private static ModelAnalyzer.Builder analyzer(ScriptedLanguageModel model) {
    return ModelAnalyzer.builder(guarded(model).build());
  }

  private static GuardedModel.Builder guarded(ScriptedLanguageModel model) {
    return GuardedModel.builder(model, Maskers.standard());
  }

  private static ScriptedLanguageModel failing(Category category) {
    return ScriptedLanguageModel.answering(
        prompt -> {
          throw new LogSenseException(category, "the model is away");
        });
  }

  /** A word is a token of that model. */
  private static long words(Prompt prompt) {
    return prompt.system().split(" ", -1).length + prompt.user().split(" ", -1).length;
  }
}

package io.logsense.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.Maskers;
import io.logsense.analysis.AnalysisQueue;
import io.logsense.analysis.GuardedModel;
import io.logsense.analysis.ModelAnalyzer;
import io.logsense.analysis.SpendingCap;
import io.logsense.analysis.SpendingCap.Scope;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.analysis.Incident;
import io.logsense.api.analysis.RootCauseReport;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.group.Group;
import io.logsense.api.group.GroupKind;
import io.logsense.api.llm.Completion;
import io.logsense.api.llm.LanguageModel;
import io.logsense.api.llm.Prompt;
import io.logsense.resilience.Resilience;
import io.logsense.resilience.ResilienceSettings;
import io.logsense.testkit.Faults.Fault;
import io.logsense.testkit.InMemoryDocumentStore;
import io.logsense.testkit.ScriptedLanguageModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code docs/language-models.md} shows is compiled, and does what the page says. */
class LanguageModelsPageTest {
  private static final Path PAGE = Path.of("../../docs/language-models.md");
  private static final Path SAMPLES =
      Path.of("src/test/java/io/logsense/langchain4j/PageSamples.java");

  private static final int FAST = 60_000_000;

  private static List<String> found(Path file, String pattern) throws IOException {
    return Pattern.compile(pattern, Pattern.DOTALL)
        .matcher(Files.readString(file))
        .results()
        .map((MatchResult result) -> result.group(1))
        .toList();
  }

  private static String stripped(String code) {
    return code.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  @Test
  void itsCodeIsCompiled() throws IOException {
    String compiled = stripped(Files.readString(SAMPLES));
    List<String> shown = found(PAGE, "```java\n(.*?)```");

    assertThat(shown).hasSize(4).allMatch(code -> compiled.contains(stripped(code)));
  }

  @Test
  void itsVersionsAreThoseThatAreTested() throws IOException {
    Path poms = Path.of("../../pom.xml");
    List<String> artifacts = found(PAGE, "`(langchain4j-[a-z-]+:[0-9.]+)`");

    assertThat(artifacts).hasSize(5);
    for (String artifact : artifacts) {
      String[] parts = artifact.split(":", 2);
      assertThat(found(poms, "<" + parts[0] + ".version>([^<]*)<")).containsExactly(parts[1]);
    }
  }

  @Test
  void everyProviderIsMadeByItsLine() {
    assertThat(PageSamples.providers("sk-1", "http://localhost:1", "toy-1")).hasSize(5);
  }

  /** Ten failures in a row, and the server is left alone; what was never sent costs nothing. */
  @Test
  @Timeout(60)
  void aModelThatFailsIsLeftAloneAndTheRankingAnswers() throws Exception {
    ScriptedLanguageModel small = ScriptedLanguageModel.answering("not asked");
    SpendingCap cap = SpendingCap.builder().tokens(Scope.ALL, 100_000_000).build();
    List<RootCauseReport> reports = new CopyOnWriteArrayList<>();
    long afterTen = 0;
    try (AnalysisQueue queue = PageSamples.host(failing(), small, cap, reports, FAST)) {
      for (int i = 0; i < 12; i++) {
        queue.submit(incident("v" + i));
        while (reports.size() <= i) {
          Thread.onSpinWait();
        }
        afterTen = i == 9 ? cap.tokensToday(Scope.ALL, "shop", "") : afterTen;
      }
    }
    assertThat(reports.get(9).cost().note()).contains("an injected fault");
    assertThat(reports.get(11).cost().note()).contains("left alone for a while");
    assertThat(reports).allMatch(report -> report.mode() == RootCauseReport.Mode.DETERMINISTIC);
    assertThat(cap.tokensToday(Scope.ALL, "shop", "")).isEqualTo(afterTen).isPositive();
  }

  private static ScriptedLanguageModel failing() {
    ScriptedLanguageModel model = ScriptedLanguageModel.answering("");
    model.inject(Fault.REFUSED);
    return model;
  }

  /** A server may have done the work that it did not answer in time: that counts as well. */
  @Test
  void aModelThatTimesOutBehindTheWorkNeverExceedsTheCap() throws Exception {
    AtomicLong taken = new AtomicLong();
    SpendingCap cap = SpendingCap.builder().tokens(Scope.ALL, 30_000).build();
    Resilience resilience = Resilience.of(ResilienceSettings.defaults());
    ModelAnalyzer analyzer =
        ModelAnalyzer.builder(
                GuardedModel.builder(resilience.model(slow(taken)), Maskers.standard())
                    .cap(cap)
                    .build())
            .build();
    String note = "";
    for (int i = 0; !note.contains("the cap of ALL"); i++) {
      note = analyzer.analyze(incident("v" + i)).cost().note();
      assertThat(taken.get()).isPositive().isLessThanOrEqualTo(cap.tokensToday(Scope.ALL, "", ""));
    }
    assertThat(taken.get()).isLessThanOrEqualTo(30_000);
  }

  /** Takes all that it may for each attempt, of which it answers every third. */
  private static LanguageModel slow(AtomicLong taken) {
    AtomicInteger asked = new AtomicInteger();
    return new LanguageModel() {
      @Override
      public String modelId() {
        return "slow";
      }

      @Override
      public Completion complete(Prompt prompt) {
        String schema = String.valueOf(prompt.schema());
        long input = prompt.system().length() + prompt.user().length() + schema.length();
        taken.addAndGet(input + prompt.maxOutputTokens());
        if (asked.incrementAndGet() % 3 != 0) {
          throw new LogSenseException(Category.TRANSIENT, "no answer in time");
        }
        return new Completion("{}", input, prompt.maxOutputTokens(), Completion.End.COMPLETE);
      }
    };
  }

  private static Incident incident(String version) {
    LogEvent event = LogEvent.builder().message("No tier").severity(Severity.ERROR).build();
    Group group =
        Group.builder()
            .identity("tm1:1", GroupKind.MESSAGE)
            .words("No tier", "No tier", "")
            .counts(1, Map.of(Severity.ERROR, 1L))
            .examples(List.of(event))
            .build();
    return Incident.of(group).deployed(version, "").build();
  }

  @Test
  void theCapsOfThePageAreKept() {
    SpendingCap cap = PageSamples.cap(new InMemoryDocumentStore());

    assertThat(cap.tokensToday(Scope.CLUSTER, "shop", "tm1:1")).isZero();
    assertThat(cap.moneyToday(Scope.ALL, "shop", "")).isZero();
  }
}

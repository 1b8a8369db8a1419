package io.logsense.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.Maskers;
import io.logsense.api.purge.Subject;
import io.logsense.api.store.DocumentStore.Document;
import io.logsense.testkit.InMemoryDocumentStore;
import io.logsense.testkit.ScriptedLanguageModel;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PromptLogTest {
  private final InMemoryDocumentStore store = new InMemoryDocumentStore();
  private final PromptLog log = new PromptLog(store);
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));

  @Test
  void everyPromptIsKeptWithItsAnswerAndWhatCameOfIt() throws Exception {
    analyze("no, sorry", "customer 77 failed");

    assertThat(store.list(PromptLog.KIND))
        .hasSize(2)
        .allSatisfy(
            document ->
                assertThat(document.json()).contains("customer 77 failed").contains("no, sorry"));
  }

  @Test
  void aSubjectIsPurgedFromPromptsAndReports() throws Exception {
    ReportCache cache = new ReportCache(store);
    ModelAnalyzer.builder(
            GuardedModel.builder(
                    ScriptedLanguageModel.answering(Incidents.answer()), Maskers.standard())
                .log(log)
                .build())
        .cache(cache)
        .build()
        .analyze(Incidents.builder("login of \"J\u00fcrgen M\" tier=guest").build());
    analyze("no", "another incident");

    assertThat(log.purge(Subject.of("J\u00fcrgen M"))).isEqualTo(1);
    assertThat(cache.purge(Subject.of("Guests have no tier"))).isEqualTo(1);

    assertThat(store.list(PromptLog.KIND)).hasSize(2);
    assertThat(store.list(PromptLog.KIND))
        .extracting(Document::json)
        .noneMatch(t -> t.contains("rgen"));
    assertThat(store.list(ReportCache.KIND)).isEmpty();
  }

  @Test
  void whatIsOldIsPurged() throws Exception {
    analyze("no", "old");
    Instant between = now.get().plusSeconds(1);
    now.set(between);
    analyze("no", "new");

    assertThat(log.purgeBefore(between)).isEqualTo(2);
    assertThat(store.list(PromptLog.KIND))
        .hasSize(2)
        .allSatisfy(document -> assertThat(document.json()).contains("new"));
  }

  private void analyze(String answer, String message) throws InterruptedException {
    ModelAnalyzer.builder(
            GuardedModel.builder(ScriptedLanguageModel.answering(answer), Maskers.standard())
                .log(log)
                .clock(now::get)
                .build())
        .build()
        .analyze(Incidents.builder(message).build());
  }
}

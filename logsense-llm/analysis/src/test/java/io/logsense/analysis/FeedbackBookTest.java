package io.logsense.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.logsense.api.LogSenseException;
import io.logsense.api.analysis.Feedback;
import io.logsense.api.analysis.Feedback.Verdict;
import io.logsense.api.analysis.RootCauseReport;
import io.logsense.api.purge.Subject;
import io.logsense.api.store.DocumentStore.Document;
import io.logsense.testkit.InMemoryDocumentStore;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedbackBookTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final InMemoryDocumentStore store = new InMemoryDocumentStore();
  private final FeedbackBook book = FeedbackBook.open(store);

  @Test
  void trustGrowsWithVerdictsAndFallsWithThem() {
    say("i1", "A#a/0", Verdict.ACCEPTED, "ann");
    say("i2", "A#a/0", Verdict.ACCEPTED, "ann");
    say("i1", "B#b/0", Verdict.REJECTED, "ann");
    say("i3", "C#c/0", Verdict.PARTIALLY_CORRECT, "ann");

    assertThat(book.trust().get("A#a/0")).isCloseTo(2.0 / 3, within(1e-9));
    assertThat(book.trust().get("B#b/0")).isCloseTo(-0.5, within(1e-9));
    assertThat(book.trust().get("C#c/0")).isCloseTo(0.25, within(1e-9));
    assertThat(FeedbackBook.open(store).trust()).isEqualTo(book.trust());
  }

  @Test
  void whoChangesHisMindIsCountedOnce() {
    say("i1", "A#a/0", Verdict.ACCEPTED, "ann");
    say("i1", "A#a/0", Verdict.REJECTED, "ann");

    assertThat(book.trust().get("A#a/0")).isNegative();
    assertThat(measure("logsense.rca.acceptance")).isZero();
    assertThat(measure("logsense.rca.false_positives")).isEqualTo(1);
  }

  @Test
  void sharesAreNotANumberBeforeThereIsAnything() {
    assertThat(book.measures()).allMatch(measure -> Double.isNaN(measure.value().getAsDouble()));
  }

  @Test
  void coverageAndTimeToInsightCountReports() {
    RootCauseReport good = new RankingAnalyzer().analyze(Incidents.nullPointer());
    RootCauseReport none =
        new RankingAnalyzer()
            .analyze(
                Incidents.builder("x")
                    .candidates(List.of(), f -> java.util.Optional.empty())
                    .build());
    book.reported(good, NOW, NOW.plusSeconds(30));
    book.reported(good, NOW, NOW.plusSeconds(90));
    book.reported(none, NOW, NOW.plusSeconds(900));

    assertThat(measure("logsense.rca.coverage")).isCloseTo(2.0 / 3, within(1e-9));
    assertThat(measure("logsense.rca.time_to_insight")).isEqualTo(60);
  }

  @Test
  void aSubjectIsPurged() {
    book.add(
        new Feedback("i1", "A.java", "A#a/0", Verdict.ACCEPTED, "as Jane Roe said", "ann", NOW));
    say("i2", "B#b/0", Verdict.ACCEPTED, "bob");

    assertThat(book.purge(Subject.of("Jane Roe"))).isEqualTo(1);

    assertThat(book.trust()).containsOnlyKeys("B#b/0");
    assertThat(store.list(FeedbackBook.KIND)).hasSize(1);
  }

  @Test
  void whatCannotBeReadIsNamed() {
    store.put(List.of(new Document(FeedbackBook.KIND, "f1", "{\"verdict\":\"maybe\"}")));

    assertThatThrownBy(() -> FeedbackBook.open(store))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("f1");
  }

  private double measure(String name) {
    return book.measures().stream()
        .filter(one -> one.name().equals(name))
        .mapToDouble(one -> one.value().getAsDouble())
        .findFirst()
        .orElseThrow();
  }

  private void say(String incident, String symbol, Verdict verdict, String author) {
    book.add(new Feedback(incident, "A.java", symbol, verdict, "", author, NOW));
  }
}

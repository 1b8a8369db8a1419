package io.logsense.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.Maskers;
import io.logsense.analysis.SpendingCap.Scope;
import io.logsense.api.LogSenseException;
import io.logsense.api.analysis.Incident;
import io.logsense.api.analysis.RootCauseReport;
import io.logsense.api.llm.Completion;
import io.logsense.api.llm.LanguageModel;
import io.logsense.api.llm.Prompt;
import io.logsense.api.store.DocumentStore.Document;
import io.logsense.testkit.InMemoryDocumentStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SpendingCapTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));

  @Test
  void sixtyFourAnalysesAtOnceNeverExceedTheCapByAToken() throws Exception {
    long most = 400_000;
    AtomicLong taken = new AtomicLong();
    AtomicLong worst = new AtomicLong();
    LanguageModel model =
        new LanguageModel() {
          @Override
          public String modelId() {
            return "greedy";
          }

          /** Takes all that it was allowed to, like the worst tokenizer there could be. */
          @Override
          public Completion complete(Prompt prompt) {
            String schema = String.valueOf(prompt.schema());
            long input = prompt.system().length() + prompt.user().length() + schema.length();
            long output = prompt.maxOutputTokens();
            worst.accumulateAndGet(taken.addAndGet(input + output), Math::max);
            return new Completion(Incidents.answer(), input, output, Completion.End.COMPLETE);
          }
        };
    SpendingCap cap = SpendingCap.builder().tokens(Scope.ALL, most).clock(now::get).build();
    ModelAnalyzer analyzer =
        ModelAnalyzer.builder(GuardedModel.builder(model, Maskers.standard()).cap(cap).build())
            .build();
    ExecutorService threads = Executors.newFixedThreadPool(64);
    CyclicBarrier together = new CyclicBarrier(64);
    List<Future<RootCauseReport>> reports = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      Incident incident = Incidents.builder("x tier=guest").deployed("v" + i, "").build();
      Callable<RootCauseReport> task =
          () -> {
            together.await();
            return analyzer.analyze(incident);
          };
      reports.add(threads.submit(task));
    }
    int refused = 0;
    for (Future<RootCauseReport> report : reports) {
      refused += report.get().cost().note().contains("the cap of ALL") ? 1 : 0;
    }
    threads.shutdown();

    assertThat(worst.get()).isPositive().isLessThanOrEqualTo(most);
    assertThat(cap.tokensToday(Scope.ALL, "", "")).isEqualTo(taken.get());
    assertThat(refused).as("the cap was reached").isPositive();
  }

  @Test
  void whatWasNotUsedIsGivenBack() {
    SpendingCap cap = SpendingCap.builder().tokens(Scope.TENANT, 100).clock(now::get).build();

    SpendingCap.Reservation reservation = cap.reserve("a", "c", "m", 60, 40);
    assertThatThrownBy(() -> cap.reserve("a", "c", "m", 1, 0))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("TENANT");
    cap.reserve("b", "c", "m", 60, 40);
    reservation.settle(10, 5);
    reservation.settle(0, 0);

    assertThat(cap.tokensToday(Scope.TENANT, "a", "c")).isEqualTo(15);
    cap.reserve("a", "c", "m", 85, 0);
  }

  @Test
  void aRefusalInOneScopeReservesNothingInTheOthers() {
    SpendingCap cap =
        SpendingCap.builder()
            .tokens(Scope.ALL, 1000)
            .tokens(Scope.CLUSTER, 10)
            .clock(now::get)
            .build();

    assertThatThrownBy(() -> cap.reserve("a", "c", "m", 11, 0)).hasMessageContaining("CLUSTER");

    assertThat(cap.tokensToday(Scope.ALL, "a", "c")).isZero();
  }

  @Test
  void moneyIsCountedInFractionsAndRoundedUp() {
    SpendingCap cap =
        SpendingCap.builder()
            .money(Scope.ALL, new BigDecimal("0.01"))
            .price("m", Price.of("3", "15"))
            .clock(now::get)
            .build();

    cap.reserve("a", "c", "m", 1000, 466);
    assertThat(cap.moneyToday(Scope.ALL, "a", "c")).isEqualByComparingTo("0.00999");
    assertThatThrownBy(() -> cap.reserve("a", "c", "m", 4, 0)).hasMessageContaining("ALL");
    cap.reserve("a", "c", "m", 3, 0);
  }

  @Test
  void aModelOfUnknownPriceIsRefusedWhereMoneyIsCapped() {
    SpendingCap cap =
        SpendingCap.builder()
            .money(Scope.ALL, BigDecimal.TEN)
            .price("m", Price.FREE)
            .clock(now::get)
            .build();

    cap.reserve("a", "c", "m", 1_000_000, 0);
    assertThatThrownBy(() -> cap.reserve("a", "c", "other", 1, 0))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("price of model other is unknown");
  }

  @Test
  void aDayBeginsAnewAndAClockThatGoesBackGivesNothingBack() {
    SpendingCap cap = SpendingCap.builder().tokens(Scope.ALL, 10).clock(now::get).build();
    SpendingCap.Reservation yesterdays = cap.reserve("a", "c", "m", 10, 0);

    now.set(now.get().plus(Duration.ofDays(1)));
    cap.reserve("a", "c", "m", 10, 0);
    yesterdays.settle(0, 0);
    assertThat(cap.tokensToday(Scope.ALL, "", "")).isEqualTo(10);

    now.set(now.get().minus(Duration.ofDays(1)));
    assertThatThrownBy(() -> cap.reserve("a", "c", "m", 1, 0)).hasMessageContaining("ALL");
  }

  @Test
  void onlyAccountsThatChangeAreWritten() {
    InMemoryDocumentStore store = new InMemoryDocumentStore();
    SpendingCap cap =
        SpendingCap.builder()
            .tokens(Scope.TENANT, 100)
            .tokens(Scope.CLUSTER, 100)
            .clock(now::get)
            .keptIn(store)
            .build();
    cap.reserve("a", "c", "m", 7, 0);
    assertThat(store.list("spending")).hasSize(2);
    store.list("spending").forEach(document -> store.remove("spending", document.id()));

    cap.reserve("b", "c", "m", 7, 0);
    assertThat(store.list("spending")).hasSize(2);
    assertThat(cap.tokensToday(Scope.TENANT, "a", "c")).isEqualTo(7);
  }

  @Test
  void daysThatAreOverAreForgotten() {
    InMemoryDocumentStore store = new InMemoryDocumentStore();
    SpendingCap cap =
        SpendingCap.builder().tokens(Scope.ALL, 100).clock(now::get).keptIn(store).build();
    for (int day = 0; day < 5; day++) {
      cap.reserve("a", "c", "m", 7, 0);
      now.set(now.get().plus(Duration.ofDays(1)));
    }
    assertThat(store.list("spending")).as("today and yesterday").hasSize(2);
  }

  @Test
  void whatCannotBeReadIsNotSpent() {
    InMemoryDocumentStore store = new InMemoryDocumentStore();
    SpendingCap.Builder builder =
        SpendingCap.builder().tokens(Scope.ALL, 10).clock(now::get).keptIn(store);
    builder.build().reserve("a", "c", "m", 7, 0);
    String id = store.list("spending").get(0).id();
    store.put(List.of(new Document("spending", id, "{\"tokens\":")));

    assertThatThrownBy(() -> builder.build().reserve("a", "c", "m", 1, 0))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining(id);
  }

  @Test
  void aRestartForgetsNothing() {
    InMemoryDocumentStore store = new InMemoryDocumentStore();
    SpendingCap.Builder builder =
        SpendingCap.builder().tokens(Scope.ALL, 10).clock(now::get).keptIn(store);
    builder.build().reserve("a", "c", "m", 7, 0); // and the process ends before it is settled

    SpendingCap restarted = builder.build();

    assertThat(restarted.tokensToday(Scope.ALL, "", "")).isEqualTo(7);
    assertThatThrownBy(() -> restarted.reserve("a", "c", "m", 4, 0)).hasMessageContaining("ALL");
  }
}

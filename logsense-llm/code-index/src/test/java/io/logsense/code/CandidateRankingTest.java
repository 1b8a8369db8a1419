package io.logsense.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.logsense.api.code.Candidate;
import io.logsense.api.code.CodeIndex;
import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CandidateRankingTest {
  private static final String CHECKS =
      """
      package com.shop;
      final class Checks {
        static int positive(int value, String name) {
          if (value <= 0) {
            throw new IllegalArgumentException(name + " must be more than nothing");
          }
          return value;
        }
      }
      """;

  private static final String CART =
      """
      package com.shop;
      class Cart {
        int total(int[] cents, int rate) {
          int sum = 0;
          for (int each : cents) {
            sum += each;
          }
          int shared = share(sum, cents.length);
          int taxed = shared * rate;
          Checks.positive(taxed, "total");
          return taxed;
        }
        int share(int sum, int parts) {
          return sum / parts;
        }
        int pay(int[] cents) {
          return total(cents, 19);
        }
        void fail(String id) {
          log.error("Order {} could not be paid by anybody", id);
        }
      }
      """;

  private static CodeIndex index;

  @BeforeAll
  static void makeIndex() throws IOException {
    MemoryTree tree =
        new MemoryTree()
            .with("src/com/shop/Checks.java", CHECKS)
            .with("src/com/shop/Cart.java", CART);
    index = CodeIndexer.standard().index(tree).index();
  }

  @Test
  void aMethodThatOnlyChecksComesAfterTheOneThatDidTheWork() {
    List<Candidate> found =
        rank(error("java.lang.IllegalArgumentException", null, null, checked()));
    assertThat(found).extracting(CandidateRankingTest::symbol).startsWith("com.shop.Cart#total/2");
    assertThat(found.get(0).line()).isEqualTo(10);
    assertThat(found.get(0).reasons())
        .extracting(Candidate.Reason::words)
        .contains("in the trace at line 10");
  }

  @Test
  void theRootCauseComesBeforeWhatWrapsIt() {
    ThrownError root =
        error(
            "java.lang.ArithmeticException",
            "/ by zero",
            null,
            frame("Cart", "share", 14),
            frame("Cart", "total", 8));
    ThrownError wrapper =
        error("java.lang.IllegalStateException", "cannot pay", root, frame("Cart", "pay", 17));
    List<String> found = rank(wrapper).stream().map(CandidateRankingTest::symbol).toList();
    assertThat(found.indexOf("com.shop.Cart#pay/1"))
        .isGreaterThan(found.indexOf("com.shop.Cart#share/2"))
        .isGreaterThan(found.indexOf("com.shop.Cart#total/2"));
  }

  @Test
  void whatWasCalledBeforeTheLineIsACandidateAndWhatIsCalledAfterIsNone() {
    ThrownError error = error("java.lang.Error", null, null, frame("Cart", "total", 9));
    Candidate share =
        rank(error).stream()
            .filter(each -> symbol(each).equals("com.shop.Cart#share/2"))
            .findFirst()
            .orElseThrow();
    assertThat(share.reasons())
        .extracting(Candidate.Reason::words)
        .contains("called by total on line 8");
    assertThat(rank(error))
        .extracting(CandidateRankingTest::symbol)
        .doesNotContain("com.shop.Checks#positive/2");
  }

  @Test
  void aReasonNamesTheWordsThatAMethodSharesWithTheTrace() {
    ThrownError error = error("java.lang.Error", null, null, checked());
    assertThat(rank(error))
        .filteredOn(each -> symbol(each).equals("com.shop.Cart#total/2"))
        .flatExtracting(Candidate::reasons)
        .extracting(Candidate.Reason::words)
        .anySatisfy(words -> assertThat(words).contains("total").contains("about"))
        .contains("1 calls before line 10");
  }

  @Test
  void whatPeopleRejectedFallsAndWhatTheyAcceptedRises() {
    ThrownError one = error("java.lang.IllegalArgumentException", null, null, checked());
    ThrownError another =
        error(
            "java.lang.ArithmeticException",
            "/ by zero",
            null,
            frame("Cart", "share", 14),
            frame("Cart", "total", 8));
    for (ThrownError incident : List.of(one, another)) {
      String best = symbol(rank(incident).get(0));
      String second = symbol(rank(incident).get(1));

      List<Candidate> rejected = rank(incident, Map.of(best, -0.8));
      assertThat(symbol(rejected.get(0))).as("after a rejection of " + best).isNotEqualTo(best);
      assertThat(rejected).extracting(CandidateRankingTest::symbol).contains(best);
      List<Candidate> accepted = rank(incident, Map.of(second, 0.8));
      assertThat(symbol(accepted.get(0))).isEqualTo(second);
      assertThat(accepted.get(0).reasons())
          .filteredOn(reason -> reason.fact().equals("feedback"))
          .singleElement()
          .satisfies(
              reason -> {
                assertThat(reason.points()).isCloseTo(2.4, within(1e-9));
                assertThat(reason.words())
                    .isEqualTo("people mostly accepted it as a root cause: +0.80");
              });
      assertThat(rank(incident, Map.of(second, 0.8))).isEqualTo(accepted);
      assertThat(rank(incident, Map.of("com.other.Type#method/0", -0.5))).isEqualTo(rank(incident));
    }
  }

  @Test
  void aMessageWithoutATraceLeadsToTheStatementThatLogsIt() {
    List<Candidate> found =
        CandidateRanking.over(index).rank("Order 4711 could not be paid by anybody", 5);
    assertThat(found)
        .extracting(CandidateRankingTest::symbol)
        .containsExactly("com.shop.Cart#fail/1");
    assertThat(CandidateRanking.over(index).rank("Order 4711 was paid", 5)).isEmpty();
  }

  @Test
  void aScoreIsTheSumOfThePointsOfItsReasons() {
    for (Candidate each :
        rank(error("java.lang.IllegalArgumentException", null, null, checked()))) {
      double sum = each.reasons().stream().mapToDouble(Candidate.Reason::points).sum();
      assertThat(each.score()).isCloseTo(sum, within(1e-9));
      assertThat(each.block().contains(each.line())).isTrue();
    }
  }

  @Test
  void whatChangedLatelyScoresMoreAndSaysSo() {
    History history =
        new History() {
          @Override
          public Optional<Instant> lastChange(String path, int start, int end) {
            return Optional.of(newest().minus(Duration.ofDays(2)));
          }

          @Override
          public Instant newest() {
            return Instant.EPOCH.plus(Duration.ofDays(100));
          }
        };
    String message = "Order 4711 could not be paid by anybody";
    Candidate without = CandidateRanking.over(index).rank(message, 5).get(0);
    Candidate with = CandidateRanking.over(index).with(history).rank(message, 5).get(0);
    assertThat(with.score()).isGreaterThan(without.score());
    assertThat(with.reasons())
        .extracting(Candidate.Reason::words)
        .contains("changed 2 days before the newest commit");
  }

  @Test
  void recursionIsOneCandidateAndFramesOfOthersAreNone() {
    StackFrame again = frame("Cart", "total", 8);
    StackFrame library = new StackFrame("java.util.List", "forEach", "List.java", 3);
    ThrownError error =
        error("java.lang.StackOverflowError", null, null, again, again, library, again);
    assertThat(rank(error))
        .extracting(CandidateRankingTest::symbol)
        .containsOnlyOnce("com.shop.Cart#total/2");
    ThrownError deep =
        error("java.lang.StackOverflowError", null, null, again, again, frame("Cart", "pay", 17));
    assertThat(rank(deep))
        .filteredOn(each -> symbol(each).equals("com.shop.Cart#pay/1"))
        .flatExtracting(Candidate::reasons)
        .extracting(Candidate.Reason::words)
        .contains("number 2 of your methods in the trace");
    ThrownError foreign = error("java.lang.Error", null, null, library);
    assertThat(rank(foreign)).isEmpty();
  }

  private static StackFrame[] checked() {
    return new StackFrame[] {
      frame("Checks", "positive", 5), frame("Cart", "total", 10), frame("Cart", "pay", 17)
    };
  }

  private static List<Candidate> rank(ThrownError error) {
    return rank(error, Map.of());
  }

  private static List<Candidate> rank(ThrownError error, Map<String, Double> trust) {
    return CandidateRanking.over(index)
        .trusting(trust)
        .rank(new StackTrace("java", error, 0, 1, false), 30);
  }

  private static String symbol(Candidate candidate) {
    return candidate.block().symbol();
  }

  private static ThrownError error(
      String type, @Nullable String message, @Nullable ThrownError cause, StackFrame... frames) {
    return new ThrownError(type, message, List.of(frames), 0, cause, List.of());
  }

  private static StackFrame frame(String type, String method, int line) {
    return new StackFrame("com.shop." + type, method, type + ".java", line);
  }
}

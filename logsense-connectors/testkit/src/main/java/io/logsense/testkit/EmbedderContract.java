package io.logsense.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.logsense.api.LogSenseException;
import io.logsense.api.embed.Embedder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Embedder} must do. Extend it, and say how to open one. Each test opens an
 * embedder or two and closes them; keep one open meanwhile where opening takes long.
 */
public abstract class EmbedderContract {
  private static final double PRECISION = 1e-5;
  private static final int THREADS = 4;

  private static final List<String> TEXTS =
      List.of(
          "Connection to the database refused",
          "order shipped to customer",
          "NullPointerException: total\nCart.total",
          "disk full",
          "",
          "payment declined by the bank");

  /** For the class that extends this. */
  protected EmbedderContract() {}

  /** An embedder of the model that is tested, which the test closes. */
  protected abstract Embedder open();

  private Embedder embedder;

  @BeforeEach
  void openAnEmbedder() {
    embedder = open();
  }

  @AfterEach
  void closeTheEmbedder() {
    embedder.close();
  }

  @Test
  void everyTextHasAUnitRowInItsPlace() {
    float[][] rows = embedder.embed(TEXTS);

    assertThat(rows).hasNumberOfRows(TEXTS.size());
    for (int i = 0; i < rows.length; i++) {
      assertUnit(rows[i], TEXTS.get(i));
      assertSame(rows[i], embedder.embed(List.of(TEXTS.get(i)))[0], TEXTS.get(i));
    }
  }

  @Test
  void anEmptyListGivesNoRows() {
    assertThat(embedder.embed(List.of()).length).isZero();
  }

  @Test
  void aTextHasOneVectorWhateverElseIsInTheList() {
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      many.addAll(TEXTS);
    }
    Collections.reverse(many);

    float[][] rows = embedder.embed(many);

    float[][] alone = embedder.embed(TEXTS);
    for (int i = 0; i < rows.length; i++) {
      assertSame(rows[i], alone[TEXTS.indexOf(many.get(i))], many.get(i));
    }
  }

  @Test
  void theCallerOwnsTheRows() {
    float[] row = embedder.embed(TEXTS)[0];
    float[] before = row.clone();

    Arrays.fill(row, 7);

    assertSame(embedder.embed(TEXTS)[0], before, TEXTS.get(0));
  }

  @Test
  void noContentIsAnError() {
    List<String> texts =
        List.of(
            "", " \t\n", "\0", "\uD83D", "\uDE00\uD83D", "🔥🔥", "连接被拒绝", "%s ${jndi:x}", "\uFFFF");

    float[][] rows = embedder.embed(texts);

    for (int i = 0; i < rows.length; i++) {
      assertUnit(rows[i], texts.get(i));
    }
  }

  @Test
  void ofALongTextTheHeadAndTheTailCountAndTheMiddleDoesNot() {
    int length = 2 * embedder.model().limit().total();
    List<String> words = new ArrayList<>(Collections.nCopies(length, "retry"));
    String plain = String.join(" ", words);
    float[] row = embedder.embed(List.of(plain))[0];

    String head = "database refused " + plain;
    words.set(length / 2, "database");
    String inside = String.join(" ", words);

    assertUnit(row, plain);
    assertThat(cosine(embedder.embed(List.of(head))[0], row)).isLessThan(1 - PRECISION);
    assertThat(cosine(embedder.embed(List.of(plain + " database refused"))[0], row))
        .isLessThan(1 - PRECISION);
    assertSame(embedder.embed(List.of(inside))[0], row, "a word in the middle");
  }

  @Test
  void nearInMeaningIsNearInDirection() {
    float[][] rows =
        embedder.embed(
            List.of(
                "connection to the database refused",
                "the database refused the connection",
                "order shipped to customer"));

    assertThat(cosine(rows[0], rows[1])).isGreaterThan(cosine(rows[0], rows[2]));
  }

  @Test
  void manyThreadsGetWhatOneGets() throws Exception {
    float[][] expected = embedder.embed(TEXTS);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<float[][]>> answers = new ArrayList<>();
      for (int i = 0; i < 4 * THREADS; i++) {
        answers.add(threads.submit(() -> embedder.embed(TEXTS)));
      }
      for (Future<float[][]> answer : answers) {
        for (int i = 0; i < expected.length; i++) {
          assertSame(answer.get()[i], expected[i], TEXTS.get(i));
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anotherOneOfTheModelGivesTheSameVectors() {
    try (Embedder another = open()) {
      assertThat(another.model()).isEqualTo(embedder.model());
      assertSame(another.embed(TEXTS)[0], embedder.embed(TEXTS)[0], TEXTS.get(0));
    }
  }

  @Test
  void closingOneLeavesTheOthersAndClosingTwiceIsOnce() {
    Embedder another = open();
    another.close();
    another.close();

    assertUnit(embedder.embed(TEXTS)[0], TEXTS.get(0));
  }

  /** One that holds nothing but memory may go on. */
  @Test
  void whatIsClosedAnswersAsBeforeOrSaysSo() {
    float[] before = embedder.embed(TEXTS)[0];
    embedder.close();
    try {
      assertSame(embedder.embed(TEXTS)[0], before, TEXTS.get(0));
    } catch (LogSenseException e) {
      assertThat(e.category()).isEqualTo(LogSenseException.Category.USAGE);
    }
    assertThat(embedder.model().dimension()).isEqualTo(before.length);
  }

  private void assertUnit(float[] row, String text) {
    assertThat(row).as(text).hasSize(embedder.model().dimension());
    assertThat(cosine(row, row)).as("squared length for '%s'", text).isCloseTo(1, within(1e-4));
  }

  private static void assertSame(float[] row, float[] expected, String text) {
    assertThat(cosine(row, expected)).as(text).isCloseTo(1, within(PRECISION));
  }

  private static double cosine(float[] one, float[] two) {
    double product = 0;
    for (int i = 0; i < one.length; i++) {
      product += (double) one[i] * two[i];
    }
    return product;
  }
}

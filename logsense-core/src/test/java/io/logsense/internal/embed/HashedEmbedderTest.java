package io.logsense.internal.embed;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.logsense.api.embed.ModelCard;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HashedEmbedderTest {
  private static final String TIMEOUT = "SocketTimeoutException: Read timed out";

  private final HashedEmbedder embedder = new HashedEmbedder();
  private final ModelCard model = embedder.model();

  @Test
  void everyTextHasAUnitRowInItsPlace() {
    float[][] rows = embedder.embed(List.of(TIMEOUT, "", "No space left on device", TIMEOUT));
    assertThat(rows).hasNumberOfRows(4);
    for (float[] row : rows) {
      assertThat(row).hasSize(model.dimension());
      assertThat(cosine(row, row)).isCloseTo(1, Offset.offset(1e-5));
    }
    assertThat(rows[3]).isEqualTo(rows[0]).isNotSameAs(rows[0]);
    assertThat(embedder.embed(List.of())).isEmpty();
  }

  @Test
  void aTextHasOneVectorWhateverComesBeforeIt() {
    String text = "shop shop: " + TIMEOUT + ", timed out";
    String manyWords =
        IntStream.range(0, 600)
            .mapToObj(i -> "cart" + (char) ('a' + i / 26) + (char) ('a' + i % 26))
            .collect(joining(" "));
    for (String other : List.of("shop", "x".repeat(10_000), "Connection timed out", manyWords)) {
      assertThat(embedder.embed(List.of(other, text))[1]).isEqualTo(vector(text));
    }
  }

  /** A change of these numbers is a new model: change its id, and stored vectors are let go. */
  @Test
  void vectorsAreTheSameInEveryJvmAndRelease() {
    assertThat(Arrays.hashCode(vector("ORA-12541: TNS:no listener at db.prod:1521")))
        .isEqualTo(2122942880);
    assertThat(Arrays.hashCode(vector("Größe überschritten: java.lang.OutOfMemoryError")))
        .isEqualTo(-1114086553);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "java.net.SocketTimeoutException: Read timed out | request exceeded its deadline"
            + " | com.shop.PriceException: price of item 7 is negative",
        "connect: ECONNREFUSED 10.0.0.7:5432 | Connection refused by db.prod"
            + " | Connection pool statistics written",
        "ORA-00942: table or view does not exist | relation \"orders\" not found"
            + " | table of contents has 12 entries",
        "write failed: ENOSPC | No space left on device | write of report finished",
        "x509: certificate signed by unknown authority | PKIX path building failed"
            + " | Path /build not watched"
      })
  void otherWordsForTheSameAreNearerThanTheSameWordsForAnother(
      String text, String same, String other) {
    assertThat(cosine(vector(text), vector(same)))
        .isGreaterThan(cosine(vector(text), vector(other)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "job 7 of node 3 lost its lease after 30 s",
        "job 812 of node 14 lost its lease after 29 s",
        "job 0x7ffe21 of node deadbeef01 lost its lease after <*> s",
        "job 5b1c2d3e-7a45-4f0b-9c11-0242ac120002 of node <IP_REDACTED> lost its lease after 30s"
      })
  void valuesDoNotCount(String text) {
    assertThat(cosine(vector(text), vector("job of node lost its lease after")))
        .isGreaterThan(0.999);
  }

  @Test
  void codeIsReadAsWords() {
    float[] words = vector("order not payable");
    assertThat(cosine(vector("order_not_payable"), words)).isGreaterThan(0.99);
    assertThat(cosine(vector("OrderNotPayable"), words)).isGreaterThan(0.99);
    assertThat(cosine(vector("ORDER_NOT_PAYABLE"), words)).isGreaterThan(0.99);
  }

  @Test
  void packagesAndPathsCountLessThanWords() {
    float[] name = vector("BasketVanished");
    double asWords = cosine(vector("acme checkout BasketVanished"), name);
    assertThat(cosine(vector("acme.checkout.BasketVanished"), name)).isGreaterThan(asWords + 0.05);
    assertThat(cosine(vector("/acme /checkout BasketVanished"), name))
        .isGreaterThan(asWords + 0.05);
  }

  @Test
  void errorCodesCount() {
    assertThat(cosine(vector("failed with E0277"), vector("failed with E0277")))
        .isGreaterThan(0.999);
    assertThat(cosine(vector("failed with E0277"), vector("failed with E0308"))).isLessThan(0.9);
  }

  @Test
  void oppositesAreNotTheSame() {
    for (String[] pair :
        new String[][] {
          {"connection to broker established", "connection to broker lost"},
          {"certificate is valid", "certificate is not valid"},
          {"user jane may read order", "user jane may not delete invoice"}
        }) {
      assertThat(cosine(vector(pair[0]), vector(pair[1]))).isLessThan(model.same());
    }
  }

  @Test
  void theEndOfALongTextCountsAndItsMiddleDoesNot() {
    String middle = "padding ".repeat(2_000);
    float[] one = vector("Request failed " + middle + " Caused by: deadlock detected");
    assertThat(vector("Request failed " + middle + " Caused by: certificate expired"))
        .isNotEqualTo(one);
    assertThat(vector("Request failed " + middle + middle + " Caused by: deadlock detected"))
        .isEqualTo(one);
  }

  @Test
  void noTextIsAnError() {
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      char[] chars = new char[random.nextInt(200)];
      for (int k = 0; k < chars.length; k++) {
        chars[k] = (char) (random.nextBoolean() ? random.nextInt(128) : random.nextInt(0x10000));
      }
      float[] row = vector(new String(chars));
      assertThat(cosine(row, row)).isCloseTo(1, Offset.offset(1e-4));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "A", "_", "<", "0", "é", "aB", "a1", "timed out ", "<A>"})
  void aTextOfOneThingAgainAndAgainHasAVector(String piece) {
    float[] row = vector(piece.repeat(500_000 / piece.length()));
    assertThat(cosine(row, row)).isCloseTo(1, Offset.offset(1e-4));
  }

  @Test
  void aTextCostsItsRowAndNothingElse() {
    List<String> texts = Collections.nCopies(2_000, TIMEOUT);
    embedder.embed(texts);
    long before = allocated();
    embedder.embed(texts);
    long bytes = allocated() - before;
    assertThat(bytes / texts.size()).isLessThan(4L * model.dimension() + 64);
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  private float[] vector(String text) {
    return embedder.embed(List.of(text))[0];
  }

  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}

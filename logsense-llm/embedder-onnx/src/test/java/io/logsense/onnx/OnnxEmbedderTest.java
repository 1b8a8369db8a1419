package io.logsense.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.logsense.api.LogSenseException;
import io.logsense.api.embed.Embedder;
import io.logsense.api.embed.EmbedderProvider;
import io.logsense.api.embed.ModelCard;
import io.logsense.api.embed.TextLimit;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxEmbedderTest {
  private static final String REFERENCE = "io/logsense/onnx/reference/";

  private static OnnxEmbedder bgeSmall;
  private static OnnxEmbedder miniLm;

  @BeforeAll
  static void open() {
    bgeSmall = OnnxEmbedder.bgeSmall();
    miniLm = OnnxEmbedder.miniLm();
  }

  @AfterAll
  static void close() {
    bgeSmall.close();
    miniLm.close();
    assertThat(SharedModel.loaded()).isZero();
  }

  static Stream<OnnxEmbedder> both() {
    return Stream.of(bgeSmall, miniLm);
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("both")
  void givesTheVectorsOfAnIndependentImplementation(OnnxEmbedder embedder) throws IOException {
    List<String> texts = referenceTexts();
    float[][] rows = embedder.embed(texts);
    try (InputStream file = Models.open(REFERENCE + embedder.model().id() + ".f32");
        DataInputStream in = new DataInputStream(file)) {
      for (int i = 0; i < rows.length; i++) {
        float[] expected = new float[384];
        for (int k = 0; k < expected.length; k++) {
          expected[k] = in.readFloat();
        }
        assertThat(cosine(rows[i], expected)).as(texts.get(i)).isGreaterThan(0.999);
      }
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("both")
  void aTextHasOneUnitVectorWhateverIsInTheBatch(OnnxEmbedder embedder) throws IOException {
    List<String> texts = new ArrayList<>(referenceTexts());
    float[][] rows = embedder.embed(texts);
    Collections.reverse(texts);
    float[][] reversed = embedder.embed(texts);
    for (int i = 0; i < rows.length; i++) {
      assertThat(rows[i]).isEqualTo(reversed[rows.length - 1 - i]);
      assertThat(cosine(rows[i], rows[i])).isCloseTo(1, within(1e-6));
    }
    assertThat(embedder.embed(texts.subList(0, 1))[0]).isEqualTo(reversed[0]);
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("both")
  void nearInMeaningIsNearInDirection(OnnxEmbedder embedder) {
    float[][] rows =
        embedder.embed(
            List.of(
                "the connection pool is exhausted",
                "no free database connection available",
                "user logged in from a new device"));
    assertThat(cosine(rows[0], rows[1])).isGreaterThan(cosine(rows[0], rows[2]) + 0.1);
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("both")
  void readsWhateverItIsGiven(OnnxEmbedder embedder) {
    String hostile = "\uD83D\u0000\uFFFF\u0301".repeat(10_000) + "x ".repeat(100_000);
    float[][] rows = embedder.embed(List.of("", " \n", "\u0000", hostile, "\uDC00"));
    assertThat(rows[1]).isEqualTo(rows[0]);
    assertThat(rows[2]).isEqualTo(rows[0]);
    for (float[] row : rows) {
      assertThat(cosine(row, row)).isCloseTo(1, within(1e-6));
    }
    assertThat(embedder.embed(List.of())).isEmpty();
  }

  @Test
  void theTailOfALongTextCounts() {
    String trace = " at com.shop.Cart.total(Cart.java:42)".repeat(200);
    float[][] rows =
        miniLm.embed(
            List.of("failed" + trace + " disk full", "failed" + trace + " certificate expired"));
    assertThat(rows[0]).isNotEqualTo(rows[1]);
  }

  @Test
  void manyThreadsAndOpenersShareOneModel() throws Exception {
    List<String> texts = referenceTexts().subList(0, 8);
    float[][] expected = miniLm.embed(texts);
    int before = SharedModel.loaded();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<float[][]>> results = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        results.add(
            threads.submit(
                () -> {
                  try (OnnxEmbedder another = OnnxEmbedder.miniLm()) {
                    assertThat(SharedModel.loaded()).isEqualTo(before);
                    return another.embed(texts);
                  }
                }));
      }
      for (Future<float[][]> result : results) {
        assertThat(Arrays.deepEquals(result.get(), expected)).isTrue();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(SharedModel.loaded()).isEqualTo(before);
  }

  @Test
  void theNumberOfThreadsDoesNotChangeAVector() throws IOException {
    List<String> texts = referenceTexts();
    try (OnnxEmbedder parallel = OnnxEmbedder.open(OnnxModel.miniLm(), 2)) {
      assertThat(Arrays.deepEquals(parallel.embed(texts), miniLm.embed(texts))).isTrue();
    }
    assertRefused(() -> OnnxEmbedder.open(OnnxModel.miniLm(), 0), "threads is 0");
  }

  @Test
  void closingWaitsForTheCallThatRuns() throws Exception {
    OnnxEmbedder embedder = OnnxEmbedder.miniLm();
    CountDownLatch running = new CountDownLatch(1);
    List<String> texts =
        new AbstractList<>() {
          @Override
          public String get(int index) {
            running.countDown();
            return "text " + index;
          }

          @Override
          public int size() {
            return 20;
          }
        };
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<float[][]> rows = thread.submit(() -> embedder.embed(texts));
      running.await();
      embedder.close();
      assertThat(rows.get()).hasNumberOfRows(20);
    } finally {
      thread.shutdown();
    }
    embedder.close();
    assertRefused(() -> embedder.embed(List.of("late")), "closed");
  }

  @Test
  void anInterruptEndsACallAndStaysSet() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> miniLm.embed(List.of("a", "b")))
        .isInstanceOfSatisfying(
            LogSenseException.class,
            e -> assertThat(e.category()).isEqualTo(LogSenseException.Category.TRANSIENT));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void vectorsAreTruncatedOnlyWhereTheModelAllowsIt() throws IOException {
    OnnxModel whole = OnnxModel.miniLm();
    OnnxModel nested = nested(List.of(128, 64));
    List<String> texts = referenceTexts();
    float[][] rows = miniLm.embed(texts);
    try (OnnxEmbedder shorter = OnnxEmbedder.open(nested.truncatedTo(64), 1)) {
      assertThat(shorter.model().id()).isEqualTo("all-minilm-l6-v2-q/64");
      assertThat(shorter.model().dimension()).isEqualTo(64);
      float[][] truncated = shorter.embed(texts);
      for (int i = 0; i < rows.length; i++) {
        float[] prefix = Arrays.copyOf(rows[i], 64);
        assertThat(truncated[i]).hasSize(64);
        assertThat(cosine(truncated[i], truncated[i])).isCloseTo(1, within(1e-6));
        assertThat(cosine(truncated[i], prefix))
            .isCloseTo(Math.sqrt(cosine(prefix, prefix)), within(1e-6));
      }
    }
    assertRefused(() -> nested.truncatedTo(100), "trained for [128, 64]");
    assertRefused(() -> whole.truncatedTo(128), "not trained for it; use all 384");
    assertThatThrownBy(() -> nested(List.of(384))).hasMessageContaining("384");
  }

  @Test
  void aModelThatIsNotWhatItsDescriptionSaysIsRefused() {
    OnnxModel right = OnnxModel.miniLm();
    int before = SharedModel.loaded();
    assertRefused(
        () -> OnnxEmbedder.open(described("absent.onnx", right.tokenizer(), 384), 1),
        "'absent.onnx' is not on the class path; add group:artifact:1");
    assertRefused(
        () -> OnnxEmbedder.open(described(right.tokenizer(), right.tokenizer(), 384), 1),
        "is no BERT encoder in ONNX format");
    assertRefused(
        () -> OnnxEmbedder.open(described(right.weights(), right.weights(), 384), 1),
        "is no tokenizer of an uncased BERT");
    assertRefused(
        () -> OnnxEmbedder.open(described(right.weights(), right.tokenizer(), 1_000), 1),
        "gives 384 dimensions, not 1000");
    assertThat(SharedModel.loaded()).isEqualTo(before);
  }

  @Test
  void aLimitPastTheModelsPositionsIsAnErrorAndNotACrash() {
    OnnxModel right = OnnxModel.miniLm();
    OnnxModel tooLong =
        new OnnxModel(
            new ModelCard("long", 384, TextLimit.of(5_000, TextLimit.Unit.TOKENS), 0.9, 0.8),
            right.weights(),
            right.tokenizer(),
            right.pooling(),
            List.of(),
            "none");
    try (OnnxEmbedder embedder = OnnxEmbedder.open(tooLong, 1)) {
      assertThatThrownBy(() -> embedder.embed(List.of("x ".repeat(1_000))))
          .isInstanceOf(LogSenseException.class)
          .hasMessageContaining("1002 tokens");
      assertThat(embedder.embed(List.of("x"))).hasNumberOfRows(1);
    }
  }

  @Test
  void bothAreFoundByTheirNames() {
    List<String> names = new ArrayList<>();
    for (EmbedderProvider provider : ServiceLoader.load(EmbedderProvider.class)) {
      try (Embedder embedder = provider.open()) {
        names.add(provider.name() + " " + embedder.model().id());
      }
    }
    assertThat(names)
        .containsExactlyInAnyOrder("bge-small bge-small-en-v1.5-q", "minilm all-minilm-l6-v2-q");
  }

  private static OnnxModel nested(List<Integer> shorter) {
    OnnxModel model = OnnxModel.miniLm();
    return new OnnxModel(
        model.card(), model.weights(), model.tokenizer(), model.pooling(), shorter, "none");
  }

  private static OnnxModel described(String weights, String tokenizer, int dimension) {
    TextLimit limit = TextLimit.of(254, TextLimit.Unit.TOKENS);
    return new OnnxModel(
        new ModelCard("described", dimension, limit, 0.9, 0.8),
        weights,
        tokenizer,
        OnnxModel.Pooling.MEAN,
        List.of(),
        "group:artifact:1");
  }

  private static void assertRefused(Runnable call, String message) {
    assertThatThrownBy(call::run)
        .hasMessageContaining(message)
        .isInstanceOfSatisfying(
            LogSenseException.class,
            e -> assertThat(e.category()).isEqualTo(LogSenseException.Category.USAGE));
  }

  private static List<String> referenceTexts() throws IOException {
    try (InputStream in = Models.open(REFERENCE + "texts.txt")) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    }
  }

  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}

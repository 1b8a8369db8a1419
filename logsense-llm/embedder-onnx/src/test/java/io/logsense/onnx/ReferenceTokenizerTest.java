package io.logsense.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same ids as Hugging Face's native tokenizer gives, text by text. */
class ReferenceTokenizerTest {
  private static final int BATCH = 500;
  private static final int CODE_POINTS_IN_A_TEXT = 32;

  /** The labelled logs, when they lie beside the repository. */
  private static final Path LOGS = Path.of("../../../shared/data");

  private static HuggingFaceTokenizer reference;
  private final WordPieceTokenizer ours = Models.tokenizer(1 << 20, 1 << 20);
  private final WordPieceTokenizer.Tokens tokens = new WordPieceTokenizer.Tokens();

  @BeforeAll
  static void loadTheReference() throws IOException {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ENGINE_CACHE_DIR", Path.of("target", "djl").toAbsolutePath().toString());
    Map<String, String> whole =
        Map.of("padding", "false", "truncation", "false", "modelMaxLength", "1000000");
    try (InputStream in = Models.open(OnnxModel.bgeSmall().tokenizer())) {
      reference = HuggingFaceTokenizer.newInstance(in, whole);
    } catch (LinkageError | RuntimeException e) {
      abort("the native reference tokenizer does not run here: " + e);
    }
  }

  @AfterAll
  static void close() {
    if (reference != null) {
      reference.close();
    }
  }

  @Test
  void everyCodePointInsideAWord() {
    assertSame(codePoints("ab", "cd "));
  }

  @Test
  void everyCodePointAmongBlanks() {
    assertSame(codePoints(" ", " "));
  }

  @Test
  void everyCodePointBesideItsNeighbours() {
    assertSame(codePoints("", ""));
  }

  @Test
  void madeUpLogLines() {
    Random random = new Random(1);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      texts.add(TextSamples.logLine(random));
    }
    assertSame(texts);
  }

  @Test
  void mixturesOfScriptsMarksAndControls() {
    Random random = new Random(2);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      texts.add(TextSamples.mixture(random));
    }
    assertSame(texts);
  }

  @Test
  void linesOfRealLogs() throws IOException {
    assumeTrue(Files.isDirectory(LOGS), "no labelled logs beside the repository");
    List<String> texts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(LOGS)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        try (Stream<String> lines = Files.lines(file, UTF_8)) {
          lines.limit(500).filter(line -> line.length() < 5_000).forEach(texts::add);
        } catch (java.io.UncheckedIOException e) {
          assertThat(e).hasCauseInstanceOf(CharacterCodingException.class);
        }
      }
    }
    texts.removeIf(ReferenceTokenizerTest::namesASpecialToken);
    assertSame(texts);
  }

  /** The reference takes these for the tokens themselves, ours for text. */
  private static boolean namesASpecialToken(String text) {
    return Stream.of("[CLS]", "[SEP]", "[MASK]", "[UNK]", "[PAD]").anyMatch(text::contains);
  }

  private static List<String> codePoints(String before, String after) {
    List<String> texts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        text.append(before).appendCodePoint(c).append(after);
      }
      if (c % CODE_POINTS_IN_A_TEXT == CODE_POINTS_IN_A_TEXT - 1) {
        texts.add(text.toString());
        text.setLength(0);
      }
    }
    return texts;
  }

  private void assertSame(List<String> texts) {
    assertThat(texts).isNotEmpty();
    List<String> differing = new ArrayList<>();
    for (int from = 0; from < texts.size(); from += BATCH) {
      List<String> batch = texts.subList(from, Math.min(from + BATCH, texts.size()));
      Encoding[] expected = reference.batchEncode(batch);
      for (int i = 0; i < expected.length; i++) {
        int[] wanted = Arrays.stream(expected[i].getIds()).mapToInt(Math::toIntExact).toArray();
        if (!Arrays.equals(wanted, Models.ids(ours, batch.get(i), tokens))) {
          differing.add(batch.get(i));
        }
      }
    }
    assertThat(differing).as("texts with other ids, of %s", texts.size()).isEmpty();
  }
}

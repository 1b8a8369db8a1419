package io.logsense.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.logsense.api.embed.TextLimit;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordPieceTokenizerTest {
  private static final Map<String, Integer> VOCABULARY = Models.vocabulary(OnnxModel.bgeSmall());
  private static final WordPieceTokenizer TOKENIZER = Models.tokenizer(5_000, 5_000);
  private static final String[] PIECES = new String[VOCABULARY.size()];

  static {
    VOCABULARY.forEach((piece, id) -> PIECES[id] = piece);
  }

  private final WordPieceTokenizer.Tokens tokens = new WordPieceTokenizer.Tokens();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Connection refused | connection refused",
        "NullPointerException | null ##point ##ere ##x ##ception",
        "a.b(C.java:42) | a . b ( c . java : 42 )",
        "Ångström naïve CAFÉ | ang ##strom naive cafe",
        "İstanbul | istanbul",
        "x≠y | x = y",
        "東京 | 東 京",
        "état d'urgence | etat d ' urge ##nce",
        "soft\u00ADhyphen | soft ##hy ##ph ##en",
        "zero\u200Bwidth | zero ##wi ##dt ##h",
        "a\u00A0b | a b",
        "한국 | ᄒ ##ᅡ ##ᆫ ##ᄀ ##ᅮ ##ᆨ",
        "disk 🔥 full | disk [UNK] full",
        "[CLS] [MASK] | [ cl ##s ] [ mask ]",
      })
  void splitsAsBertDoes(String text, String pieces) {
    assertThat(pieces(text)).isEqualTo(pieces);
  }

  @Test
  void textsWithNothingToReadHaveTheTwoSpecialTokensOnly() {
    for (String text :
        List.of("", " \t\r\n", "\u0000\u0007\u200B\uFEFF", "\u0301\u0302", "\uFFFD")) {
      assertThat(Models.ids(TOKENIZER, text, tokens)).containsExactly(101, 102);
    }
  }

  @Test
  void halfASurrogatePairIsLeftOut() {
    assertThat(pieces("di\uD83Dsk \uDD25full\uD83D")).isEqualTo("disk full");
  }

  @Test
  void aWordOfMoreThanAHundredLettersIsUnknown() {
    assertThat(pieces("a".repeat(100))).startsWith("aaa").doesNotContain("[UNK]");
    assertThat(pieces("a".repeat(101))).isEqualTo("[UNK]");
    assertThat(pieces("𝒳".repeat(100) + " x")).isEqualTo("[UNK] x");
  }

  @Test
  void ofALongTextTheHeadAndTheTailAreRead() {
    WordPieceTokenizer five = Models.tokenizer(3, 2);
    assertThat(Models.ids(five, "a b c d e", tokens)).containsExactly(ids("a b c d e"));
    assertThat(Models.ids(five, "a b c d e f g", tokens)).containsExactly(ids("a b c f g"));
  }

  @Test
  void aHugeTextIsCutInTheMiddleBeforeItIsRead() {
    WordPieceTokenizer five = Models.tokenizer(3, 2);
    for (String filler :
        List.of("x", " ", "é", "\u0316\u0301", "\uD834\uDD65\uD834\uDD6D", "東", "한")) {
      String text = "first " + filler.repeat(3_000_000) + " last one";
      assertThat(Models.ids(five, text, tokens))
          .startsWith(101, ids("first")[1])
          .hasSizeLessThan(8);
      assertThat(tokens.id(tokens.count() - 2)).isEqualTo(ids("one")[1]);
    }
  }

  @Test
  void readingPlainTextAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    String text = "2026-11-21 ERROR com.shop.Cart - no price for item 4711, größer ".repeat(5);
    for (int i = 0; i < 20_000; i++) {
      TOKENIZER.encode(text, tokens);
    }
    long before = threads.getThreadAllocatedBytes(self);
    for (int i = 0; i < 1_000; i++) {
      TOKENIZER.encode(text, tokens);
    }
    assertThat(threads.getThreadAllocatedBytes(self) - before).isLessThan(1_000);
  }

  @Test
  void theLongestPieceWinsAndEveryPieceIsFound() {
    List<String> wrong = new ArrayList<>();
    int[] out = new int[64];
    WordPieces pieces = new WordPieces(VOCABULARY);
    VOCABULARY.forEach(
        (piece, id) -> {
          if (!piece.startsWith("##")) {
            int count = pieces.split(piece.toCharArray(), piece.length(), out, 0);
            if (count != 1 || out[0] != id) {
              wrong.add(piece);
            }
          }
        });
    assertThat(wrong).isEmpty();
  }

  @Test
  void aVocabularyWithoutTheSpecialPiecesIsRefused() {
    TextLimit limit = new TextLimit(3, 2, TextLimit.Unit.TOKENS);
    assertThatThrownBy(() -> new WordPieceTokenizer(Map.of("a", 0, "[UNK]", 1), limit))
        .hasMessageContaining("[CLS]");
  }

  private int[] ids(String words) {
    return Stream.of(("[CLS] " + words + " [SEP]").split(" ")).mapToInt(VOCABULARY::get).toArray();
  }

  private String pieces(String text) {
    int[] ids = Models.ids(TOKENIZER, text, tokens);
    List<String> pieces = new ArrayList<>();
    for (int i = 1; i < ids.length - 1; i++) {
      pieces.add(PIECES[ids[i]]);
    }
    return String.join(" ", pieces);
  }
}

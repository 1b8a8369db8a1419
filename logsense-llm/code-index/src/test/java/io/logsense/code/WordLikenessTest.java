package io.logsense.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordLikenessTest {
  private static final String SOURCE =
      """
      package com.shop;
      class Voucher {
        /** Redeems a voucher once. */
        int redeem(String code) {
          return lookUp(code);
        }
        int total(int[] cents) {
          return add(cents);
        }
        int add(int[] cents) {
          return cents.length;
        }
      }
      """;

  @Test
  void wordsAreCutWhereACapitalBeginsOneAndKnowNeitherCaseNorPlural() {
    WordSet words = WordSet.of(List.of("parseXMLNames"));
    assertThat(words.size()).isEqualTo(3);
    assertThat(List.of(words.word(0), words.word(1), words.word(2)))
        .containsExactly("parse", "xml", "name");
    assertThat(found(words, "The NAME was of no use")).isEqualTo(0b100);
    assertThat(found(words, "readXml, then Parse it")).isEqualTo(0b011);
    assertThat(found(words, "parser of renamed xmls_")).isEqualTo(0b010);
    assertThat(found(words, "")).isZero();
  }

  @Test
  void wordsThatNoBitIsLeftForAreForgotten() {
    List<String> many =
        IntStream.range(0, 100)
            .mapToObj(i -> "word" + (char) ('a' + i / 26) + (char) ('a' + i % 26) + "x")
            .toList();
    WordSet words = WordSet.of(many);
    assertThat(words.size()).isEqualTo(WordSet.MOST_WORDS);
    assertThat(found(words, many.get(WordSet.MOST_WORDS - 1))).isEqualTo(1L << 63);
    assertThat(found(words, many.get(WordSet.MOST_WORDS))).isZero();
  }

  @Test
  void theBlockWithTheRarerWordsIsTheLiker() throws IOException {
    TableIndex index =
        (TableIndex)
            CodeIndexer.standard()
                .index(new MemoryTree().with("src/com/shop/Voucher.java", SOURCE))
                .index();
    WordLikeness likeness =
        new WordLikeness(index.table(), WordSet.of(List.of("Voucher", "redeem", "cents")));
    assertThat(likeness.of(0)).isGreaterThan(likeness.of(1)).isPositive();
    assertThat(likeness.shared(0)).isEqualTo("redeem, voucher");
    assertThat(new WordLikeness(index.table(), WordSet.of(List.of())).of(0)).isZero();
  }

  private static long found(WordSet words, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return words.in(utf8, 0, utf8.length);
  }
}

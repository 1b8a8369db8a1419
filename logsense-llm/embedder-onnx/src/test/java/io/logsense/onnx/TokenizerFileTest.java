package io.logsense.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerFileTest {
  private static final String FILE =
      """
      {"normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
        "strip_accents": null, "lowercase": true},
       "pre_tokenizer": {"type": "BertPreTokenizer"},
       "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
        "max_input_chars_per_word": 100, "vocab": {"[UNK]": 0, "type": 1, "##s": 2}}}
      """;

  @Test
  void givesTheVocabulary() throws IOException {
    assertThat(TokenizerFile.vocabulary(stream(FILE)))
        .hasSize(3)
        .containsEntry("type", 1)
        .containsEntry("##s", 2);
  }

  @Test
  void bothModelsHaveTheSameVocabulary() {
    assertThat(Models.vocabulary(OnnxModel.bgeSmall()))
        .hasSize(30_522)
        .isEqualTo(Models.vocabulary(OnnxModel.miniLm()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"WordPiece\" | \"Unigram\" | /model/type",
        "\"lowercase\": true | \"lowercase\": false | /normalizer/lowercase",
        "\"strip_accents\": null | \"strip_accents\": false | /normalizer/strip_accents",
        "\"BertPreTokenizer\" | \"Whitespace\" | /pre_tokenizer/type",
        "\"[UNK]\": 0, \"type\": 1, \"##s\": 2 | '' | /model/vocab",
      })
  void refusesOtherKindsOfTokenizers(String part, String other, String place) {
    assertThat(FILE).contains(part);
    assertThatThrownBy(() -> TokenizerFile.vocabulary(stream(FILE.replace(part, other))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(place);
  }

  @Test
  void refusesWhatIsNoJson() {
    assertThatThrownBy(() -> TokenizerFile.vocabulary(stream("\u0000\u0001 model")))
        .isInstanceOf(IOException.class);
  }

  private static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}

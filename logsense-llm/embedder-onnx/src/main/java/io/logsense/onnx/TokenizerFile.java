package io.logsense.onnx;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code tokenizer.json} that comes with a model: its vocabulary, after a check of its kind.
 */
final class TokenizerFile {
  private static final String VOCABULARY = "/model/vocab";

  /** What the file must say, by JSON pointer, for {@link WordPieceTokenizer} to give its ids. */
  private static final Map<String, String> REQUIRED =
      Map.of(
          "/model/type", "WordPiece",
          "/model/unk_token", "[UNK]",
          "/model/continuing_subword_prefix", "##",
          "/model/max_input_chars_per_word", String.valueOf(WordPieceTokenizer.MAX_WORD),
          "/normalizer/type", "BertNormalizer",
          "/normalizer/clean_text", "true",
          "/normalizer/handle_chinese_chars", "true",
          "/normalizer/lowercase", "true",
          "/pre_tokenizer/type", "BertPreTokenizer");

  private TokenizerFile() {}

  /**
   * From pieces to ids.
   *
   * @throws IOException when the file cannot be read or asks for another kind of tokenizer
   */
  static Map<String, Integer> vocabulary(InputStream in) throws IOException {
    JsonFactory json =
        JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build();
    Map<String, Integer> vocabulary = new HashMap<>();
    Map<String, String> settings = new HashMap<>();
    try (JsonParser parser = json.createParser(in)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        String place = parser.getParsingContext().pathAsPointer().toString();
        if (token == JsonToken.START_OBJECT && place.equals(VOCABULARY)) {
          readVocabulary(parser, vocabulary);
        } else if (token.isScalarValue()) {
          settings.put(place, parser.getText());
        }
      }
    }
    check(settings);
    if (vocabulary.isEmpty()) {
      throw new IOException("it has no " + VOCABULARY);
    }
    return vocabulary;
  }

  private static void readVocabulary(JsonParser parser, Map<String, Integer> vocabulary)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String piece = parser.currentName();
      parser.nextToken();
      vocabulary.put(piece, parser.getIntValue());
    }
  }

  private static void check(Map<String, String> settings) throws IOException {
    for (Map.Entry<String, String> required : REQUIRED.entrySet()) {
      String found = settings.get(required.getKey());
      if (!required.getValue().equals(found)) {
        throw new IOException(differs(required.getKey(), required.getValue(), found));
      }
    }
    if ("false".equals(settings.get("/normalizer/strip_accents"))) {
      throw new IOException(differs("/normalizer/strip_accents", "true", "false"));
    }
  }

  private static String differs(String place, String wanted, @Nullable String found) {
    return place + " is " + found + "; only uncased BERT tokenizers are read, with " + wanted;
  }
}

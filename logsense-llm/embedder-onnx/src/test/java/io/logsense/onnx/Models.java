package io.logsense.onnx;

import io.logsense.api.embed.TextLimit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/** What tests read from the models' artifacts. */
final class Models {
  private Models() {}

  static InputStream open(String resource) {
    return Objects.requireNonNull(Models.class.getClassLoader().getResourceAsStream(resource));
  }

  static Map<String, Integer> vocabulary(OnnxModel model) {
    try (InputStream in = open(model.tokenizer())) {
      return TokenizerFile.vocabulary(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static WordPieceTokenizer tokenizer(int head, int tail) {
    return new WordPieceTokenizer(
        vocabulary(OnnxModel.bgeSmall()), new TextLimit(head, tail, TextLimit.Unit.TOKENS));
  }

  static int[] ids(WordPieceTokenizer tokenizer, String text, WordPieceTokenizer.Tokens tokens) {
    tokenizer.encode(text, tokens);
    int[] ids = new int[tokens.count()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = tokens.id(i);
    }
    return ids;
  }
}

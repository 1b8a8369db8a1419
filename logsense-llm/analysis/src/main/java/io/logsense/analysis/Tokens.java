package io.logsense.analysis;

/**
 * How many tokens a text has, without the model's tokenizer. A token of the tokenizers in use
 * (byte-level BPE, WordPiece, unigram) stands for at least one byte of UTF-8; in text and code like
 * ours for more than three.
 */
final class Tokens {
  /** What the form of a chat adds to its texts. */
  static final int FRAME = 64;

  private Tokens() {}

  /** No model counts more. */
  static long atMost(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes;
  }

  /** About how many there are; rather more. */
  static long about(String text) {
    return (atMost(text) + 2) / 3;
  }
}

package io.logsense.onnx;

import static io.logsense.onnx.CharacterTable.ALONE;
import static io.logsense.onnx.CharacterTable.BLANK;
import static io.logsense.onnx.CharacterTable.LEFT_OUT;
import static io.logsense.onnx.CharacterTable.LETTER;

import io.logsense.api.embed.TextLimit;
import java.util.Arrays;
import java.util.Map;

/**
 * Texts to token ids as uncased BERT models want them: the basic tokenizer and greedy WordPiece of
 * Devlin et al., "BERT" (NAACL 2019). Immutable; used by many threads.
 *
 * <p>Linear in the text. The ids are those of the reference tokenizer, but for two things that keep
 * a text from steering the model: {@code [CLS]}, {@code [SEP]}, {@code [MASK]} and the like in a
 * text are plain characters, not special tokens; and of a text past the limit the head and the tail
 * are read.
 */
final class WordPieceTokenizer {
  /** A longer word is unknown as a whole, as in the reference. In code points. */
  static final int MAX_WORD = 100;

  /**
   * Of a longer text the first three quarters and the last quarter of so many UTF-16 units are
   * tokenized. That bounds the work, and changes the result only of texts in which that much makes
   * fewer tokens than the limit, such as one with kilobytes of blanks.
   */
  static final int MAX_CHARACTERS = 1 << 16;

  private final WordPieces pieces;
  private final TextLimit limit;
  private final int unknown;
  private final int first;
  private final int last;

  /**
   * A tokenizer over {@code vocabulary}, from pieces to ids.
   *
   * @throws IllegalArgumentException when {@code [UNK]}, {@code [CLS]} or {@code [SEP]} is missing
   */
  WordPieceTokenizer(Map<String, Integer> vocabulary, TextLimit limit) {
    pieces = new WordPieces(vocabulary);
    this.limit = limit;
    unknown = special(vocabulary, "[UNK]");
    first = special(vocabulary, "[CLS]");
    last = special(vocabulary, "[SEP]");
  }

  private static int special(Map<String, Integer> vocabulary, String piece) {
    Integer id = vocabulary.get(piece);
    if (id == null) {
      throw new IllegalArgumentException("the vocabulary has no " + piece);
    }
    return id;
  }

  /** The ids of one text after another, and the space to find them; of one thread. */
  static final class Tokens {
    private int[] ids = new int[512];
    private int count;
    private final char[] word = new char[2 * MAX_WORD];
    private int length;
    private int codePoints;

    /** How many ids the text has. */
    int count() {
      return count;
    }

    /** The id at {@code at}, less than {@link #count}. */
    int id(int at) {
      return ids[at];
    }

    private void letter(char c) {
      if (++codePoints <= MAX_WORD) {
        word[length++] = c;
      }
    }

    private void letter(int codePoint) {
      if (++codePoints <= MAX_WORD) {
        length += Character.toChars(codePoint, word, length);
      }
    }

    private void add(int id) {
      if (count == ids.length) {
        ids = Arrays.copyOf(ids, 2 * count);
      }
      ids[count++] = id;
    }
  }

  /** Puts the ids of {@code text}, between {@code [CLS]} and {@code [SEP]}, into {@code out}. */
  void encode(String text, Tokens out) {
    out.count = 0;
    out.add(first);
    if (text.length() <= MAX_CHARACTERS) {
      encode(text, 0, text.length(), out);
    } else {
      encode(text, 0, MAX_CHARACTERS / 4 * 3, out);
      encode(text, text.length() - MAX_CHARACTERS / 4, text.length(), out);
    }
    int surplus = out.count - 1 - limit.total();
    if (surplus > 0) {
      int tail = 1 + limit.head() + surplus;
      System.arraycopy(out.ids, tail, out.ids, 1 + limit.head(), limit.tail());
      out.count -= surplus;
    }
    out.add(last);
  }

  /** Hot loop: written for speed. */
  private void encode(String text, int from, int to, Tokens out) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      char folded = CharacterTable.folded(c);
      if (folded > LETTER) {
        out.letter(folded);
      } else if (folded == BLANK) {
        endWord(out);
      } else if (folded == ALONE) {
        endWord(out);
        out.letter(c);
        endWord(out);
      } else if (folded == LETTER) {
        decompose(c, CharacterTable.kind(c), out);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < to
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        int codePoint = Character.toCodePoint(c, text.charAt(i));
        decompose(codePoint, CharacterTable.kind(codePoint), out);
      }
    }
    endWord(out);
  }

  private void decompose(int codePoint, char kind, Tokens out) {
    if (kind == LEFT_OUT) {
      return;
    }
    if (kind != LETTER) {
      endWord(out);
    }
    if (kind != BLANK) {
      CharacterTable.decomposed(codePoint).codePoints().forEach(part -> addPart(part, out));
    }
    if (kind != LETTER) {
      endWord(out);
    }
  }

  private void addPart(int part, Tokens out) {
    char kind = CharacterTable.kind(part);
    if (kind == LETTER) {
      out.letter(part);
    } else if (kind == ALONE) {
      endWord(out);
      out.letter(part);
      endWord(out);
    }
  }

  private void endWord(Tokens out) {
    if (out.codePoints == 0) {
      return;
    }
    if (out.count + out.length > out.ids.length) {
      out.ids = Arrays.copyOf(out.ids, Math.max(2 * out.count, out.count + out.length));
    }
    int found =
        out.codePoints > MAX_WORD
            ? WordPieces.NONE
            : pieces.split(out.word, out.length, out.ids, out.count);
    if (found == WordPieces.NONE) {
      out.ids[out.count] = unknown;
      found = 1;
    }
    out.count += found;
    out.length = 0;
    out.codePoints = 0;
  }
}

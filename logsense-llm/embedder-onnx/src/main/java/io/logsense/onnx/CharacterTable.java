package io.logsense.onnx;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What uncased BERT makes of each character: left out, a blank, a word of its own or a letter, and
 * which letters a letter is folded to (canonical decomposition, marks removed, lower case).
 *
 * <p>The kinds are a fixed table, so that ids do not change with the Unicode version of the JDK.
 * Decomposition and lower case do come from the JDK: they never change for a character that exists,
 * and vocabularies hold no younger ones.
 */
final class CharacterTable {
  /** The character is left out. */
  static final char LEFT_OUT = 0;

  /** The character ends a word. */
  static final char BLANK = 1;

  /** The character is a word, as it stands. */
  static final char ALONE = 2;

  /** As a kind: the character is part of a word. In {@link #folded}: it is not one letter. */
  static final char LETTER = 3;

  private static final String RESOURCE = "characters.txt";
  private static final int BASIC_PLANE = 0x10000;

  /** First code points of ranges of one kind, ascending and without a gap. */
  private static final int[] FIRST;

  private static final char[] KIND;
  private static final char[] FOLDED = new char[BASIC_PLANE];

  static {
    Map<Integer, Character> kinds = new TreeMap<>();
    kinds.put(0, LETTER);
    read(kinds);
    FIRST = kinds.keySet().stream().mapToInt(Integer::intValue).toArray();
    KIND = new char[FIRST.length];
    for (int i = 0; i < FIRST.length; i++) {
      KIND[i] = kinds.getOrDefault(FIRST[i], LETTER);
    }
    for (int c = 0; c < BASIC_PLANE; c++) {
      FOLDED[c] = fold(c);
    }
  }

  private CharacterTable() {}

  /**
   * For a UTF-16 unit that is not a surrogate: the one letter that it is folded to, or one of the
   * four constants, which are below all letters. {@link #LETTER} says to take {@link #decomposed}.
   */
  static char folded(char c) {
    return FOLDED[c];
  }

  /** One of the four constants. */
  static char kind(int codePoint) {
    int at = Arrays.binarySearch(FIRST, codePoint);
    return KIND[at < 0 ? -at - 2 : at];
  }

  /** The canonical decomposition in lower case; marks are still in it. */
  static String decomposed(int codePoint) {
    String parts = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFD);
    return parts
        .codePoints()
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static char fold(int c) {
    char kind = kind(c);
    if (kind == LEFT_OUT || kind == BLANK) {
      return kind;
    }
    String parts = decomposed(c);
    char only = LEFT_OUT;
    for (int i = 0; i < parts.length(); i++) {
      if (kind(parts.charAt(i)) != LEFT_OUT) {
        if (only != LEFT_OUT) {
          return LETTER;
        }
        only = parts.charAt(i);
      }
    }
    if (kind == ALONE) {
      return only == c ? ALONE : LETTER;
    }
    return only == LEFT_OUT || kind(only) == LETTER ? only : LETTER;
  }

  private static void read(Map<Integer, Character> kinds) {
    try (InputStream in = CharacterTable.class.getResourceAsStream(RESOURCE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(Objects.requireNonNull(in), US_ASCII))) {
      char kind = LETTER;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        switch (line) {
          case "[left out]" -> kind = LEFT_OUT;
          case "[blank]" -> kind = BLANK;
          case "[alone]" -> kind = ALONE;
          default -> {
            if (!line.startsWith("#")) {
              readRanges(line, kind, kinds);
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void readRanges(String line, char kind, Map<Integer, Character> kinds) {
    for (String range : line.split(" ")) {
      String[] ends = range.split("-");
      kinds.put(Integer.parseInt(ends[0], 16), kind);
      kinds.putIfAbsent(Integer.parseInt(ends[ends.length - 1], 16) + 1, LETTER);
    }
  }
}

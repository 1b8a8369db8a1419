package io.logsense.code;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the literal of a source text in a message that was made with it.
 *
 * <p>A literal is cut where values go: <code>{}</code>, <code>{0}</code>, {@code %s}. Its pieces
 * must stand in the message in their order. Cost: linear in the message for each piece.
 */
final class MessageText {
  /** Fewer letters than these in common say nothing. */
  static final int FEWEST_LETTERS = 8;

  /** The key of a literal that every message is compared with. */
  static final int NO_KEY = 0;

  private static final int LONGEST_PLACEHOLDER = 24;

  private MessageText() {}

  /** How many letters of a literal's pieces stand in {@code message}; 0 when a piece is missing. */
  static int lettersInCommon(List<String> pieces, String message) {
    int letters = 0;
    int from = 0;
    for (String piece : pieces) {
      int at = message.indexOf(piece, from);
      if (at < 0) {
        return 0;
      }
      from = at + piece.length();
      letters += letters(piece);
    }
    return letters >= FEWEST_LETTERS ? letters : 0;
  }

  /** The constant pieces of a literal, without blanks around them. */
  static List<String> pieces(String literal) {
    List<String> pieces = new ArrayList<>();
    int start = 0;
    int at = 0;
    while (at < literal.length()) {
      int end = endOfPlaceholder(literal, at);
      if (end > at) {
        add(pieces, literal.substring(start, at));
        start = end;
        at = end;
      } else {
        at++;
      }
    }
    add(pieces, literal.substring(start));
    return pieces;
  }

  /**
   * The hash of a word that a message made with {@code literal} must have: its longest one that has
   * other text on both sides. {@link #NO_KEY} when it has none.
   */
  static int key(String literal) {
    int longest = 0;
    int key = NO_KEY;
    for (String piece : pieces(literal)) {
      for (int start = 1; start < piece.length(); start++) {
        int end = endOfWord(piece, start);
        boolean isInside = end < piece.length() && !Character.isLetter(piece.charAt(start - 1));
        if (isInside && end - start > longest) {
          longest = end - start;
          key = piece.substring(start, end).hashCode();
        }
        start = Math.max(start, end);
      }
    }
    return key;
  }

  /** The hashes of all words. */
  static Set<Integer> words(String message) {
    Set<Integer> words = new HashSet<>();
    for (int start = 0; start < message.length(); start++) {
      int end = endOfWord(message, start);
      if (end > start) {
        words.add(message.substring(start, end).hashCode());
        start = end;
      }
    }
    return words;
  }

  private static int endOfWord(String text, int start) {
    int end = start;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Number of letters. */
  static int letters(String text) {
    int letters = 0;
    for (int i = 0; i < text.length(); i++) {
      letters += Character.isLetter(text.charAt(i)) ? 1 : 0;
    }
    return letters;
  }

  private static void add(List<String> pieces, String piece) {
    String kept = piece.strip();
    if (!kept.isEmpty()) {
      pieces.add(kept);
    }
  }

  /** Where the placeholder at {@code at} ends; {@code at} when there is none. */
  private static int endOfPlaceholder(String text, int at) {
    char c = text.charAt(at);
    int end = at + 1;
    if (c == '{') {
      int close = text.indexOf('}', at);
      return close >= 0 && close - at <= LONGEST_PLACEHOLDER ? close + 1 : at;
    }
    if (c != '%') {
      return at;
    }
    while (end < text.length() && "0123456789$.,-+#( ".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    boolean isConversion =
        end < text.length() && "bhscdoxefgatnBHSCXEGAT%".indexOf(text.charAt(end)) >= 0;
    return isConversion ? end + 1 : at;
  }
}

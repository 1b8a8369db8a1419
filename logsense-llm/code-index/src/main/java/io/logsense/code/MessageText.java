package io.logsense.code;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the literal of a source text in a message that was made with it.
 *
 * <p>A literal is cut where values go: <code>{}</code>, <code>{0}</code>, {@code %s}. Its pieces
 * must stand in the message in their order. Cost: linear in the message for each piece.
 */
final class MessageText {
  /** Fewer letters than these in common say nothing. */
  static final int FEWEST_LETTERS = 8;

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

package io.logsense.duckdb;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Texts of pieces that are hard to search: few enough to meet again, and cut anywhere. */
final class HostileTexts {
  private static final List<String> PIECES =
      List.of(
          "a",
          "B",
          "bC",
          "needle",
          "NEEDLE",
          " ",
          "  ",
          "0",
          "12",
          "4567",
          "10.2.33.4",
          "-",
          "_",
          "%",
          "\\",
          "'",
          "\0",
          "\n",
          "\t",
          "\u007F",
          "\u00C4",
          "\u00E4",
          "\u00DF",
          "\u0130",
          "\u0131",
          "\u212A",
          "k",
          "\u017F",
          "\u8FDE\u63A5",
          "\uD83D\uDD25",
          "\uD83D",
          "\uDD25",
          "e\u0301",
          "\u202E",
          "\uFEFF",
          "\uFFFD",
          "\uFFFF",
          "\u0661",
          "dead",
          "beef",
          "id=",
          "?");

  private HostileTexts() {}

  static String next(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(9); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  /** As the store keeps it: half of a surrogate pair is a question mark. */
  static String kept(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /** Whether a text is in another, ASCII letters of either case alike. */
  static boolean contains(String text, String part) {
    return folded(kept(text)).contains(folded(kept(part)));
  }

  private static String folded(String text) {
    StringBuilder folded = new StringBuilder();
    for (char c : text.toCharArray()) {
      folded.append(c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c);
    }
    return folded.toString();
  }
}

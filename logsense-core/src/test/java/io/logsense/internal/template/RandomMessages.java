package io.logsense.internal.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Messages of a made-up program: a few texts of three to nine words, in some of which a number or
 * one of several words stands. Texts share words, so that templates widen and become one.
 */
final class RandomMessages {
  private final Random random;
  private final List<String[][]> texts = new ArrayList<>();

  RandomMessages(int seed) {
    random = new Random(seed);
    for (int i = 0; i < 12; i++) {
      String[][] text = new String[3 + random.nextInt(7)][];
      for (int position = 0; position < text.length; position++) {
        int kind = random.nextInt(5);
        text[position] = kind == 0 ? new String[] {"#"} : words(kind == 1 ? 14 : 1);
      }
      texts.add(text);
      if (i % 3 == 0) {
        String[][] other = text.clone();
        other[random.nextInt(other.length)] = words(2);
        texts.add(other);
      }
    }
  }

  private String[] words(int most) {
    String[] words = new String[1 + random.nextInt(most)];
    for (int i = 0; i < words.length; i++) {
      words[i] =
          ""
              + "bdfgklmnprst".charAt(random.nextInt(12))
              + "aeiou".charAt(random.nextInt(5))
              + "bdfgklmnprst".charAt(random.nextInt(12))
              + (random.nextInt(4) == 0 ? "ed" : random.nextInt(6) == 0 ? ".x" : "");
    }
    return words;
  }

  String next() {
    StringBuilder out = new StringBuilder();
    for (String[] choice : texts.get(random.nextInt(texts.size()))) {
      String word = choice[random.nextInt(choice.length)];
      out.append(out.isEmpty() ? "" : " ");
      out.append(word.equals("#") ? Integer.toString(random.nextInt(100_000)) : word);
    }
    return out.toString();
  }
}

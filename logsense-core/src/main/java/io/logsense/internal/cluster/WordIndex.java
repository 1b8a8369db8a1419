package io.logsense.internal.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How many of a question's words a text has, rare words counting more (inverse document frequency;
 * Spärck Jones 1972). Words are runs of letters and digits, and the parts of names such as {@code
 * OrderService}. Not thread-safe.
 */
final class WordIndex {
  private final Map<String, Set<String>> wordsById = new HashMap<>();
  private final Map<String, Integer> frequency = new HashMap<>();

  /** Adds a text; one that is there already stays. */
  void add(String id, String text) {
    if (!wordsById.containsKey(id)) {
      Set<String> words = words(text);
      wordsById.put(id, words);
      words.forEach(word -> frequency.merge(word, 1, Integer::sum));
    }
  }

  /** Forgets all texts. */
  void clear() {
    wordsById.clear();
    frequency.clear();
  }

  /** A question to this index as it is now. */
  Question ask(String question) {
    return new Question(words(question));
  }

  /** The words of a question with their weights. */
  final class Question {
    private final Map<String, Double> weights = new HashMap<>();
    private double total;

    private Question(Set<String> words) {
      for (String word : words) {
        double share = (1.0 + wordsById.size()) / (1 + frequency.getOrDefault(word, 0));
        double weight = StrictMath.log(1 + share);
        weights.put(word, weight);
        total += weight;
      }
    }

    /** The weighted share of the words that the text of {@code id} has, in [0, 1]. */
    double score(String id) {
      Set<String> words = wordsById.getOrDefault(id, Set.of());
      double found = 0;
      for (Map.Entry<String, Double> entry : weights.entrySet()) {
        found += words.contains(entry.getKey()) ? entry.getValue() : 0;
      }
      return total == 0 ? 0 : found / total;
    }
  }

  private static Set<String> words(String text) {
    Set<String> words = new HashSet<>();
    for (String run : runs(text)) {
      words.add(run.toLowerCase(Locale.ROOT));
      int start = 0;
      for (int i = 1; i <= run.length(); i++) {
        if (i == run.length()
            || (Character.isUpperCase(run.charAt(i))
                && !Character.isUpperCase(run.charAt(i - 1)))) {
          words.add(run.substring(start, i).toLowerCase(Locale.ROOT));
          start = i;
        }
      }
    }
    return words;
  }

  private static List<String> runs(String text) {
    List<String> runs = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean inside = i < text.length() && Character.isLetterOrDigit(text.charAt(i));
      if (inside && start < 0) {
        start = i;
      } else if (!inside && start >= 0) {
        runs.add(text.substring(start, i));
        start = -1;
      }
    }
    return runs;
  }
}

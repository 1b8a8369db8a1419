package io.logsense.internal.template;

import org.jspecify.annotations.Nullable;

/** One template: a combination of the texts of its group, as counted so far. */
final class Learned {
  final int number;

  /** 64-bit hash of the masked line that founded it. */
  final long founder;

  final String id;

  /** Null for the catch-all. */
  @Nullable Group group;

  /** Token hashes; {@link MaskedLine#VARIABLE} where the group has a wildcard. */
  final long[] tokens;

  /** Token texts, each with the space in front of it. Replaced, never changed in place. */
  String[] words;

  /** Hash of each token as shown, 0 once several were seen. */
  final long[] shown;

  long count;

  /** The template that this one became part of, or itself. */
  Learned successor = this;

  private @Nullable String text;
  private boolean @Nullable [] variable;

  Learned(
      int number,
      long founder,
      @Nullable Group group,
      long[] tokens,
      String[] words,
      long[] shown) {
    this.number = number;
    this.founder = founder;
    this.id = id(founder);
    this.group = group;
    this.tokens = tokens;
    this.words = words;
    this.shown = shown;
  }

  static String id(long founder) {
    char[] digits = new char[20];
    "tm1:".getChars(0, 4, digits, 0);
    for (int i = 0; i < 16; i++) {
      digits[4 + i] = Character.forDigit((int) (founder >>> (60 - 4 * i)) & 15, 16);
    }
    return new String(digits);
  }

  /** Who answers for this template now. */
  Learned current() {
    Learned end = this;
    while (end.successor != end) {
      end = end.successor;
    }
    Learned step = this;
    while (step.successor != end) {
      Learned next = step.successor;
      step.successor = end;
      step = next;
    }
    return end;
  }

  /** Blanks the positions that became wildcards. */
  void widen(boolean[] wild) {
    for (int i = 0; i < tokens.length; i++) {
      if (wild[i] && (tokens[i] != MaskedLine.VARIABLE || shown[i] != 0)) {
        tokens[i] = MaskedLine.VARIABLE;
        generalize(i, wildcard(words[i]));
      }
    }
  }

  /** Takes in the count and the words of a template with the same tokens, which it replaces. */
  void absorb(Learned other) {
    for (int i = 0; i < tokens.length; i++) {
      if (shown[i] != 0 && shown[i] != other.shown[i]) {
        generalize(i, other.shown[i] == 0 ? other.words[i] : wildcard(words[i]));
      }
    }
    count += other.count;
    other.successor = this;
    other.group = null;
  }

  /** From now on position {@code i} reads {@code word}, whatever comes. */
  void generalize(int i, String word) {
    String[] changed = words.clone();
    changed[i] = word;
    words = changed;
    shown[i] = 0;
    text = null;
    variable = null;
  }

  /** {@code <*>} with the space in front and the separator behind {@code word}. */
  private static String wildcard(String word) {
    int from = word.startsWith(" ") ? 1 : 0;
    int to = word.length();
    while (to > from && ",;:.".indexOf(word.charAt(to - 1)) >= 0) {
      to--;
    }
    return word.substring(0, from) + "<*>" + word.substring(to);
  }

  /** Whether each position is shown as a variable, as of now; never changed in place. */
  boolean[] variable() {
    boolean[] known = variable;
    if (known == null) {
      known = new boolean[tokens.length];
      for (int i = 0; i < known.length; i++) {
        known[i] = shown[i] == 0;
      }
      variable = known;
    }
    return known;
  }

  /** The words, with neighbouring wildcards written once. */
  String text() {
    String known = text;
    if (known == null) {
      StringBuilder out = new StringBuilder();
      boolean wildcard = false;
      for (String word : words) {
        boolean bare = word.strip().equals("<*>");
        if (!(bare && wildcard)) {
          out.append(word);
        }
        wildcard = bare;
      }
      known = out.toString();
      text = known;
    }
    return known;
  }
}

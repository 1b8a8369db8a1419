package io.logsense;

/**
 * What two lines have in common, with {@value #VARIABLE} where they differ. Takes time linear in
 * their length.
 *
 * <p>Words are compared one by one. Of two words that differ, what they begin and end with alike
 * stays, up to a character that is no letter or digit: {@code id=7,} and {@code id=81,} give {@code
 * id=<*>,}. Lines of different numbers of words keep the words that they begin and end with.
 */
final class VaryingText {
  static final String VARIABLE = "<*>";

  private VaryingText() {}

  /** The common form of a line that may have variables already, and of another line. */
  static String common(String known, String other) {
    if (known.equals(other)) {
      return known;
    }
    String[] left = known.split(" ", -1);
    String[] right = other.split(" ", -1);
    return left.length == right.length ? wordByWord(left, right) : ends(left, right);
  }

  private static String wordByWord(String[] left, String[] right) {
    String[] words = new String[left.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = left[i].equals(right[i]) ? left[i] : word(left[i], right[i]);
    }
    return String.join(" ", words);
  }

  private static String ends(String[] left, String[] right) {
    int shorter = Math.min(left.length, right.length);
    int front = 0;
    while (front < shorter && left[front].equals(right[front])) {
      front++;
    }
    int back = 0;
    while (back < shorter - front
        && left[left.length - 1 - back].equals(right[right.length - 1 - back])) {
      back++;
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < front; i++) {
      out.append(left[i]).append(' ');
    }
    out.append(VARIABLE);
    for (int i = left.length - back; i < left.length; i++) {
      out.append(' ').append(left[i]);
    }
    return out.toString();
  }

  private static String word(String left, String right) {
    int first = left.indexOf(VARIABLE);
    int last = first < 0 ? left.length() : left.length() - left.lastIndexOf(VARIABLE) - 3;
    int shorter = Math.min(left.length(), right.length());
    int most = first < 0 ? shorter : Math.min(first, shorter);
    int front = 0;
    for (int i = 0; i < most && left.charAt(i) == right.charAt(i); i++) {
      if (!Character.isLetterOrDigit(left.charAt(i))) {
        front = i + 1;
      }
    }
    most = Math.min(last, shorter - front);
    int back = 0;
    for (int i = 1; i <= most && at(left, i) == at(right, i); i++) {
      if (!Character.isLetterOrDigit(at(left, i))) {
        back = i;
      }
    }
    return left.substring(0, front) + VARIABLE + left.substring(left.length() - back);
  }

  private static char at(String word, int fromEnd) {
    return word.charAt(word.length() - fromEnd);
  }
}

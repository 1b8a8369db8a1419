package io.logsense.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * The difference of two short lists by their longest common subsequence (Wagner and Fischer 1974).
 *
 * <p>Time and memory are the product of the lengths, of which at most {@value #LONGEST} each count.
 */
final class LineDiff {
  private static final int LONGEST = 400;

  private LineDiff() {}

  /** Each line once, marked {@code =} in both, {@code -} left only, {@code +} right only. */
  static List<String> between(List<String> allLeft, List<String> allRight) {
    List<String> left = allLeft.subList(0, Math.min(LONGEST, allLeft.size()));
    List<String> right = allRight.subList(0, Math.min(LONGEST, allRight.size()));
    int[][] common = commonSuffixes(left, right);
    List<String> lines = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < left.size() || j < right.size()) {
      if (i < left.size() && j < right.size() && left.get(i).equals(right.get(j))) {
        lines.add("= " + left.get(i++));
        j++;
      } else if (j == right.size() || (i < left.size() && common[i + 1][j] >= common[i][j + 1])) {
        lines.add("- " + left.get(i++));
      } else {
        lines.add("+ " + right.get(j++));
      }
    }
    return lines;
  }

  private static int[][] commonSuffixes(List<String> left, List<String> right) {
    int[][] common = new int[left.size() + 1][right.size() + 1];
    for (int i = left.size() - 1; i >= 0; i--) {
      for (int j = right.size() - 1; j >= 0; j--) {
        common[i][j] =
            left.get(i).equals(right.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }
}

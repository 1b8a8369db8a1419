package io.logsense.internal.cluster;

import io.logsense.api.cluster.Difference;
import io.logsense.api.cluster.Difference.Part;
import io.logsense.api.cluster.Difference.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * The difference of two short lists by their longest common subsequence (Wagner and Fischer 1974).
 *
 * <p>Time and memory are the product of the lengths, of which at most {@value #LONGEST} each count.
 */
public final class Differences {
  private static final int LONGEST = 400;

  private Differences() {}

  /** Each item once: those only on the first side before those only on the second. */
  public static Difference between(List<String> allFirst, List<String> allSecond) {
    List<String> first = allFirst.subList(0, Math.min(LONGEST, allFirst.size()));
    List<String> second = allSecond.subList(0, Math.min(LONGEST, allSecond.size()));
    int[][] common = commonSuffixes(first, second);
    List<Part> parts = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < first.size() || j < second.size()) {
      if (i < first.size() && j < second.size() && first.get(i).equals(second.get(j))) {
        parts.add(new Part(Side.BOTH, first.get(i++)));
        j++;
      } else if (j == second.size() || (i < first.size() && common[i + 1][j] >= common[i][j + 1])) {
        parts.add(new Part(Side.FIRST, first.get(i++)));
      } else {
        parts.add(new Part(Side.SECOND, second.get(j++)));
      }
    }
    return new Difference(parts);
  }

  private static int[][] commonSuffixes(List<String> first, List<String> second) {
    int[][] common = new int[first.size() + 1][second.size() + 1];
    for (int i = first.size() - 1; i >= 0; i--) {
      for (int j = second.size() - 1; j >= 0; j--) {
        common[i][j] =
            first.get(i).equals(second.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }
}

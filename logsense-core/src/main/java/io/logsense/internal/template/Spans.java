package io.logsense.internal.template;

import java.util.Arrays;

/**
 * The variables of a line, from left to right: where they are, what they look like, their names.
 */
final class Spans {
  int count;
  int[] start = new int[64];
  int[] end = new int[64];
  int[] nameStart = new int[64];
  int[] nameEnd = new int[64];
  VariableType[] type = new VariableType[64];

  /** Counts as variable for grouping, but is shown as written until another text stands there. */
  boolean[] soft = new boolean[64];

  void add(int from, int to, VariableType looks, boolean isSoft, int keyStart, int keyEnd) {
    if (count == start.length) {
      int larger = count * 2;
      start = Arrays.copyOf(start, larger);
      end = Arrays.copyOf(end, larger);
      nameStart = Arrays.copyOf(nameStart, larger);
      nameEnd = Arrays.copyOf(nameEnd, larger);
      type = Arrays.copyOf(type, larger);
      soft = Arrays.copyOf(soft, larger);
    }
    start[count] = from;
    end[count] = to;
    nameStart[count] = keyStart;
    nameEnd[count] = Math.max(keyStart, keyEnd);
    type[count] = looks;
    soft[count] = isSoft;
    count++;
  }

  /** Whether a span is digits rather than a unit. */
  boolean isNumber(int span) {
    return type[span] == VariableType.NUMBER;
  }
}

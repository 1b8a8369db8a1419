package io.logsense.code;

import java.util.Arrays;

/**
 * The places of a column where each number stands. Takes 4 bytes a place beside the column itself,
 * and two binary searches a question.
 */
final class Postings {
  private final int[] column;

  /** By the number that stands there, then by place. */
  private final int[] places;

  /** Over a column of numbers from 0 to {@code most}, which is kept and must not change. */
  Postings(int[] column, int most) {
    this.column = column;
    int[] next = new int[most + 2];
    for (int number : column) {
      next[number + 1]++;
    }
    for (int number = 0; number <= most; number++) {
      next[number + 1] += next[number];
    }
    places = new int[column.length];
    for (int place = 0; place < column.length; place++) {
      places[next[column[place]]++] = place;
    }
  }

  /** The places of {@code number}, ascending. */
  int[] of(int number) {
    return Arrays.copyOfRange(places, first(number), first(number + 1));
  }

  /** Where the places of {@code number}, or of a larger one, begin. */
  private int first(int number) {
    int low = 0;
    int high = places.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (column[places[middle]] < number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

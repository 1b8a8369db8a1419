package io.logsense;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * What lines are numbered by where they stand, of lines that are counted as they come: a partition
 * of several files begins anew with each of them. Remembers the last {@value #MOST} files.
 */
final class LineNumbers {
  private static final int MOST = 1024;

  private record File(long first, long shift) {}

  private final ArrayDeque<File> files = new ArrayDeque<>();

  /** The line that came as the {@code count}th is line {@code number} of its file. */
  void put(long count, long number) {
    long shift = number - count;
    if (!files.isEmpty() && files.getLast().shift == shift) {
      return;
    }
    if (files.size() == MOST) {
      files.removeFirst();
    }
    files.addLast(new File(count, shift));
  }

  /** The number of the line that came as the {@code count}th; 0 when it is forgotten. */
  long of(long count) {
    for (Iterator<File> newest = files.descendingIterator(); newest.hasNext(); ) {
      File file = newest.next();
      if (file.first <= count) {
        return count + file.shift;
      }
    }
    return 0;
  }
}

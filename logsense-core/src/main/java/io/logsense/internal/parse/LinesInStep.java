package io.logsense.internal.parse;

import io.logsense.internal.text.Ascii;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a sample, walked in step: each has a position, and an element moves them all. A line
 * that does not have the element is left behind and counts no more.
 */
final class LinesInStep {
  private final Sample sample;
  private final int[] at;
  private final boolean[] left;
  private int count;

  LinesInStep(Sample sample) {
    this.sample = sample;
    at = sample.starts.clone();
    left = new boolean[sample.size];
    count = sample.size;
  }

  /** How many lines are still walked. */
  int count() {
    return count;
  }

  byte[] bytes() {
    return sample.bytes;
  }

  /** Where a line is at. */
  int position(int line) {
    return at[line];
  }

  /** Where a line is at, blanks skipped. */
  int start(int line) {
    return Ascii.skipBlanks(sample.bytes, at[line], sample.ends[line]);
  }

  int end(int line) {
    return sample.ends[line];
  }

  /** Moves every line behind {@code element}. */
  void advance(Element element) {
    for (int i = 0; i < sample.size; i++) {
      if (!left[i]) {
        int end = element.match(sample.bytes, at[i], sample.ends[i], null);
        if (end >= 0) {
          at[i] = end;
        } else {
          left[i] = true;
          count--;
        }
      }
    }
  }

  /** For how many of the lines {@code holds}. */
  int count(IntPredicate holds) {
    int hits = 0;
    for (int i = 0; i < sample.size; i++) {
      if (!left[i] && holds.test(i)) {
        hits++;
      }
    }
    return hits;
  }

  /** For which share of the lines {@code holds}. */
  double share(IntPredicate holds) {
    return count == 0 ? 0 : (double) count(holds) / count;
  }

  /** The share of the lines that have {@code element} next. */
  double shareOf(Element element) {
    return share(i -> element.match(sample.bytes, at[i], sample.ends[i], null) >= 0);
  }

  /** The share of the lines whose rest, blanks skipped, is of that shape. */
  double shareOf(Sample.LinePredicate shape) {
    return share(i -> shape.test(sample.bytes, start(i), sample.ends[i]));
  }

  /** The share of the lines that have {@code c} next, blanks skipped. */
  double shareOf(char c) {
    return share(i -> at(i, c));
  }

  /** The share of the lines whose next token is {@code token}. */
  double shareOf(String token) {
    return shareOf(
        (b, from, to) -> {
          int end = Ascii.tokenEnd(b, from, to);
          return end - from == token.length() && Ascii.startsWith(b, from, end, token);
        });
  }

  /** Whether a line has {@code c} next, blanks skipped. */
  boolean at(int line, char c) {
    int p = start(line);
    return p < sample.ends[line] && sample.bytes[p] == c;
  }

  /** The different texts that {@code text} finds in the lines; null stands for none. */
  Set<String> distinct(IntFunction<@Nullable String> text) {
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < sample.size; i++) {
      String found = left[i] ? null : text.apply(i);
      if (found != null) {
        texts.add(found);
      }
    }
    return texts;
  }

  /** Where the line is {@code tokens} tokens further, blanks skipped. */
  int behind(int line, int tokens) {
    int to = sample.ends[line];
    int p = start(line);
    for (int n = 0; n < tokens; n++) {
      p = Ascii.skipBlanks(sample.bytes, Ascii.tokenEnd(sample.bytes, p, to), to);
    }
    return p;
  }
}

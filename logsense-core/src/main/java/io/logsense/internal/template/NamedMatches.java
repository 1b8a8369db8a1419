package io.logsense.internal.template;

import io.logsense.api.template.Parameter;
import java.util.ArrayList;
import java.util.List;

/**
 * A line in which matches of the user's patterns stand, and the text that is mined in its place: a
 * wildcard for each match, which {@link Line#redacted} knows for a variable.
 */
final class NamedMatches {
  private static final int MARK = MaskedText.WILDCARD.length();

  /** What {@code [start, end)} of the line is. */
  record Match(String name, int start, int end) {
    boolean isRest() {
      return name.isEmpty();
    }
  }

  private final String line;
  private final int offset;
  private final List<Match> matches;

  /** Where the wildcard of each match begins in {@link #text}. */
  private final int[] marks;

  /** The line with its matches replaced. */
  final String text;

  /**
   * Matches in a line.
   *
   * @param offset where the line begins in its message
   * @param matches from left to right
   */
  NamedMatches(String line, int offset, List<Match> matches) {
    this.line = line;
    this.offset = offset;
    this.matches = matches;
    marks = new int[matches.size()];
    StringBuilder out = new StringBuilder(line.length());
    int copied = 0;
    for (int i = 0; i < marks.length; i++) {
      out.append(line, copied, matches.get(i).start());
      marks[i] = out.length();
      out.append(MaskedText.WILDCARD);
      copied = matches.get(i).end();
    }
    text = out.append(line, copied, line.length()).toString();
  }

  /** What the limits of a line cut off behind {@code end}. */
  static Match rest(int end) {
    return new Match("", end, end);
  }

  /** Whether the wildcard of a match is all that stands at {@code [from, to)} of the text. */
  boolean isMark(int from, int to) {
    int last = lastMarkBefore(to);
    return last >= 0 && marks[last] == from && to == from + MARK;
  }

  /** Index in the message of what stands at {@code position} of the text. */
  int inMessage(int position) {
    int last = lastMarkBefore(position);
    return offset
        + (last < 0
            ? position
            : matches.get(last).end() + Math.max(0, position - marks[last] - MARK));
  }

  /** The number of the last match whose wildcard begins before {@code position}, or -1. */
  private int lastMarkBefore(int position) {
    int low = 0;
    int high = marks.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (marks[middle] < position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  /**
   * The matches that {@code mined}, the text as it was read, goes as far as; and what was cut off,
   * unless {@code mined} says so.
   */
  List<Parameter> parameters(MaskedLine mined) {
    int limit = mined.line.offset + mined.line.length;
    Shapes shapes = new Shapes();
    List<Parameter> all = new ArrayList<>();
    for (int i = 0; i < marks.length && marks[i] + MARK <= limit; i++) {
      Match match = matches.get(i);
      if (match.isRest() && mined.isCut()) {
        break;
      }
      String value = line.substring(match.start(), match.end());
      VariableType looks = shapes.of(value.toCharArray(), 0, value.length());
      VariableType type =
          match.isRest() ? VariableType.REST : looks == null ? VariableType.TEXT : looks;
      all.add(new Parameter(match.name(), value, type.label(), offset + match.start()));
    }
    return all;
  }
}

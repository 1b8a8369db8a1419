package io.logsense.api.analysis;

import io.logsense.api.code.Candidate;
import java.util.List;

/**
 * A candidate with its source code.
 *
 * @param candidate the block in which the problem may start, and why
 * @param firstLine number of the first of the lines, 1-based
 * @param lines lines of the block as they stand in the file, those around the candidate's line when
 *     the block is long; empty when the source is not at hand
 */
public record Snippet(Candidate candidate, int firstLine, List<String> lines) {
  /** Lines of a block that are kept at most. */
  public static final int MOST_LINES = 80;

  /** Characters of a line that are kept at most. */
  static final int MOST_CHARACTERS = 300;

  /** Copies the list. */
  public Snippet {
    lines = List.copyOf(lines);
  }

  /** The lines of {@code candidate} in the text of its file, at most {@value #MOST_LINES}. */
  static Snippet of(Candidate candidate, String file) {
    List<String> all = file.lines().limit(candidate.block().endLine()).toList();
    int start = Math.min(candidate.block().startLine(), all.size() + 1);
    int end = all.size();
    if (end - start + 1 > MOST_LINES) {
      start = Math.max(start, Math.min(candidate.line() - MOST_LINES / 2, end - MOST_LINES + 1));
      end = start + MOST_LINES - 1;
    }
    return new Snippet(
        candidate, start, all.subList(start - 1, end).stream().map(Snippet::cut).toList());
  }

  private static String cut(String line) {
    if (line.length() <= MOST_CHARACTERS) {
      return line;
    }
    int end = MOST_CHARACTERS;
    return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end);
  }

  /** Number of the last of the lines. */
  public int lastLine() {
    return firstLine + lines.size() - 1;
  }
}

package io.logsense.api.code;

import java.util.List;

/**
 * A block in which an error may start, and why.
 *
 * @param block the block
 * @param line the line to look at first, 1-based: where the error passed, else where the block
 *     begins
 * @param score the sum of the points of its reasons; comparable within one ranking only
 * @param reasons why, most important first
 */
public record Candidate(CodeBlock block, int line, double score, List<Reason> reasons) {
  /** Keeps a copy of the list. */
  public Candidate {
    reasons = List.copyOf(reasons);
  }

  /**
   * One fact that speaks for a block or against it.
   *
   * @param fact name of the kind of fact, stable: {@code in-trace}, {@code guard}
   * @param value how strongly it holds
   * @param points what it adds to the score: the value times the weight of the fact
   * @param words the fact in words
   */
  public record Reason(String fact, double value, double points, String words) {}
}

package io.logsense.api.cluster;

import io.logsense.api.fingerprint.StackFingerprint.Level;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why two groups are one problem, or two: the facts that decided, and those that help to judge.
 *
 * <p>The decision follows from the facts: {@link #together()} works it out again from {@code
 * first}, {@code second}, {@code path} and {@code threshold} alone.
 *
 * @param first id of the one group
 * @param second id of the other
 * @param path what joins them, step by step from the first to the second; empty when they are apart
 * @param split the decision that keeps their clusters apart; null without one
 * @param score how alike their texts are, in [0, 1]
 * @param threshold from here on a link joins
 * @param minPoints how many groups that are alike make the core of a cluster; 2 joins any that are
 * @param model whose vectors the score compares
 * @param levels for each level of fingerprint whether both agree; empty unless both have a trace
 * @param frames types and kept frames of their stack traces, wrapper before cause
 * @param words words of their message templates; {@code <*>} stands for what varies
 */
public record Explanation(
    String first,
    String second,
    List<Step> path,
    @Nullable Correction split,
    double score,
    double threshold,
    int minPoints,
    String model,
    Map<Level, Boolean> levels,
    Difference frames,
    Difference words) {

  /** Copies the collections. */
  public Explanation {
    path = List.copyOf(path);
    levels = Map.copyOf(levels);
  }

  /** Whether the two are one problem, worked out from the facts in this explanation. */
  public boolean together() {
    if (first.equals(second)) {
      return true;
    }
    String at = first;
    for (Step step : path) {
      if (!step.joins(threshold) || !(step.a().equals(at) || step.b().equals(at))) {
        return false;
      }
      at = step.a().equals(at) ? step.b() : step.a();
    }
    return at.equals(second);
  }

  /** What decided. */
  public Reason reason() {
    if (together()) {
      if (first.equals(second)) {
        return Reason.SAME_GROUP;
      }
      return path.stream().anyMatch(step -> step.decision() != null) ? Reason.MERGED : Reason.ALIKE;
    }
    if (split != null) {
      return Reason.SPLIT;
    }
    return score >= threshold ? Reason.TOO_FEW : Reason.NOT_ALIKE;
  }

  /** What can decide. */
  public enum Reason {
    /** Both names are of one group. */
    SAME_GROUP,
    /** A person merged them, or groups between them. */
    MERGED,
    /** Their texts, or those of groups between them, are alike. */
    ALIKE,
    /** A person split them, or groups that they are one problem with. */
    SPLIT,
    /** They are not alike enough, and no group between them is. */
    NOT_ALIKE,
    /** They are alike, but too few others are for a cluster. */
    TOO_FEW
  }

  /**
   * Two groups that something joined directly.
   *
   * @param a id of the one
   * @param b id of the other
   * @param decision the merge that did; null for a link
   * @param score of the link; 1 for a merge
   */
  public record Step(String a, String b, @Nullable Correction decision, double score) {
    boolean joins(double threshold) {
      return decision == null ? score >= threshold : decision.kind() == Correction.Kind.MERGE;
    }
  }
}

package io.logsense.benchmarks.code;

import java.util.Arrays;
import java.util.List;

/**
 * A linear ranker: the softmax over the candidates of a bug shall fall on those that are right.
 * Every bug has equal weight, and large weights cost (L2).
 *
 * <p>The idea is ListNet's (Cao et al., ICML 2007); plain gradient descent from zero, so the same
 * input gives the same weights.
 */
final class ListwiseRanker {
  private static final int ROUNDS = 400;
  private static final double RATE = 0.5;

  private ListwiseRanker() {}

  /**
   * Candidates of one bug.
   *
   * @param values of each candidate: its facts
   * @param right whether each is one that the fix changed
   */
  record Query(double[][] values, boolean[] right) {}

  /** Weights for the facts. */
  static double[] learn(List<Query> queries, int facts, double penalty) {
    double[] weights = new double[facts];
    for (int round = 0; round < ROUNDS; round++) {
      double[] gradient = new double[facts];
      for (Query query : queries) {
        add(query, weights, gradient);
      }
      for (int f = 0; f < facts; f++) {
        weights[f] -= RATE * (gradient[f] / queries.size() + penalty * weights[f]);
      }
    }
    return weights;
  }

  private static void add(Query query, double[] weights, double[] gradient) {
    double[] scores = Arrays.stream(query.values).mapToDouble(v -> score(v, weights)).toArray();
    double total = Arrays.stream(scores).map(Math::exp).sum();
    double rightTotal = 0;
    for (int i = 0; i < scores.length; i++) {
      rightTotal += query.right[i] ? Math.exp(scores[i]) : 0;
    }
    if (rightTotal == 0) {
      return;
    }
    for (int i = 0; i < scores.length; i++) {
      double all = Math.exp(scores[i]) / total;
      double right = query.right[i] ? Math.exp(scores[i]) / rightTotal : 0;
      for (int f = 0; f < gradient.length; f++) {
        gradient[f] += (all - right) * query.values[i][f];
      }
    }
  }

  static double score(double[] values, double[] weights) {
    double score = 0;
    for (int f = 0; f < values.length; f++) {
      score += values[f] * weights[f];
    }
    return score;
  }
}

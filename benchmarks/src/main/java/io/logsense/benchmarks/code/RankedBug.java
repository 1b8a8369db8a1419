package io.logsense.benchmarks.code;

import io.logsense.api.code.Candidate;
import io.logsense.benchmarks.code.ListwiseRanker.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * One bug with its candidates.
 *
 * @param bug the bug
 * @param candidates in the order of the shipped weights
 * @param right whether the fix changed each of them
 * @param asPrinted the first frame, as printed, that was in a changed method, from 1; 0 for none
 */
record RankedBug(KnownBug bug, List<Candidate> candidates, boolean[] right, int asPrinted) {

  String project() {
    return bug.project();
  }

  /** The names of all facts about candidates, sorted. */
  static List<String> facts(Collection<RankedBug> bugs) {
    return bugs.stream()
        .flatMap(bug -> bug.candidates().stream())
        .flatMap(candidate -> candidate.reasons().stream())
        .map(Candidate.Reason::fact)
        .distinct()
        .sorted()
        .toList();
  }

  /** The values of the facts about each candidate. */
  Query query(List<String> facts) {
    double[][] values = new double[candidates.size()][facts.size()];
    for (int i = 0; i < values.length; i++) {
      for (Candidate.Reason reason : candidates.get(i).reasons()) {
        int fact = facts.indexOf(reason.fact());
        if (fact >= 0) {
          values[i][fact] = reason.value();
        }
      }
    }
    return new Query(values, right);
  }

  /** The place of the first changed method as shipped, from 1; 0 when it is no candidate. */
  int place() {
    for (int i = 0; i < right.length; i++) {
      if (right[i]) {
        return i + 1;
      }
    }
    return 0;
  }

  /** The place of the first changed method by other weights. */
  int place(List<String> facts, double[] weights) {
    double[][] values = query(facts).values();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      order.add(i);
    }
    order.sort(
        Comparator.comparingDouble((Integer i) -> -ListwiseRanker.score(values[i], weights))
            .thenComparing(i -> candidates.get(i).block().toString()));
    for (int i = 0; i < order.size(); i++) {
      if (right[order.get(i)]) {
        return i + 1;
      }
    }
    return 0;
  }
}

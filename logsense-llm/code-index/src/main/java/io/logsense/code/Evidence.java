package io.logsense.code;

import io.logsense.api.code.Candidate;
import io.logsense.api.code.Candidate.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The facts about one block, gathered while a ranking goes on. */
final class Evidence {
  private record Known(double value, String words) {}

  final int block;
  private final Map<Fact, Known> facts = new EnumMap<>(Fact.class);
  private int line;

  Evidence(int block, int line) {
    this.block = block;
    this.line = line;
  }

  /** Notes a fact; of two values for one fact the larger stays. */
  void note(Fact fact, double value, String words) {
    Known known = facts.get(fact);
    if (value > 0 && (known == null || known.value < value)) {
      facts.put(fact, new Known(value, words));
    }
  }

  /** Notes what people said of it, for it or against it. */
  void judge(double trust) {
    String mostly = trust > 0 ? "accepted" : "rejected";
    String words =
        String.format(Locale.ROOT, "people mostly %s it as a root cause: %+.2f", mostly, trust);
    facts.put(Fact.FEEDBACK, new Known(trust, words));
  }

  boolean has(Fact fact) {
    return facts.containsKey(fact);
  }

  /** Says which line to look at first. */
  void lookAt(int newLine) {
    line = newLine;
  }

  int line() {
    return line;
  }

  double score() {
    double score = 0;
    for (Map.Entry<Fact, Known> fact : facts.entrySet()) {
      score += fact.getKey().weight() * fact.getValue().value;
    }
    return score;
  }

  Candidate candidate(BlockTable table) {
    List<Reason> reasons = new ArrayList<>();
    facts.forEach(
        (fact, known) ->
            reasons.add(
                new Reason(fact.word(), known.value, fact.weight() * known.value, known.words)));
    reasons.sort(Comparator.comparingDouble((Reason reason) -> -Math.abs(reason.points())));
    return new Candidate(table.block(block), line, score(), reasons);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%d: %.3f %s", block, score(), facts);
  }
}

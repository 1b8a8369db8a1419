package io.logsense.internal.cluster;

import io.logsense.api.cluster.Correction;
import io.logsense.api.cluster.Link;
import io.logsense.api.purge.Subject;
import io.logsense.internal.journal.Fact;
import java.time.Instant;
import java.util.Set;

/** The facts of a {@link Ledger} as they are kept in a journal. */
final class FactLines {
  static final String FORMAT = "logsense-clusters";

  private FactLines() {}

  static Fact text(String group, String text, String model) {
    return Fact.of("group").with("id", group).with("text", text).with("model", model);
  }

  static Fact rule(Ledger.Rule rule, String model) {
    return Fact.of("rule")
        .with("model", model)
        .with("score", Double.toString(rule.score()))
        .with("minPoints", Integer.toString(rule.minPoints()))
        .with("since", rule.since().toString())
        .with("who", rule.who())
        .with("why", rule.why());
  }

  static Fact link(Link link, String model) {
    return Fact.of("link")
        .with("model", model)
        .with("a", link.a())
        .with("b", link.b())
        .with("score", Double.toString(link.score()));
  }

  static Fact alias(String from, String to) {
    return Fact.of("alias").with("from", from).with("to", to);
  }

  static Fact correction(Correction correction) {
    return Fact.of("correction")
        .with("id", correction.id())
        .with("kind", correction.kind().name())
        .with("left", correction.left())
        .with("right", correction.right())
        .with("undoes", correction.undoes())
        .with("who", correction.who())
        .with("when", correction.when().toString())
        .with("why", correction.why());
  }

  /**
   * Adds a fact to {@code ledger}.
   *
   * @param placed takes the groups that {@code model} has placed; links and rules of other models
   *     are left out
   * @throws IllegalArgumentException or {@link java.time.DateTimeException} when it is none
   */
  static void read(Fact fact, Ledger ledger, String model, Set<String> placed) {
    boolean ours = fact.text("model").equals(model);
    switch (fact.kind()) {
      case "group" -> {
        ledger.text(fact.text("id"), fact.text("text"));
        if (ours) {
          placed.add(fact.text("id"));
        }
      }
      case "link" -> {
        if (ours) {
          double score = Double.parseDouble(fact.text("score"));
          ledger.link(new Link(fact.text("a"), fact.text("b"), score));
        }
      }
      case "rule" -> {
        if (ours) {
          ledger.rule(rule(fact));
        }
      }
      case "alias" -> ledger.alias(fact.text("from"), fact.text("to"));
      case "correction" -> ledger.correction(correction(fact));
      default ->
          throw new IllegalArgumentException(
              "unknown fact '" + fact.kind() + "'; written by a newer version?");
    }
  }

  /** The same without a subject; itself when it does not mention it. */
  static Fact redacted(Fact fact, Subject subject) {
    return fact.redacted(subject, "text", "who", "why");
  }

  private static Ledger.Rule rule(Fact fact) {
    return new Ledger.Rule(
        Double.parseDouble(fact.text("score")),
        Integer.parseInt(fact.text("minPoints")),
        Instant.parse(fact.text("since")),
        fact.text("who"),
        fact.text("why"));
  }

  private static Correction correction(Fact fact) {
    return new Correction(
        fact.text("id"),
        Correction.Kind.valueOf(fact.text("kind")),
        fact.list("left"),
        fact.list("right"),
        fact.text("undoes"),
        fact.text("who"),
        Instant.parse(fact.text("when")),
        fact.text("why"));
  }
}

package io.logsense.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.cluster.Correction;
import io.logsense.api.cluster.Correction.Kind;
import io.logsense.api.cluster.Explanation.Step;
import io.logsense.api.cluster.Link;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ClusterModelTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final Ledger ledger = new Ledger(0.9);

  private ClusterModelTest() {
    for (String group : List.of("a", "b", "c", "d", "e")) {
      ledger.text(group, "text of " + group);
    }
  }

  private Correction merge(int minute, String... groups) {
    return decide(Kind.MERGE, minute, List.of(groups), List.of(), "");
  }

  private Correction split(int minute, String left, String right) {
    return decide(Kind.SPLIT, minute, List.of(left), List.of(right), "");
  }

  private Correction undo(int minute, Correction target) {
    return decide(Kind.UNDO, minute, List.of(), List.of(), target.id());
  }

  private Correction decide(
      Kind kind, int minute, List<String> left, List<String> right, String undoes) {
    Correction correction =
        new Decision(kind, left, right, undoes).by("ana", NOON.plusSeconds(60L * minute), "");
    ledger.correction(correction);
    return correction;
  }

  private List<List<String>> clusters() {
    return ClusterModel.of(ledger).clusters();
  }

  @Test
  void linksFromTheThresholdOnJoin() {
    ledger.link(new Link("a", "b", 0.9));
    ledger.link(new Link("c", "d", 0.899));

    assertThat(clusters())
        .containsExactly(List.of("a", "b"), List.of("c"), List.of("d"), List.of("e"));
  }

  @Test
  void aSplitHoldsAgainstAnyLink() {
    ledger.link(new Link("a", "b", 1));
    ledger.link(new Link("b", "c", 1));
    split(1, "a", "c");

    assertThat(clusters()).contains(List.of("a", "b"), List.of("c"));
    assertThat(ClusterModel.of(ledger).splitBetween("b", "c")).isNotNull();
  }

  @Test
  void aMergeHoldsWithoutAnyLink() {
    merge(1, "a", "d");

    assertThat(clusters()).contains(List.of("a", "d"));
  }

  @Test
  void aSplitFromAMergeLeavesTheOthersTogether() {
    merge(1, "a", "b", "c", "d");
    decide(Kind.SPLIT, 2, List.of("a", "b"), List.of("c", "d"), "");

    assertThat(clusters()).contains(List.of("a", "b"), List.of("c", "d"));
  }

  @Test
  void linksOfAFormerNameCountOnceUnderTheNewOne() {
    ledger.link(new Link("a", "b", 0.95));
    ledger.link(new Link("a", "old", 0.92));
    ledger.link(new Link("b", "old", 0.99));
    ledger.alias("old", "a");
    ledger.rule(new Ledger.Rule(0.9, 3, NOON, "ana", ""));

    assertThat(ledger.currentLinks()).containsExactly(new Link("a", "b", 0.99));
    assertThat(clusters()).contains(List.of("a"), List.of("b"));
  }

  @Test
  void aModelThatMustNeverMergeByItselfDoesNotMergeEqualTexts() {
    Ledger never = new Ledger(1);
    never.text("a", "text");
    never.text("b", "text");
    never.link(new Link("a", "b", 1));

    assertThat(ClusterModel.of(never).clusters()).hasSize(2);
  }

  @Test
  void theNewerDecisionHolds() {
    merge(1, "a", "b");
    split(2, "a", "b");
    assertThat(clusters()).contains(List.of("a"), List.of("b"));

    merge(3, "a", "b");
    assertThat(clusters()).contains(List.of("a", "b"));
  }

  @Test
  void ofAnOlderMergeOnlyThePairsThatContradictAreLeftOut() {
    merge(1, "a", "b", "c");
    split(2, "a", "b");

    assertThat(clusters()).contains(List.of("a", "c"), List.of("b"));
  }

  @Test
  void anUndoTakesADecisionBackAndAnUndoOfTheUndoBringsItAgain() {
    Correction merge = merge(1, "a", "b");
    Correction undo = undo(2, merge);
    assertThat(clusters()).contains(List.of("a"), List.of("b"));

    undo(3, undo);
    assertThat(clusters()).contains(List.of("a", "b"));
  }

  @Test
  void decisionsFollowAGroupToItsNewName() {
    split(1, "a", "b");
    ledger.alias("a", "e");
    ledger.link(new Link("e", "b", 1));

    assertThat(clusters()).contains(List.of("e"), List.of("b"));
  }

  @Test
  void aliasesInACircleEnd() {
    ledger.alias("a", "b");
    ledger.alias("b", "a");

    assertThat(clusters()).hasSize(4);
  }

  @Test
  void thePathBetweenTwoGroupsNamesWhatJoinsThem() {
    Correction merge = merge(1, "a", "b");
    ledger.link(new Link("b", "c", 0.95));

    List<Step> path = ClusterModel.of(ledger).path("a", "c");

    assertThat(path).hasSize(2);
    assertThat(path.get(0).decision()).isEqualTo(merge);
    assertThat(path.get(1).score()).isEqualTo(0.95);
    assertThat(ClusterModel.of(ledger).path("a", "d")).isEmpty();
  }

  @Test
  void theOrderAndNumberOfFactsMakesNoDifference() {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      List<Consumer<Ledger>> facts = facts(random);
      Ledger once = ledger(facts);
      Collections.shuffle(facts, random);
      Ledger again = ledger(facts);
      again.add(new Ledger(once));
      int cut = random.nextInt(facts.size() + 1);
      Ledger left = ledger(facts.subList(0, cut));
      Ledger right = ledger(facts.subList(cut, facts.size()));
      Ledger leftFirst = new Ledger(left);
      leftFirst.add(right);
      Ledger rightFirst = new Ledger(right);
      rightFirst.add(left);

      List<List<String>> expected = ClusterModel.of(once).clusters();
      assertThat(ClusterModel.of(again).clusters()).as("round %d", round).isEqualTo(expected);
      assertThat(ClusterModel.of(leftFirst).clusters()).isEqualTo(expected);
      assertThat(ClusterModel.of(rightFirst).clusters()).isEqualTo(expected);
    }
  }

  @Test
  void theNewestDecisionAboutAPairAlwaysHolds() {
    Random random = new Random(11);
    for (int round = 0; round < 300; round++) {
      Ledger facts = ledger(facts(random));
      boolean merge = random.nextBoolean();
      Decision newest =
          merge ? Decision.merge(List.of("a", "b")) : Decision.split(List.of("a"), List.of("b"));
      facts.correction(newest.by("", Instant.MAX, ""));

      assertThat(ClusterModel.of(facts).together("a", "b")).as("round %d", round).isEqualTo(merge);
    }
  }

  private static Ledger ledger(List<Consumer<Ledger>> facts) {
    Ledger ledger = new Ledger(0.9);
    facts.forEach(fact -> fact.accept(ledger));
    return ledger;
  }

  private static List<Consumer<Ledger>> facts(Random random) {
    List<Consumer<Ledger>> facts = new ArrayList<>();
    List<Correction> made = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String group = String.valueOf((char) ('a' + i));
      facts.add(ledger -> ledger.text(group, "text"));
    }
    for (int i = 0; i < 10; i++) {
      Link link = new Link(group(random), group(random), 0.8 + random.nextInt(20) / 100.0);
      if (!link.a().equals(link.b())) {
        facts.add(ledger -> ledger.link(link));
      }
    }
    for (int i = 0; i < 8; i++) {
      String one = group(random);
      String two = group(random);
      int kind = random.nextInt(3);
      if (one.equals(two) || (kind == 2 && made.isEmpty())) {
        continue;
      }
      Decision decision =
          switch (kind) {
            case 0 -> Decision.merge(List.of(one, two));
            case 1 -> Decision.split(List.of(one), List.of(two));
            default -> Decision.undo(made.get(random.nextInt(made.size())).id());
          };
      Correction correction = decision.by("ana", NOON.plusSeconds(random.nextInt(20)), "");
      made.add(correction);
      facts.add(ledger -> ledger.correction(correction));
    }
    if (random.nextInt(4) == 0) {
      facts.add(ledger -> ledger.alias("h", "a"));
    }
    Ledger.Rule rule = new Ledger.Rule(0.85, 2 + random.nextInt(2), NOON, "", "");
    facts.add(ledger -> ledger.rule(rule));
    return facts;
  }

  private static String group(Random random) {
    return String.valueOf((char) ('a' + random.nextInt(8)));
  }
}

package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.cluster.ClusterChange;
import io.logsense.api.cluster.Correction;
import io.logsense.api.cluster.Explanation;
import io.logsense.api.cluster.Explanation.Reason;
import io.logsense.api.cluster.Link;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.group.Group;
import io.logsense.api.group.GroupKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClustersTest {
  private static final String REFUSED = "connection to database refused by host";
  private static final String REFUSED_AGAIN = "connection to database refused by peer host";
  private static final String LOST = "connection to database lost";
  private static final String LOGIN = "login failed for user";

  @TempDir Path dir;

  private final WordsEmbedder embedder = new WordsEmbedder("words");
  private final List<Clusters> open = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");

  private Clusters open(Path directory) {
    Clusters clusters =
        Clusters.builder()
            .embedder(embedder)
            .directory(directory)
            .clock(() -> now = now.plusSeconds(1))
            .open();
    open.add(clusters);
    return clusters;
  }

  @AfterEach
  void close() {
    open.forEach(Clusters::close);
  }

  private static Group group(String id, String text) {
    LogEvent event = LogEvent.builder().message(text).severity(Severity.ERROR).build();
    return Group.builder()
        .identity(id, GroupKind.MESSAGE)
        .words(text, text, "")
        .counts(1, Map.of(Severity.ERROR, 1L))
        .origins(Map.of("shop", 1L), Map.of(), Map.of())
        .examples(List.of(event))
        .build();
  }

  private static List<Group> groups() {
    return List.of(
        group("a", REFUSED), group("b", REFUSED_AGAIN), group("c", LOST), group("d", LOGIN));
  }

  private static List<List<String>> ids(Clusters clusters) {
    return clusters.all().stream().map(cluster -> cluster.groups()).toList();
  }

  @Test
  void groupsThatMeanTheSameBecomeOneClusterAndThoseThatAreCloseAreSuggested() {
    Clusters clusters = open(dir);
    clusters.add(groups());

    assertThat(ids(clusters)).containsExactly(List.of("a", "b"), List.of("c"), List.of("d"));
    assertThat(clusters.suggestions()).extracting(Link::b).containsOnly("c");
    assertThat(clusters.similar("c", 2)).extracting(Link::a).containsOnly("a", "b");
  }

  @Test
  void aGroupIsEmbeddedOnceHoweverOftenItIsAdded() {
    Clusters clusters = open(dir);
    for (int i = 0; i < 100; i++) {
      clusters.add(groups());
    }

    assertThat(embedder.seen()).containsExactly(REFUSED, REFUSED_AGAIN, LOST, LOGIN);
  }

  @Test
  void aRestartEmbedsNothingAgain() {
    open(dir).add(groups());
    open.remove(0).close();
    embedder.seen().clear();

    Clusters again = open(dir);
    again.add(groups());

    assertThat(again.all()).hasSize(3);
    assertThat(embedder.seen()).containsOnlyOnce(REFUSED, REFUSED_AGAIN); // for the representative
    assertThat(embedder.seen()).hasSize(2);
  }

  @Test
  void vectorsAreMadeAgainWhenTheirFileIsLostOrDamaged() throws IOException {
    open(dir).add(groups());
    open.remove(0).close();
    Files.write(dir.resolve("vectors.snapshot"), new byte[] {1, 2, 3});

    assertThat(open(dir).similar("c", 5)).hasSize(3);
  }

  @Test
  void anotherModelPlacesAllGroupsAnewAndDecisionsStay() {
    Clusters clusters = open(dir);
    clusters.add(groups());
    clusters.split(List.of("a")).apply("ana", "");
    clusters.merge(List.of("a", "d")).apply("ana", "");
    open.remove(0).close();

    Clusters again =
        Clusters.builder().embedder(new WordsEmbedder("words-2")).directory(dir).open();
    open.add(again);

    assertThat(ids(again)).containsExactly(List.of("a", "d"), List.of("b"), List.of("c"));
  }

  @Test
  void aProposalShowsItsEffectAndChangesNothingUntilApplied() {
    Clusters clusters = open(dir);
    clusters.add(groups());
    Proposal merge = clusters.merge(List.of("c", "a"));

    ClusterChange effect = merge.effect();
    assertThat(effect.before())
        .extracting(c -> c.groups())
        .containsExactly(List.of("a", "b"), List.of("c"));
    assertThat(effect.after()).extracting(c -> c.groups()).containsExactly(List.of("a", "b", "c"));
    assertThat(ids(clusters)).contains(List.of("c"));

    merge.apply("ana", "one outage");
    assertThat(ids(clusters)).contains(List.of("a", "b", "c"));
    assertThat(clusters.history("b"))
        .singleElement()
        .satisfies(
            c -> {
              assertThat(c.who()).isEqualTo("ana");
              assertThat(c.why()).isEqualTo("one outage");
            });
  }

  @Test
  void anUndoRestoresWhatWasAndStaysInTheHistory() {
    Clusters clusters = open(dir);
    clusters.add(groups());
    clusters.split(List.of("a")).apply("ana", "not the same");
    String split = clusters.history().get(0).id();

    clusters.undo(split).apply("bob", "they are");

    assertThat(ids(clusters)).contains(List.of("a", "b"));
    assertThat(clusters.history("a"))
        .extracting(Correction::kind)
        .containsExactly(Correction.Kind.SPLIT, Correction.Kind.UNDO);
  }

  @Test
  void aSplitStaysSplitThroughRestartReplayAndReclustering() {
    Clusters clusters = open(dir);
    clusters.add(groups());
    clusters.split(List.of("a")).apply("ana", "");
    open.remove(0).close();

    Clusters again = open(dir);
    Random random = new Random(3);
    for (int i = 0; i < 10_000; i++) {
      again.add(List.of(groups().get(random.nextInt(4))));
    }
    again.add(List.of(group("e", REFUSED))); // like both of them
    again.recluster(0.5, 2).apply("ana", "wider");

    assertThat(again.of("a").groups()).doesNotContain("b");
  }

  @Test
  void reclusteringShowsWhatWouldChange() {
    Clusters clusters = open(dir);
    clusters.add(groups());

    ClusterChange wider = clusters.recluster(0.5, 2).effect();
    assertThat(wider.after()).extracting(c -> c.groups()).containsExactly(List.of("a", "b", "c"));
    assertThat(clusters.recluster(0.85, 2).effect().isEmpty()).isTrue();
    assertThat(clusters.recluster(0.85, 3).effect().after()).hasSize(2);
    assertThatThrownBy(() -> clusters.recluster(0.1, 2))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("0.5");
  }

  @Test
  void aClockSetBackDoesNotMakeADecisionOlder() {
    Clusters clusters = open(dir);
    clusters.add(groups());
    clusters.merge(List.of("a", "d")).apply("ana", "");
    now = now.minusSeconds(100_000);
    clusters.split(List.of("d")).apply("ana", "");

    assertThat(ids(clusters)).contains(List.of("d"));
  }

  @Test
  void twoInstancesAgreeWhoeverAddsTheOther() {
    Path here = dir.resolve("here");
    Path there = dir.resolve("there");
    Clusters one = open(here);
    one.add(groups().subList(0, 2));
    one.split(List.of("a")).apply("ana", "");
    Clusters two = open(there);
    two.add(groups());
    two.merge(List.of("c", "d")).apply("bob", "");

    one.absorb(there);
    two.absorb(here);
    one.absorb(there);

    assertThat(ids(one)).isEqualTo(ids(two)).contains(List.of("c", "d"), List.of("a"));
    assertThat(one.history()).isEqualTo(two.history());
  }

  @Test
  void explainsAPairByWhatDecidedAndTheFactsAreEnoughToDecideAgain() {
    Clusters clusters = open(dir);
    clusters.add(groups());

    assertThat(clusters.explain("a", "b").reason()).isEqualTo(Reason.ALIKE);
    assertThat(clusters.explain("a", "c").reason()).isEqualTo(Reason.NOT_ALIKE);
    assertThat(clusters.explain("a", "a").reason()).isEqualTo(Reason.SAME_GROUP);
    clusters.merge(List.of("b", "d")).apply("ana", "");
    assertThat(clusters.explain("a", "d").reason()).isEqualTo(Reason.MERGED);
    assertThat(clusters.explain("a", "d").path()).hasSize(2);
    clusters.split(List.of("a")).apply("ana", "");
    assertThat(clusters.explain("d", "a").reason()).isEqualTo(Reason.SPLIT);
    clusters.recluster(0.85, 3).apply("ana", "");
    clusters.undo(clusters.history().get(1).id()).apply("ana", "");
    assertThat(clusters.explain("a", "b").reason()).isEqualTo(Reason.TOO_FEW);
    assertThat(clusters.explain("a", "b").words().isEqual()).isFalse();
  }

  @Test
  void anExplanationAlwaysDecidesAsTheClustersDo() {
    Random random = new Random(5);
    for (int round = 0; round < 20; round++) {
      Clusters clusters = open(dir.resolve("round-" + round));
      List<Group> groups = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        StringBuilder text = new StringBuilder();
        for (int word = 0; word < 6; word++) {
          text.append(" w").append(random.nextInt(9));
        }
        groups.add(group("g" + (char) ('a' + i), text.toString().strip()));
      }
      clusters.add(groups);
      for (int i = 0; i < 8; i++) {
        decide(clusters, random);
      }
      for (Group one : groups) {
        for (Group two : groups) {
          Explanation why = clusters.explain(one.id(), two.id());
          assertThat(why.together())
              .as("round %d: %s", round, why)
              .isEqualTo(clusters.of(one.id()).groups().contains(two.id()));
        }
      }
    }
  }

  private static void decide(Clusters clusters, Random random) {
    String one = "g" + (char) ('a' + random.nextInt(12));
    String two = "g" + (char) ('a' + random.nextInt(12));
    List<Correction> history = clusters.history();
    switch (random.nextInt(4)) {
      case 0 -> {
        if (!one.equals(two)) {
          clusters.merge(List.of(one, two)).apply("ana", "");
        }
      }
      case 1 -> {
        if (clusters.of(one).groups().size() > 1) {
          clusters.split(List.of(one)).apply("ana", "");
        }
      }
      case 2 -> {
        if (!history.isEmpty()) {
          clusters.undo(history.get(random.nextInt(history.size())).id()).apply("ana", "");
        }
      }
      default ->
          clusters
              .recluster(0.5 + random.nextInt(5) / 10.0, 2 + random.nextInt(2))
              .apply("ana", "");
    }
  }

  @Test
  void aSearchFindsGroupsByWordsAndByMeaningAndKeepsToItsFilter() {
    Clusters clusters = open(dir);
    clusters.add(groups());

    assertThat(clusters.search("database connection lost").get(0).group().id()).isEqualTo("c");
    assertThat(clusters.search("database", GroupFilters.service("shop"), 2)).hasSize(2);
    assertThat(clusters.search("database", GroupFilters.service("cart"), 2)).isEmpty();
    assertThat(clusters.search("")).allMatch(match -> match.score() >= 0 && match.score() <= 1);
  }

  @Test
  void refusesAStoreOfAnotherModelAndADirectoryInUse() {
    open(dir).add(groups());

    assertThatThrownBy(() -> open(dir)).hasMessageContaining("in use");
    assertThatThrownBy(
            () ->
                Clusters.builder()
                    .embedder(embedder)
                    .vectors(VectorStores.hnsw("other", embedder.model().dimension()))
                    .open())
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("other")
        .hasMessageContaining("words");
  }

  @Test
  void unknownGroupsAndDecisionsAreUsageErrors() {
    Clusters clusters = open(dir);
    clusters.add(groups());

    assertThatThrownBy(() -> clusters.of("x")).hasMessageContaining("no group 'x'");
    assertThatThrownBy(() -> clusters.merge(Set.of("a"))).hasMessageContaining("two groups");
    assertThatThrownBy(() -> clusters.split(List.of("d"))).hasMessageContaining("nothing to split");
    assertThatThrownBy(() -> clusters.undo("co1:0")).hasMessageContaining("co1:0");
  }

  @Test
  void anEmbedderThatFailsLosesNothing() {
    Clusters clusters = open(dir);
    embedder.failing(true);
    assertThatThrownBy(() -> clusters.add(groups())).hasMessageContaining("no model today");
    assertThat(clusters.all()).isEmpty();

    embedder.failing(false);
    clusters.add(groups());

    assertThat(ids(clusters)).containsExactly(List.of("a", "b"), List.of("c"), List.of("d"));
  }

  @Test
  void anEmbedderThatFailsOnOpeningLetsTheDirectoryGo() {
    open(dir).add(groups());
    open.remove(0).close();
    WordsEmbedder another = new WordsEmbedder("words-2");
    another.failing(true);
    assertThatThrownBy(() -> Clusters.builder().embedder(another).directory(dir).open())
        .hasMessageContaining("no model today");

    assertThat(open(dir).all()).hasSize(3);
  }

  @Test
  void whatIsClosedChangesNoMore() {
    Clusters clusters = open(dir);
    clusters.add(groups());
    Proposal merge = clusters.merge(List.of("c", "d"));
    open.remove(0).close();
    Clusters again = open(dir);
    again.add(List.of(group("e", LOGIN)));
    again.close();
    clusters.close();

    assertThatThrownBy(() -> merge.apply("ana", "")).hasMessageContaining("closed");
    assertThatThrownBy(() -> clusters.add(List.of(group("f", LOGIN))))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("closed");
    assertThat(clusters.history()).isEmpty();
    embedder.seen().clear();
    open(dir);
    assertThat(embedder.seen()).isEmpty();
  }

  @Test
  void groupsWithoutAWordAreLikeNoOther() {
    Clusters clusters = open(dir);
    clusters.add(
        List.of(
            group("a", "<*>"),
            group("b", "<*> <*>"),
            group("c", "-----"),
            group("d", "17"),
            group("e", "99 99")));

    assertThat(clusters.all()).hasSize(5);
    assertThat(clusters.suggestions()).isEmpty();
    assertThat(clusters.similar("a", 5)).isEmpty();
    assertThat(clusters.explain("a", "b").reason()).isEqualTo(Reason.NOT_ALIKE);
    assertThat(clusters.of("b").title()).isEqualTo("b");
  }

  @Test
  void theGroupOfAllFurtherEventsIsLikeNoOther() {
    Clusters clusters = open(dir);
    clusters.add(List.of(group(GroupTable.OTHER, GroupTable.OTHER), group("a", "other")));

    assertThat(clusters.all()).hasSize(2);
  }

  @Test
  void addingTheSameInstanceAgainWritesNothing() throws IOException {
    Path here = dir.resolve("here");
    Path there = dir.resolve("there");
    Clusters one = open(here);
    one.add(List.of(group("a", REFUSED), group("d", LOGIN)));
    Clusters two = open(there);
    two.add(List.of(group("a", "an earlier text"), group("e", LOGIN)));
    two.merge(List.of("a", "e")).apply("bob", "");
    two.undo(two.history().get(0).id()).apply("bob", "");
    two.recluster(0.6, 2).apply("bob", "");
    one.absorb(there);
    long size = Files.size(here.resolve("clusters.journal"));

    one.absorb(there);
    one.absorb(here);

    assertThat(Files.size(here.resolve("clusters.journal"))).isEqualTo(size);
    open.remove(0).close();
    assertThat(open(here).of("a").title()).isEqualTo("an earlier text");
  }

  @Test
  void aDamagedInstanceAddsNothing() throws IOException {
    Path there = dir.resolve("there");
    Clusters two = open(there);
    two.add(groups());
    Path journal = there.resolve("clusters.journal");
    byte[] bytes = Files.readAllBytes(journal);
    bytes[bytes.length - 3] ^= 1;
    Files.write(journal, bytes);
    Clusters one = open(dir.resolve("here"));

    assertThatThrownBy(() -> one.absorb(there)).hasMessageContaining("damaged in line");
    assertThatThrownBy(() -> one.absorb(dir.resolve("nowhere")))
        .hasMessageContaining("no clusters in");
    assertThat(one.all()).isEmpty();
  }

  @Test
  void aRuleHoldsForItsModelOnly() {
    Clusters clusters = open(dir);
    clusters.add(groups());
    clusters.recluster(0.5, 2).apply("ana", "wide");
    open.remove(0).close();
    Clusters again =
        Clusters.builder().embedder(new WordsEmbedder("words-2")).directory(dir).open();
    open.add(again);

    assertThat(ids(again)).containsExactly(List.of("a", "b"), List.of("c"), List.of("d"));
  }

  @Test
  void aStoreThatLostItsVectorsIsFilledAgain() {
    open(dir).add(groups());
    open.remove(0).close();
    ElsewhereStore store = new ElsewhereStore(embedder.model());
    for (int i = 0; i < 2; i++) {
      embedder.seen().clear();
      try (Clusters again =
          Clusters.builder().embedder(embedder).vectors(store).directory(dir).open()) {
        assertThat(again.similar("c", 5)).hasSize(3);
      }
      assertThat(embedder.seen()).hasSize(i == 0 ? 4 : 1);
    }
  }

  @Test
  void anUpgradeThatIsTakenBackFindsItsGroupsAgain() {
    Clusters clusters = open(dir);
    clusters.add(groups());
    clusters.add(List.of(renamed("z", LOST, "c")));
    assertThat(clusters.similar("a", 5)).extracting(Link::b).containsExactly("b", "z", "d");

    clusters.add(List.of(renamed("c", LOST, "z")));

    assertThat(clusters.similar("a", 5)).extracting(Link::b).containsExactly("b", "c", "d");
    assertThat(clusters.group("z")).isPresent();
    assertThat(clusters.search("database lost"))
        .filteredOn(match -> match.group().template().equals(LOST))
        .hasSize(1);
  }

  private static Group renamed(String id, String text, String former) {
    Group group = group(id, text);
    return Group.builder()
        .identity(id, GroupKind.MESSAGE)
        .words(text, text, "")
        .counts(1, Map.of(Severity.ERROR, 1L))
        .formerIds(Set.of(former))
        .examples(List.of(group.representative()))
        .build();
  }

  @Test
  void aMergeIsAlwaysOneClusterAndASplitNeverIs() {
    Random random = new Random(11);
    for (int round = 0; round < 30; round++) {
      Clusters clusters = Clusters.builder().embedder(embedder).clock(() -> now).open();
      List<Group> groups = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        groups.add(group("g" + (char) ('a' + i), "w" + random.nextInt(4) + " w" + i % 2));
      }
      clusters.add(groups);
      for (int i = 0; i < 15; i++) {
        String one = "g" + (char) ('a' + random.nextInt(10));
        String two = "g" + (char) ('a' + random.nextInt(10));
        if (random.nextBoolean() && !one.equals(two)) {
          Set<String> both = new TreeSet<>(clusters.of(one).groups());
          both.addAll(clusters.of(two).groups());
          clusters.merge(List.of(one, two)).apply("ana", "");
          assertThat(clusters.of(one).groups()).containsAll(both);
        } else if (clusters.of(one).groups().size() > 1) {
          List<String> before = clusters.of(one).groups();
          clusters.split(List.of(one)).apply("ana", "");
          assertThat(clusters.of(one).groups()).doesNotContainAnyElementsOf(others(before, one));
        }
      }
    }
  }

  private static List<String> others(List<String> groups, String one) {
    return groups.stream().filter(group -> !group.equals(one)).toList();
  }
}

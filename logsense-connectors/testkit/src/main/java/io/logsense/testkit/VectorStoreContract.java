package io.logsense.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.vector.VectorEntry;
import io.logsense.api.vector.VectorMatch;
import io.logsense.api.vector.VectorQuery;
import io.logsense.api.vector.VectorStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every {@link VectorStore} must do. Extend it, and say how to make an empty store. */
public abstract class VectorStoreContract {
  private static final double PRECISION = 1e-4;
  private static final int WIDTH = 16;
  private static final int LARGE = 6_000;
  private static final int EFFORT = 200;

  /** Few enough that a store grows in many steps; a server may write to disk at each. */
  private static final int STEP = 20;

  /** For the class that extends this. */
  protected VectorStoreContract() {}

  /** An empty store. */
  protected abstract VectorStore create(String modelId, int dimension);

  @Test
  void aNewStoreIsEmptyAndKnowsItsModel() {
    VectorStore store = create("hash-1", 3);
    assertThat(store.modelId()).isEqualTo("hash-1");
    assertThat(store.dimension()).isEqualTo(3);
    assertThat(store.size()).isZero();
    assertThat(store.search(VectorQuery.near(new float[] {1, 0, 0}))).isEmpty();
    assertThat(store.remove(List.of("a"))).isZero();
  }

  @Test
  void theNearestEntryComesFirstWithItsCosineAndMetadata() {
    VectorStore store = compass();
    List<VectorMatch> matches = store.search(VectorQuery.near(new float[] {3, 4}));
    assertThat(matches)
        .extracting(VectorMatch::id)
        .startsWith("north", "east")
        .hasSize(4)
        .contains("south", "west");
    assertThat(matches.get(0).score()).isCloseTo(0.8, within(PRECISION));
    assertThat(matches.get(1).score()).isCloseTo(0.6, within(PRECISION));
    assertThat(matches.get(0).metadata()).isEqualTo(Map.of("axis", "y", "sign", "+"));
  }

  @Test
  void whatPointsAwayScoresZero() {
    assertThat(compass().search(VectorQuery.near(new float[] {3, 4})).subList(2, 4))
        .allSatisfy(match -> assertThat(match.score()).isZero());
  }

  @Test
  void equalScoresComeInTheOrderOfIds() {
    VectorStore store = create("m", 2);
    store.upsert(
        List.of(entry("c", 0, 1), entry("a", 0, 1), entry("b", 0, 1), entry("first", 1, 1)));
    assertThat(store.search(VectorQuery.near(new float[] {1, 1})))
        .extracting(VectorMatch::id)
        .containsExactly("first", "a", "b", "c");
  }

  @Test
  void noMoreThanTheLimitComesBack() {
    assertThat(compass().search(VectorQuery.near(new float[] {3, 4}).limit(1)))
        .extracting(VectorMatch::id)
        .containsExactly("north");
  }

  @Test
  void anEntryOfTheSameIdIsReplaced() {
    VectorStore store = compass();
    store.upsert(List.of(VectorEntry.of("north", new float[] {0, -1}, Map.of("moved", "yes"))));
    assertThat(store.size()).isEqualTo(4);
    List<VectorMatch> matches = store.search(VectorQuery.near(new float[] {0, 1}));
    assertThat(matches).extracting(VectorMatch::score).allMatch(score -> score < PRECISION);
    assertThat(store.search(VectorQuery.near(new float[] {0, -1}).limit(2)))
        .extracting(VectorMatch::id)
        .containsExactly("north", "south");
    assertThat(store.search(VectorQuery.near(new float[] {0, 1}).where("moved", "yes"))).hasSize(1);
  }

  @Test
  void aSubjectIsPurgedFromIdsAndMetadata() {
    VectorStore store = compass();
    Purgeable purgeable = SampleSubjects.purgeable(store);
    for (Subject subject : SampleSubjects.SUBJECTS) {
      String who = subject.identifier();
      store.upsert(
          List.of(
              VectorEntry.of("by " + who, new float[] {1, 1}),
              VectorEntry.of("a", new float[] {1, 2}, Map.of("user", who)),
              VectorEntry.of("b", new float[] {2, 1}, Map.of("user-" + who, "yes"))));

      assertThat(purgeable.mentions(subject)).isEqualTo(3);
      assertThat(purgeable.purge(subject)).isEqualTo(3);
      assertThat(purgeable.mentions(subject)).isZero();
      assertThat(purgeable.purge(subject)).isZero();
      assertThat(store.search(VectorQuery.near(new float[] {1, 1})))
          .extracting(VectorMatch::id)
          .containsExactlyInAnyOrder("north", "east", "south", "west");
    }
    assertThat(store.size()).isEqualTo(4);
  }

  @Test
  void metadataCanChangeWhileTheVectorStays() {
    VectorStore store = compass();
    store.upsert(List.of(VectorEntry.of("north", new float[] {0, 1}, Map.of("axis", "up"))));
    assertThat(store.search(VectorQuery.near(new float[] {0, 1}).where("axis", "up")))
        .extracting(VectorMatch::id)
        .containsExactly("north");
    assertThat(store.search(VectorQuery.near(new float[] {0, 1}).where("axis", "y")))
        .extracting(VectorMatch::id)
        .containsExactly("south");
  }

  @Test
  void ofEqualIdsInOneCallTheLastStays() {
    VectorStore store = create("m", 2);
    store.upsert(List.of(entry("a", 1, 0), entry("b", 1, 1), entry("a", 0, 1)));
    assertThat(store.size()).isEqualTo(2);
    assertThat(store.search(VectorQuery.near(new float[] {0, 1})))
        .extracting(VectorMatch::id)
        .containsExactly("a", "b");
  }

  @Test
  void aRemovedEntryIsNotFoundAgain() {
    VectorStore store = compass();
    assertThat(store.remove(List.of("north", "nobody", "west", "north"))).isEqualTo(2);
    assertThat(store.size()).isEqualTo(2);
    assertThat(store.search(VectorQuery.near(new float[] {0, 1})))
        .extracting(VectorMatch::id)
        .containsExactlyInAnyOrder("east", "south");
    store.upsert(List.of(entry("north", 0, 1)));
    assertThat(store.search(VectorQuery.near(new float[] {0, 1}).limit(1)))
        .extracting(VectorMatch::id)
        .containsExactly("north");
  }

  @Test
  void aStoreThatWasEmptiedCanBeFilledAgain() {
    VectorStore store = create("m", WIDTH);
    List<VectorEntry> entries = entries("a", 300, 1);
    for (int round = 0; round < 3; round++) {
      store.upsert(entries);
      assertThat(store.remove(ids(entries))).isEqualTo(300);
      assertThat(store.search(VectorQuery.near(entries.get(0).vector()))).isEmpty();
    }
    store.upsert(entries);
    assertThat(share(store, entries)).isEqualTo(1);
  }

  @Test
  void allConditionsOfAFilterHold() {
    VectorStore store = compass();
    assertThat(
            store.search(
                VectorQuery.near(new float[] {1, 1}).where("axis", "x", "z").where("sign", "-")))
        .extracting(VectorMatch::id)
        .containsExactly("west");
    assertThat(store.search(VectorQuery.near(new float[] {1, 1}).where("sign", "+", "-")))
        .hasSize(4);
    assertThat(store.search(VectorQuery.near(new float[] {1, 1}).where("colour", "red"))).isEmpty();
  }

  @Test
  void theFilterAppliesBeforeTheLimitNotAfterIt() {
    VectorStore store = create("m", WIDTH);
    SampleVectors vectors = new SampleVectors(WIDTH, 2);
    float[] centre = vectors.next();
    List<VectorEntry> entries = new ArrayList<>();
    for (int i = 0; i < LARGE; i++) {
      boolean rare = i % 1_000 == 0;
      float[] vector = rare ? vectors.next() : beside(centre, vectors.next());
      entries.add(VectorEntry.of("e" + i, vector, Map.of("service", rare ? "rare" : "usual")));
    }
    store.upsert(entries);
    assertThat(store.search(VectorQuery.near(centre).limit(5)))
        .hasSize(5)
        .allSatisfy(match -> assertThat(match.metadata()).containsEntry("service", "usual"));
    assertThat(store.search(VectorQuery.near(centre).where("service", "rare")))
        .extracting(VectorMatch::id)
        .containsExactlyInAnyOrder("e0", "e1000", "e2000", "e3000", "e4000", "e5000");
  }

  @Test
  void aVectorOfAnotherDimensionIsRefusedAndNothingChanges() {
    VectorStore store = compass();
    assertThatExceptionOfType(LogSenseException.class)
        .isThrownBy(() -> store.upsert(List.of(VectorEntry.of("up", new float[] {0, 0, 1}))))
        .withMessageContaining("3")
        .withMessageContaining("2")
        .extracting(LogSenseException::category)
        .isEqualTo(Category.USAGE);
    assertThatExceptionOfType(LogSenseException.class)
        .isThrownBy(() -> store.search(VectorQuery.near(new float[] {1})))
        .extracting(LogSenseException::category)
        .isEqualTo(Category.USAGE);
    assertThat(store.size()).isEqualTo(4);
  }

  @Test
  void aStoreGrowsAndStillFindsNineInTenOfTheNearest() {
    VectorStore store = create("m", WIDTH);
    List<VectorEntry> entries = entries("e", LARGE, 3);
    for (int i = 0; i < LARGE; i += STEP) {
      store.upsert(entries.subList(i, i + STEP));
    }
    assertThat(store.size()).isEqualTo(LARGE);
    assertThat(recall(store, entries)).isGreaterThan(0.9);
    assertThat(share(store, entries)).isGreaterThan(0.99);
  }

  @Test
  void aStoreInWhichMuchWasReplacedFindsAsBefore() {
    VectorStore store = create("m", WIDTH);
    List<VectorEntry> entries = entries("e", LARGE, 4);
    store.upsert(entries);
    List<VectorEntry> moved = entries("e", LARGE / 2, 5);
    store.upsert(moved);
    List<VectorEntry> gone = entries.subList(LARGE * 5 / 6, LARGE);
    assertThat(store.remove(ids(gone))).isEqualTo(gone.size());
    List<VectorEntry> now = new ArrayList<>(moved);
    now.addAll(entries.subList(LARGE / 2, LARGE * 5 / 6));
    assertThat(store.size()).isEqualTo(now.size());
    assertThat(recall(store, now)).isGreaterThan(0.9);
    assertThat(share(store, now)).isGreaterThan(0.99);
  }

  @Test
  void searchesSeeWhatWasStoredBeforeAndNothingRemovedBefore() throws Exception {
    VectorStore store = create("m", WIDTH);
    List<VectorEntry> lasting = entries("lasting", 300, 6);
    store.upsert(lasting);
    List<VectorEntry> passing = entries("passing", 2_000, 7);
    AtomicInteger removed = new AtomicInteger();
    AtomicInteger announced = new AtomicInteger();
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<Double>> readers = new ArrayList<>();
      for (int r = 0; r < 3; r++) {
        int first = r * 100;
        readers.add(
            threads.submit(
                (Callable<Double>) () -> watch(store, lasting, first, announced, removed, done)));
      }
      int window = 200;
      for (int i = 0; i < passing.size(); i++) {
        announced.set(i + 1);
        store.upsert(passing.subList(i, i + 1));
        if (i >= window) {
          store.remove(List.of("passing" + (i - window)));
          removed.set(i - window + 1);
        }
      }
      done.set(true);
      for (Future<Double> reader : readers) {
        assertThat(reader.get()).isGreaterThan(0.99);
      }
    } finally {
      done.set(true);
      threads.shutdown();
    }
  }

  /** Searches until it is done; says which share of the lasting entries was found. */
  private static double watch(
      VectorStore store,
      List<VectorEntry> lasting,
      int first,
      AtomicInteger announced,
      AtomicInteger removed,
      AtomicBoolean done) {
    int searches = 0;
    int found = 0;
    do {
      VectorEntry wanted = lasting.get((first + searches) % lasting.size());
      int gone = removed.get();
      List<VectorMatch> matches =
          store.search(VectorQuery.near(wanted.vector()).limit(20).effort(EFFORT));
      int known = announced.get();
      assertThat(matches)
          .isSortedAccordingTo(Comparator.comparingDouble(VectorMatch::score).reversed())
          .extracting(VectorMatch::id)
          .doesNotHaveDuplicates()
          .allSatisfy(
              id -> {
                if (id.startsWith("passing")) {
                  assertThat(Integer.parseInt(id.substring(7))).isBetween(gone, known - 1);
                }
              });
      found += matches.stream().anyMatch(match -> match.id().equals(wanted.id())) ? 1 : 0;
      searches++;
    } while (!done.get());
    return (double) found / searches;
  }

  private VectorStore compass() {
    VectorStore store = create("m", 2);
    store.upsert(
        List.of(
            VectorEntry.of("north", new float[] {0, 1}, Map.of("axis", "y", "sign", "+")),
            VectorEntry.of("east", new float[] {1, 0}, Map.of("axis", "x", "sign", "+")),
            VectorEntry.of("south", new float[] {0, -1}, Map.of("axis", "y", "sign", "-")),
            VectorEntry.of("west", new float[] {-1, 0}, Map.of("axis", "x", "sign", "-"))));
    return store;
  }

  private static VectorEntry entry(String id, float x, float y) {
    return VectorEntry.of(id, new float[] {x, y});
  }

  private static float[] beside(float[] centre, float[] other) {
    float[] vector = centre.clone();
    for (int i = 0; i < vector.length; i++) {
      vector[i] += 0.1f * other[i];
    }
    return vector;
  }

  private static List<VectorEntry> entries(String prefix, int count, long seed) {
    List<VectorEntry> entries = new ArrayList<>();
    for (float[] vector : new SampleVectors(WIDTH, seed).next(count)) {
      entries.add(VectorEntry.of(prefix + entries.size(), vector));
    }
    return entries;
  }

  private static List<String> ids(List<VectorEntry> entries) {
    return entries.stream().map(VectorEntry::id).toList();
  }

  /** The share of the ten nearest that is found. */
  private static double recall(VectorStore store, List<VectorEntry> entries) {
    List<float[]> queries = new SampleVectors(WIDTH, 99).next(50);
    int found = 0;
    for (float[] query : queries) {
      Set<String> nearest = SampleVectors.nearest(entries, query, 10);
      found +=
          (int)
              store.search(VectorQuery.near(query).effort(EFFORT)).stream()
                  .filter(match -> nearest.contains(match.id()))
                  .count();
    }
    return found / (10.0 * queries.size());
  }

  /** The share of entries that are found by their own vector. */
  private static double share(VectorStore store, List<VectorEntry> entries) {
    long found =
        entries.stream()
            .filter(
                entry ->
                    store.search(VectorQuery.near(entry.vector()).effort(EFFORT).limit(3)).stream()
                        .anyMatch(match -> match.id().equals(entry.id())))
            .count();
    return (double) found / entries.size();
  }
}

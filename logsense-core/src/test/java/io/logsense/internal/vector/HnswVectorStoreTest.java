package io.logsense.internal.vector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.vector.VectorEntry;
import io.logsense.api.vector.VectorMatch;
import io.logsense.api.vector.VectorQuery;
import io.logsense.testkit.SampleVectors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HnswVectorStoreTest {
  private static final int WIDTH = 24;

  private static final int MANY = 3_000;

  /** Searches go through the graph, however few the vectors. */
  private final HnswVectorStore store = graph();

  private static HnswVectorStore graph() {
    return new HnswVectorStore("m", WIDTH, 0);
  }

  @Test
  void theGraphFindsNinetyNineInAHundredOfTheTenNearest() {
    SampleVectors vectors = new SampleVectors(WIDTH, 1);
    List<VectorEntry> entries = entries(vectors, MANY);
    store.upsert(entries);
    assertThat(recall(store, entries, vectors.next(200), 40)).isGreaterThanOrEqualTo(0.99);
  }

  @Test
  void moreEffortFindsMore() {
    SampleVectors vectors = new SampleVectors(WIDTH, 1);
    List<VectorEntry> entries = entries(vectors, MANY);
    store.upsert(entries);
    List<float[]> queries = vectors.next(200);
    assertThat(recall(store, entries, queries, 10)).isLessThan(recall(store, entries, queries, 80));
  }

  @Test
  void thousandsOfEqualVectorsDoNotHideTheOthers() {
    SampleVectors vectors = new SampleVectors(WIDTH, 2);
    List<VectorEntry> entries = new ArrayList<>(entries(vectors, MANY / 2));
    float[] equal = vectors.next();
    for (int i = 0; i < MANY / 2; i++) {
      entries.add(i * 2, VectorEntry.of("equal" + i, equal));
    }
    for (VectorEntry entry : entries) {
      store.upsert(List.of(entry));
    }
    List<VectorEntry> others =
        entries.stream().filter(entry -> !entry.id().startsWith("equal")).toList();
    assertThat(found(store, others)).isGreaterThan(0.99);
    assertThat(store.search(VectorQuery.near(equal)))
        .hasSize(10)
        .allMatch(match -> match.id().startsWith("equal"));
  }

  @Test
  void churnReusesSlotsAndKeepsFinding() {
    SampleVectors vectors = new SampleVectors(WIDTH, 3);
    List<VectorEntry> alive = new ArrayList<>(entries(vectors, MANY));
    store.upsert(alive);
    Random random = new Random(4);
    int next = MANY;
    for (int i = 0; i < 4 * MANY; i++) {
      int victim = random.nextInt(alive.size());
      assertThat(store.remove(List.of(alive.get(victim).id()))).isEqualTo(1);
      VectorEntry entry = VectorEntry.of("e" + next++, vectors.next());
      store.upsert(List.of(entry));
      alive.set(victim, entry);
    }
    assertThat(store.size()).isEqualTo(MANY);
    assertThat(store.slots()).isLessThan(MANY * 3 / 2);
    assertThat(recall(store, alive, vectors.next(100), 40)).isGreaterThanOrEqualTo(0.99);
    assertThat(found(store, alive)).isGreaterThan(0.995);
  }

  @Test
  void removingNearlyAllLeavesTheRestFindable() {
    SampleVectors vectors = new SampleVectors(WIDTH, 5);
    List<VectorEntry> entries = entries(vectors, 3 * MANY);
    store.upsert(entries);
    List<VectorEntry> rest = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      if (i % 3 == 0) {
        rest.add(entries.get(i));
      } else {
        store.remove(List.of(entries.get(i).id()));
      }
    }
    assertThat(recall(store, rest, vectors.next(100), 40)).isGreaterThanOrEqualTo(0.99);
    assertThat(found(store, rest)).isGreaterThan(0.995);
  }

  @Test
  void equalHistoriesGiveEqualSnapshotsWhoeverSearchesMeanwhile() throws Exception {
    byte[] quiet = history(graph());
    HnswVectorStore watched = graph();
    AtomicInteger stop = new AtomicInteger();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      float[] vector = new SampleVectors(WIDTH, 1).next();
      Future<Integer> searches =
          thread.submit(
              (Callable<Integer>)
                  () -> {
                    int count = 0;
                    while (stop.get() == 0) {
                      watched.search(VectorQuery.near(vector).effort(500));
                      count++;
                    }
                    return count;
                  });
      byte[] seen = history(watched);
      stop.set(1);
      assertThat(searches.get()).isPositive();
      assertThat(seen).isEqualTo(quiet);
    } finally {
      stop.set(1);
      thread.shutdown();
    }
  }

  private static byte[] history(HnswVectorStore store) throws IOException {
    SampleVectors vectors = new SampleVectors(WIDTH, 6);
    for (int round = 0; round < 6; round++) {
      store.upsert(entries(vectors, 300 + round * 100));
      for (int i = round; i < 300; i += 2) {
        store.remove(List.of("e" + i));
      }
    }
    return snapshot(store);
  }

  @Test
  void aRestoredStoreAnswersAsTheOneThatWasSaved() throws IOException {
    SampleVectors vectors = new SampleVectors(WIDTH, 7);
    store.upsert(entries(vectors, MANY));
    store.upsert(
        List.of(
            VectorEntry.of("ключ \ud800", vectors.next(), Map.of("a", "", "\ud83d\ude00", "b"))));
    store.remove(List.of("e5", "e77", "e2000"));
    byte[] snapshot = snapshot(store);
    HnswVectorStore other = graph();
    other.restore(new ByteArrayInputStream(snapshot));
    assertThat(other.size()).isEqualTo(store.size());
    assertThat(snapshot(other)).isEqualTo(snapshot);
    for (float[] query : vectors.next(50)) {
      assertThat(other.search(VectorQuery.near(query)))
          .isEqualTo(store.search(VectorQuery.near(query)));
    }
    other.upsert(entries(vectors, 100));
    assertThat(other.remove(List.of("ключ \ud800", "e5"))).isEqualTo(2);
  }

  @Test
  void whatWasRemovedIsNotInASnapshot() throws IOException {
    store.upsert(List.of(VectorEntry.of("secret", new SampleVectors(WIDTH, 8).next())));
    store.upsert(List.of(VectorEntry.of("other", new SampleVectors(WIDTH, 9).next())));
    store.remove(List.of("secret"));
    String snapshot = new String(snapshot(store), UTF_8).replace("\0", "");
    assertThat(snapshot).contains("other").doesNotContain("secret");
    assertThat(snapshot).hasSizeLessThan(WIDTH * 4 + 100);
  }

  @Test
  void everyDamagedByteOfASnapshotIsNoticed() throws IOException {
    store.upsert(entries(new SampleVectors(WIDTH, 10), 12));
    store.upsert(
        List.of(VectorEntry.of("x", new SampleVectors(WIDTH, 11).next(), Map.of("k", "v"))));
    byte[] snapshot = snapshot(store);
    HnswVectorStore other = graph();
    other.upsert(List.of(VectorEntry.of("kept", new SampleVectors(WIDTH, 12).next())));
    for (int i = 0; i < snapshot.length; i++) {
      byte[] damaged = snapshot.clone();
      damaged[i] ^= (byte) (1 << i % 8);
      assertThatExceptionOfType(LogSenseException.class)
          .as("byte %s", i)
          .isThrownBy(() -> other.restore(new ByteArrayInputStream(damaged)))
          .withMessageContaining("the vector snapshot");
    }
    for (int length = 0; length < snapshot.length; length++) {
      ByteArrayInputStream cut = new ByteArrayInputStream(snapshot, 0, length);
      assertThatExceptionOfType(LogSenseException.class).isThrownBy(() -> other.restore(cut));
    }
    assertThat(other.size()).isEqualTo(1);
  }

  @Test
  void aSnapshotOfAnotherModelIsRefused() throws IOException {
    byte[] snapshot = snapshot(store);
    assertThatThrownBy(
            () -> new HnswVectorStore("n", WIDTH).restore(new ByteArrayInputStream(snapshot)))
        .hasMessageContaining("holds vectors of m with 24 components, this store those of n");
    assertThatThrownBy(
            () -> new HnswVectorStore("m", 8).restore(new ByteArrayInputStream(snapshot)))
        .hasMessageContaining("with 24 components, this store those of m with 8");
  }

  @Test
  void theVisitorSeesEveryEntryAndMayNotWrite() {
    List<VectorEntry> entries = entries(new SampleVectors(WIDTH, 13), 100);
    store.upsert(entries);
    store.remove(List.of("e0"));
    Set<String> ids = new HashSet<>();
    store.forEach(
        entry -> {
          ids.add(entry.id());
          int at = Integer.parseInt(entry.id().substring(1));
          assertThat(entry.vector()).containsExactly(entries.get(at).vector());
        });
    assertThat(ids).hasSize(99).doesNotContain("e0");
    assertThatThrownBy(() -> store.forEach(entry -> store.remove(List.of(entry.id()))))
        .hasMessageContaining("cannot be written to while it shows its entries");
    assertThat(store.remove(List.of("e1"))).isEqualTo(1);
  }

  @Test
  void aSearchSeesACallAsAWhole() throws Exception {
    SampleVectors vectors = new SampleVectors(WIDTH, 14);
    List<float[]> rows = vectors.next(64);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    AtomicInteger stop = new AtomicInteger();
    try {
      store.upsert(round(rows, 0));
      Future<Integer> searches =
          thread.submit(
              (Callable<Integer>)
                  () -> {
                    int count = 0;
                    while (stop.get() == 0) {
                      List<VectorMatch> all =
                          store.search(VectorQuery.near(rows.get(0)).limit(100));
                      assertThat(all).hasSize(64);
                      assertThat(
                              all.stream().map(match -> match.metadata().get("round")).distinct())
                          .hasSize(1);
                      count++;
                    }
                    return count;
                  });
      for (int round = 1; round < 200; round++) {
        store.upsert(round(rows, round));
      }
      stop.set(1);
      assertThat(searches.get()).isPositive();
    } finally {
      stop.set(1);
      thread.shutdown();
    }
  }

  private static List<VectorEntry> round(List<float[]> rows, int round) {
    List<VectorEntry> entries = new ArrayList<>();
    for (float[] row : rows) {
      entries.add(
          VectorEntry.of("e" + entries.size(), row, Map.of("round", Integer.toString(round))));
    }
    return entries;
  }

  private static List<VectorEntry> entries(SampleVectors vectors, int count) {
    List<VectorEntry> entries = new ArrayList<>();
    for (float[] vector : vectors.next(count)) {
      entries.add(VectorEntry.of("e" + entries.size(), vector));
    }
    return entries;
  }

  private static byte[] snapshot(HnswVectorStore store) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.snapshot(out);
    return out.toByteArray();
  }

  private static double recall(
      HnswVectorStore store, List<VectorEntry> entries, List<float[]> queries, int effort) {
    int found = 0;
    for (float[] query : queries) {
      Set<String> nearest = SampleVectors.nearest(entries, query, 10);
      for (VectorMatch match : store.search(VectorQuery.near(query).effort(effort))) {
        found += nearest.contains(match.id()) ? 1 : 0;
      }
    }
    return found / (10.0 * queries.size());
  }

  /** The share of entries that are found by their own vector. */
  private static double found(HnswVectorStore store, List<VectorEntry> entries) {
    int found = 0;
    for (VectorEntry entry : entries) {
      List<VectorMatch> matches = store.search(VectorQuery.near(entry.vector()).limit(3));
      found += matches.stream().anyMatch(match -> match.id().equals(entry.id())) ? 1 : 0;
    }
    return (double) found / entries.size();
  }
}

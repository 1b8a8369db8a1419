package io.logsense.internal.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoredHeapTest {
  @Test
  void aKeyKeepsScoreAndSlot() {
    for (float score : new float[] {-1, -1e-9f, -0f, 0, 1e-9f, 0.5f, 1.0000001f}) {
      for (int slot : new int[] {0, 1, 77, Integer.MAX_VALUE}) {
        long key = ScoredHeap.key(score, slot);
        assertThat(ScoredHeap.score(key)).isEqualTo(score);
        assertThat(ScoredHeap.slot(key)).isEqualTo(slot);
      }
    }
  }

  @Test
  void keysAreOrderedByScoreThenByTheLowerSlot() {
    assertThat(ScoredHeap.key(0.5f, 3)).isGreaterThan(ScoredHeap.key(0.25f, 1));
    assertThat(ScoredHeap.key(-0.25f, 3)).isGreaterThan(ScoredHeap.key(-0.5f, 1));
    assertThat(ScoredHeap.key(0.1f, 3)).isGreaterThan(ScoredHeap.key(-0.5f, 1));
    assertThat(ScoredHeap.key(0.5f, 1)).isGreaterThan(ScoredHeap.key(0.5f, 2));
  }

  @Test
  void aHeapGivesItsKeysBackInOrder() {
    Random random = new Random(3);
    ScoredHeap heap = new ScoredHeap();
    long[] keys = random.longs(1_000, -50, 50).toArray();
    for (long key : keys) {
      heap.add(key);
    }
    Arrays.sort(keys);
    assertThat(heap.first()).isEqualTo(keys[0]);
    heap.replaceFirst(60);
    keys[0] = 60;
    Arrays.sort(keys);
    long[] drained = heap.drain();
    for (int i = 0; i < drained.length; i++) {
      assertThat(drained[i]).isEqualTo(keys[keys.length - 1 - i]);
    }
    assertThat(heap.size()).isZero();
  }
}

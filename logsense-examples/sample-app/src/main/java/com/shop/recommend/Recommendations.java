package com.shop.recommend;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Computes recommendations on its own threads. */
public final class Recommendations implements AutoCloseable {
  private final ExecutorService workers =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "recommend-1"));

  /** Products to show next to {@code product}. */
  public List<Integer> near(int product) {
    return CompletableFuture.supplyAsync(() -> score(product), workers)
        .thenApply(scores -> scores.subList(0, 3))
        .join();
  }

  private static List<Integer> score(int product) {
    if (product % 5 == 0) {
      throw new IllegalStateException("No model loaded for category " + product % 37);
    }
    return List.of(product + 1, product + 2, product + 3, product + 5);
  }

  @Override
  public void close() {
    workers.shutdown();
  }
}

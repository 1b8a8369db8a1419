package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Prepares chunks on several threads and hands the results on in the order in which the chunks
 * came: parallel where order does not matter, sequential where it does.
 *
 * <p>At most {@code 2 × threads} chunks are under way, which bounds memory; more than {@value
 * #MOST_THREADS} threads are never used. With one thread everything happens in the caller.
 */
final class Sequencer implements AutoCloseable {
  private static final int MOST_THREADS = 256;

  private final RecordStage stage;
  private final Consumer<Chunk> out;
  private final ArrayDeque<Future<Chunk>> inFlight = new ArrayDeque<>();
  private final ExecutorService workers;
  private final int window;

  Sequencer(RecordStage stage, int threads, Consumer<Chunk> out) {
    this.stage = stage;
    this.out = out;
    int workers = Math.min(threads, MOST_THREADS);
    this.window = workers == 1 ? 0 : 2 * workers;
    this.workers =
        Executors.newFixedThreadPool(
            workers,
            task -> {
              Thread thread = new Thread(task, "logsense-worker");
              thread.setDaemon(true);
              return thread;
            });
  }

  void submit(Chunk chunk) {
    if (window == 0) {
      out.accept(chunk.prepare(stage));
      return;
    }
    while (inFlight.size() >= window) {
      take();
    }
    inFlight.add(workers.submit(() -> chunk.prepare(stage)));
  }

  /** Waits until everything submitted has been handed on. */
  void drain() {
    while (!inFlight.isEmpty()) {
      take();
    }
  }

  private void take() {
    try {
      out.accept(inFlight.remove().get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogSenseException(Category.TRANSIENT, "interrupted while reading", e);
    } catch (ExecutionException e) {
      throw new LogSenseException(Category.DEFECT, "a stage threw: " + e.getCause(), e.getCause());
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}

package io.logsense.benchmarks.embed;

import com.sun.management.ThreadMXBean;
import io.logsense.Embedders;
import io.logsense.api.LogSenseException;
import io.logsense.api.embed.Embedder;
import io.logsense.benchmarks.Figure;
import io.logsense.benchmarks.embed.SameCausePairs.Half;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Each embedder on the class path: how well it finds messages of the same cause in other words, its
 * speed per CPU second of one thread, and what it allocates. The peer of every figure is {@link
 * HashedWords} in the same run.
 */
public final class EmbedderRun {
  private static final String NAME = "embedders";
  private static final String PEER = "hashed words";
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private EmbedderRun() {}

  /** What was measured of one embedder; retrieval by half. */
  private record Measured(List<Retrieval> retrieval, double textsPerSecond, double bytesPerText) {}

  /** The figures of all embedders; one that cannot be opened is named on standard error. */
  public static List<Figure> run(boolean quick) {
    long budget = (quick ? 1L : 4L) * 1_000_000_000;
    List<SameCausePairs> halves =
        List.of(SameCausePairs.of(Half.TUNING), SameCausePairs.of(Half.HELD_OUT));
    Measured peer = measure(new HashedWords(), halves, budget);
    List<Figure> figures = new ArrayList<>();
    Embedders.providers()
        .forEach(
            (name, provider) -> {
              try (Embedder embedder = provider.open()) {
                figures.addAll(figures(name, measure(embedder, halves, budget), peer, halves));
              } catch (LogSenseException e) {
                System.err.println(name + ": " + e.getMessage());
              }
            });
    return figures;
  }

  private static Measured measure(Embedder embedder, List<SameCausePairs> halves, long budget) {
    List<Retrieval> retrieval = halves.stream().map(half -> Retrieval.of(embedder, half)).toList();
    List<String> texts = halves.get(1).texts();
    double best = 0;
    double bytes = 0;
    for (long used = 0; used < budget; ) {
      long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
      long start = THREADS.getCurrentThreadCpuTime();
      embedder.embed(texts);
      long time = THREADS.getCurrentThreadCpuTime() - start;
      bytes = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocated;
      best = Math.max(best, texts.size() * 1e9 / time);
      used += Math.max(1, time);
    }
    return new Measured(retrieval, best, bytes / texts.size());
  }

  private static List<Figure> figures(
      String name, Measured ours, Measured peer, List<SameCausePairs> halves) {
    List<Figure> figures = new ArrayList<>();
    String[] names = {"tuning", "heldOut"};
    for (int half = 0; half < names.length; half++) {
      Retrieval found = ours.retrieval().get(half);
      Retrieval peerFound = peer.retrieval().get(half);
      SameCausePairs pairs = halves.get(half);
      String data =
          String.format(
              "%d pairs of one cause among %d texts", pairs.paired() / 2, pairs.texts().size());
      figures.add(
          figure(
              name + ".mrr." + names[half],
              "",
              found.reciprocalRank(),
              peerFound.reciprocalRank(),
              data));
      figures.add(
          figure(
              name + ".recall5." + names[half],
              "",
              found.recallAt5(),
              peerFound.recallAt5(),
              data));
    }
    String data = halves.get(1).texts().size() + " texts, one thread";
    figures.add(
        figure(name + ".speed", "texts/CPU s", ours.textsPerSecond(), peer.textsPerSecond(), data));
    figures.add(figure(name + ".bytes", "B/text", ours.bytesPerText(), peer.bytesPerText(), data));
    return figures;
  }

  private static Figure figure(String metric, String unit, double ours, double peer, String data) {
    return new Figure(NAME, metric, unit, ours, peer, PEER, null, null, data);
  }
}

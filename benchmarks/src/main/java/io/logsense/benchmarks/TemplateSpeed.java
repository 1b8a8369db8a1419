package io.logsense.benchmarks;

import com.sun.management.ThreadMXBean;
import io.logsense.TemplateMiners;
import io.logsense.api.template.TemplateMiner;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Speed of learning templates per CPU second of one thread, beside the floor of cutting the same
 * messages into words and hashing them: on a mix of real logs, and on streams that are hard in one
 * way each.
 *
 * <p>Every pass reads messages that were not seen before. Figures are medians over the passes
 * behind a few to warm up.
 */
final class TemplateSpeed {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int MESSAGES = 100_000;
  private static final int WARM_UP = 8;

  private final int passes;
  private final List<Figure> figures = new ArrayList<>();
  private long sum;

  private TemplateSpeed(boolean quick) {
    passes = WARM_UP + (quick ? 7 : 21);
  }

  /** What one stream cost. */
  private record Cost(double millionPerSecond, double floor, double bytesPerLine) {}

  static List<Figure> run(Run.Options options) throws IOException {
    TemplateSpeed speed = new TemplateSpeed(options.quick());
    speed.mixed(MessageStreams.ofAllSystems(options.data()));
    speed.scaling();
    speed.hard();
    if (speed.sum == 0) {
      throw new IllegalStateException("nothing was mined");
    }
    return speed.figures;
  }

  private void mixed(List<String> originals) {
    Random random = new Random(1);
    TemplateMiner miner = TemplateMiners.bySignature();
    Supplier<List<String>> messages = () -> MessageStreams.mixed(originals, MESSAGES, random);
    String data = originals.size() + " messages of several systems, digits random";
    Cost cost = cost(messages, () -> miner);
    add("templates.mixedMLinesPerS", cost, data);
    figures.add(Figure.of("templates", "templates.bytesPerLine", "B", cost.bytesPerLine(), data));
  }

  private void scaling() {
    for (int count : new int[] {10, 1_000, 10_000}) {
      Random random = new Random(count);
      List<String> texts = MessageStreams.texts(count, random);
      TemplateMiner miner = TemplateMiners.bySignature();
      MessageStreams.filled(texts, count, random).forEach(miner::learn);
      Supplier<List<String>> messages = () -> MessageStreams.filled(texts, MESSAGES, random);
      add("templates.of" + count + "MLinesPerS", cost(messages, () -> miner), "made up");
    }
    Random random = new Random(2);
    List<String> texts = MessageStreams.texts(10_000, random);
    Supplier<List<String>> messages = () -> MessageStreams.filled(texts, 20_000, random);
    Cost cost = cost(messages, TemplateMiners::bySignature);
    add("templates.halfFirstSightsMLinesPerS", cost, "made up, each of 10,000 twice");
  }

  private void hard() {
    Random random = new Random(3);
    TemplateMiner parameters = TemplateMiners.bySignature();
    Supplier<List<String>> messages = () -> MessageStreams.randomParameters(MESSAGES, random);
    add(
        "templates.randomParametersMLinesPerS",
        cost(messages, () -> parameters),
        "30 kinds, parameters of random letters and digits");
    TemplateMiner words = TemplateMiners.bySignature();
    messages = () -> MessageStreams.randomWords(MESSAGES / 5, random);
    add(
        "templates.randomWordsMLinesPerS",
        cost(messages, () -> words),
        "30 random words of two letters");
  }

  private void add(String metric, Cost cost, String data) {
    figures.add(
        new Figure(
            "templates",
            metric,
            "million lines/s",
            cost.millionPerSecond(),
            null,
            null,
            cost.floor(),
            "tokenise and hash",
            data));
  }

  private Cost cost(Supplier<List<String>> stream, Supplier<TemplateMiner> miners) {
    List<Double> floors = new ArrayList<>();
    List<Double> speeds = new ArrayList<>();
    List<Double> bytes = new ArrayList<>();
    for (int pass = 0; pass < passes; pass++) {
      String[] messages = sideBySide(stream.get());
      TemplateMiner miner = miners.get();
      read(messages);
      long start = THREADS.getCurrentThreadCpuTime();
      read(messages);
      long middle = THREADS.getCurrentThreadCpuTime();
      long before = THREADS.getCurrentThreadAllocatedBytes();
      learn(miner, messages);
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      long end = THREADS.getCurrentThreadCpuTime();
      if (pass < WARM_UP) {
        continue;
      }
      bytes.add(allocated / (double) messages.length);
      floors.add(messages.length * 1e3 / (middle - start));
      speeds.add(messages.length * 1e3 / (end - middle));
    }
    return new Cost(median(speeds), median(floors), median(bytes));
  }

  /** Copies that lie side by side in memory, as those of a reader do. */
  private static String[] sideBySide(List<String> messages) {
    String[] copies = new String[messages.size()];
    for (int i = 0; i < copies.length; i++) {
      copies[i] = new String(messages.get(i).toCharArray());
    }
    return copies;
  }

  private void read(String[] messages) {
    for (String message : messages) {
      sum += TemplateBenchmark.wordHashes(message);
    }
  }

  private void learn(TemplateMiner miner, String[] messages) {
    for (String message : messages) {
      sum += miner.learn(message).length();
    }
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}

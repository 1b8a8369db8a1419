package io.logsense.benchmarks.code;

import io.logsense.api.code.CodeIndex;
import io.logsense.benchmarks.Figure;
import io.logsense.benchmarks.Run;
import io.logsense.code.CodeIndexFile;
import io.logsense.code.CodeIndexer;
import io.logsense.code.SourceTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/**
 * CPU seconds of one thread for the index of a source tree, cold and warm, beside the floor: to
 * list and read the same files; again when no file has changed. Then the heap that the index takes,
 * and the size of its file.
 */
public final class CodeIndexSpeed {
  private static final String NAME = "code-index";
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CodeIndexSpeed() {}

  /** All figures. */
  public static List<Figure> run(Run.Options options) throws IOException {
    List<Figure> figures = new ArrayList<>();
    try (SourceTree tree = SourceTree.folder(options.src())) {
      double floor = seconds(() -> readAll(tree));
      Measured compiler = measured(CodeIndexer.standard(), tree, options.quick() ? 1 : 2);
      Measured parser = measured(CodeIndexer.withoutCompiler(), tree, options.quick() ? 1 : 2);
      String data = compiler.files + " files, " + compiler.index.size() + " methods";
      figures.add(
          new Figure(
              NAME,
              "codeIndex.cpuSeconds",
              "s",
              compiler.seconds,
              parser.seconds,
              "JavaParser alone",
              floor,
              "reading the files",
              data));
      figures.add(Figure.of(NAME, "codeIndex.coldCpuSeconds", "s", compiler.coldSeconds, data));
      double again = seconds(() -> CodeIndexer.standard().index(tree, compiler.index).reused());
      figures.add(Figure.of(NAME, "codeIndex.againCpuSeconds", "s", again, data));
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      CodeIndexFile.write(compiler.index, file);
      figures.add(
          Figure.of(
              NAME,
              "codeIndex.fileBytesPerMethod",
              "B",
              (double) file.size() / compiler.index.size(),
              data));
      byte[] bytes = file.toByteArray();
      CodeIndex[] loaded = new CodeIndex[1];
      long before = heap();
      double load =
          seconds(
              () -> {
                loaded[0] = CodeIndexFile.read(new ByteArrayInputStream(bytes), "index");
                return loaded[0].size();
              });
      double heap = (double) (heap() - before) / loaded[0].size();
      figures.add(Figure.of(NAME, "codeIndex.heapBytesPerMethod", "B", heap, data));
      figures.add(Figure.of(NAME, "codeIndex.loadCpuSeconds", "s", load, data));
    }
    return figures;
  }

  /** What one indexer needed: the first time, and at best. */
  private record Measured(CodeIndex index, int files, double coldSeconds, double seconds) {}

  private interface Work {
    long run() throws IOException;
  }

  private static Measured measured(CodeIndexer indexer, SourceTree tree, int passes)
      throws IOException {
    List<CodeIndexer.Result> results = new ArrayList<>();
    double cold = 0;
    double best = Double.MAX_VALUE;
    for (int pass = 0; pass < passes; pass++) {
      results.clear();
      double seconds = seconds(() -> results.add(indexer.index(tree)) ? 1 : 0);
      cold = pass == 0 ? seconds : cold;
      best = Math.min(best, seconds);
    }
    return new Measured(results.get(0).index(), results.get(0).files(), cold, best);
  }

  private static long readAll(SourceTree tree) throws IOException {
    long lines = 0;
    for (SourceTree.Entry entry : tree.list(path -> path.endsWith(".java"))) {
      for (byte b : tree.read(entry.path()).orElse(new byte[0])) {
        lines += b == '\n' ? 1 : 0;
      }
    }
    return lines;
  }

  private static double seconds(Work work) throws IOException {
    long start = THREADS.getCurrentThreadCpuTime();
    if (work.run() < 0) {
      throw new IllegalStateException("nothing is less than nothing");
    }
    return (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}

package io.logsense.benchmarks.accuracy;

import io.logsense.Fingerprinters;
import io.logsense.FrameFingerprinter;
import io.logsense.api.fingerprint.StackFingerprint;
import io.logsense.api.fingerprint.StackFingerprint.Level;
import io.logsense.benchmarks.Figure;
import io.logsense.benchmarks.accuracy.LabelledTraces.LabelledTrace;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * How well the levels of the fingerprints group the traces of Defects4J by bug, pairwise within
 * each project, over the traces that application code threw and over all.
 *
 * <p>Arguments: {@code --data DIR} with {@code traces/groundtruth/defects4j} below it (default
 * {@code ../shared/data}), {@code --json} for one line per figure, {@code --projects} for a table
 * of each project and one of all others. The headline figures are those of the default level with
 * no setting at all.
 */
public final class GroupingAccuracy {
  private final PrintStream out;
  private final List<LabelledTrace> traces;

  private GroupingAccuracy(PrintStream out, List<LabelledTrace> traces) {
    this.out = out;
    this.traces = traces;
  }

  public static void main(String[] args) throws IOException {
    List<String> arguments = Arrays.asList(args);
    int data = arguments.indexOf("--data");
    Path directory =
        Path.of(data < 0 ? "../shared/data" : arguments.get(data + 1))
            .resolve("traces/groundtruth/defects4j");
    if (!Files.isDirectory(directory)) {
      System.err.println("no labelled traces in " + directory + "; name them by --data DIR");
      System.exit(3);
    }
    GroupingAccuracy accuracy = new GroupingAccuracy(System.out, LabelledTraces.read(directory));
    if (arguments.contains("--json")) {
      accuracy.figures().forEach(figure -> accuracy.out.println(figure.toJson()));
    } else {
      accuracy.printTables(arguments.contains("--projects"));
    }
  }

  private List<LabelledTrace> thrown() {
    return traces.stream().filter(LabelledTrace::thrownByApplication).toList();
  }

  /** The figures of the default level, without any setting. */
  public static List<Figure> figures(Path data) throws IOException {
    return new GroupingAccuracy(
            System.out, LabelledTraces.read(data.resolve("traces/groundtruth/defects4j")))
        .figures();
  }

  private List<Figure> figures() {
    PairCounts counts =
        count(
            thrown(),
            GroupingAccuracy::unset,
            fingerprint -> fingerprint.at(Fingerprinters.DEFAULT_LEVEL));
    return List.of(
        figure("accuracy.groupingF1", counts.f1()),
        figure("accuracy.groupingPrecision", counts.precision()),
        figure("accuracy.groupingRecall", counts.recall()));
  }

  private Figure figure(String metric, double value) {
    String data = "Defects4J, " + thrown().size() + " traces";
    return Figure.of("accuracy-grouping", metric, "ratio", value, data);
  }

  private void printTables(boolean projects) {
    table("thrown by the application, no setting", thrown(), GroupingAccuracy::unset);
    table("thrown by the application, in-app prefix of each project", thrown(), prefixed());
    table("all traces, no setting", traces, GroupingAccuracy::unset);
    if (projects) {
      for (String project : thrown().stream().map(LabelledTrace::project).distinct().toList()) {
        table(
            project,
            thrown().stream().filter(trace -> trace.project().equals(project)).toList(),
            GroupingAccuracy::unset);
        table(
            "all but " + project,
            thrown().stream().filter(trace -> !trace.project().equals(project)).toList(),
            GroupingAccuracy::unset);
      }
    }
  }

  private void table(
      String title,
      List<LabelledTrace> selected,
      Function<LabelledTrace, FrameFingerprinter> fingerprinter) {
    long bugs = selected.stream().map(LabelledTrace::bug).distinct().count();
    out.printf(Locale.ROOT, "%s: %d traces of %d bugs%n", title, selected.size(), bugs);
    out.printf(
        Locale.ROOT, "  %-10s %7s %10s %7s %7s%n", "level", "groups", "precision", "recall", "F1");
    for (Level level : Level.values()) {
      PairCounts counts = count(selected, fingerprinter, fingerprint -> fingerprint.at(level));
      out.printf(
          Locale.ROOT,
          "  %-10s %7d %10.3f %7.3f %7.3f%s%n",
          level,
          counts.groups(),
          counts.precision(),
          counts.recall(),
          counts.f1(),
          level == Fingerprinters.DEFAULT_LEVEL ? "  default" : "");
    }
  }

  private static PairCounts count(
      List<LabelledTrace> selected,
      Function<LabelledTrace, FrameFingerprinter> fingerprinter,
      Function<StackFingerprint, Object> key) {
    PairCounts counts = new PairCounts();
    for (LabelledTrace trace : selected) {
      Object group = key.apply(fingerprinter.apply(trace).fingerprint(trace.trace()));
      counts.add(trace.project(), trace.bug(), group.toString());
    }
    return counts;
  }

  @SuppressWarnings("unused") // every trace gets the same one
  private static FrameFingerprinter unset(LabelledTrace trace) {
    return Fingerprinters.javaFrames();
  }

  private static Function<LabelledTrace, FrameFingerprinter> prefixed() {
    Map<String, FrameFingerprinter> known = new HashMap<>();
    return trace ->
        known.computeIfAbsent(
            trace.project(), project -> Fingerprinters.javaFrames().inApp(trace.inApp()));
  }
}

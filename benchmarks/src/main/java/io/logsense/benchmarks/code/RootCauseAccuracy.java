package io.logsense.benchmarks.code;

import io.logsense.StackTraces;
import io.logsense.api.code.Candidate;
import io.logsense.api.code.CodeBlock;
import io.logsense.api.code.CodeIndex;
import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import io.logsense.benchmarks.Figure;
import io.logsense.benchmarks.Run;
import io.logsense.benchmarks.code.ListwiseRanker.Query;
import io.logsense.code.CandidateRanking;
import io.logsense.code.CodeIndexer;
import io.logsense.code.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How often a method that the fix changed is among the first candidates, on real bugs.
 *
 * <p>A bug's tree is the fixed commit with the patch that puts the bug back. Weights are learned
 * from all other projects, for each project; the shipped weights, learned from all of them, are
 * reported beside and prove nothing.
 */
public final class RootCauseAccuracy {
  private static final String NAME = "accuracy-rca";
  private static final String DATA = "rca/d4j_stacktraces.jsonl";
  private static final String PATCHES = "rjust/defects4j";
  private static final int PACK = 30;
  private static final int MOST_CANDIDATES = 400;
  private static final double PENALTY = 0.01;

  /** One bug with its candidates. */
  private record Ranked(KnownBug bug, List<Candidate> candidates, boolean[] right, int asPrinted) {}

  private final Path repositories;
  private final Map<String, CodeIndex> latest = new HashMap<>();
  private int frames;
  private int framesRight;

  private RootCauseAccuracy(Path repositories) {
    this.repositories = repositories;
  }

  /** All figures; empty when something has to be fetched first, which is said. */
  public static List<Figure> run(Run.Options options) throws IOException {
    List<KnownBug> bugs = KnownBug.read(options.data().resolve(DATA));
    Path repositories = options.repos() == null ? Path.of("repos") : options.repos();
    Set<String> missing = new TreeSet<>();
    for (KnownBug bug : bugs) {
      missing.add(bug.repository());
    }
    missing.add(PATCHES);
    missing.removeIf(name -> find(repositories, name) != null);
    if (!missing.isEmpty()) {
      System.err.println(
          "fetch with full history into "
              + repositories
              + "/OWNER+NAME (a clone, bare or not), or name the place with --repos DIR: "
              + String.join(" ", missing));
      System.exit(Run.NO_INPUT);
    }
    RootCauseAccuracy accuracy = new RootCauseAccuracy(repositories);
    List<Ranked> ranked = accuracy.rank(bugs);
    return accuracy.figures(ranked);
  }

  private static @Nullable Path find(Path repositories, String name) {
    Path folder = repositories.resolve(name.replace('/', '+'));
    for (Path path : List.of(folder.resolve("repo"), folder, repositories.resolve(name))) {
      if (Files.isDirectory(path.resolve("objects")) || Files.exists(path.resolve(".git"))) {
        return path;
      }
    }
    return null;
  }

  private SourceTree open(String name, String revision) {
    Path path = find(repositories, name);
    if (path == null) {
      throw new IllegalStateException(name);
    }
    return SourceTree.git(path, revision);
  }

  private List<Ranked> rank(List<KnownBug> bugs) throws IOException {
    List<Ranked> ranked = new ArrayList<>();
    CodeIndexer indexer = CodeIndexer.standard();
    try (SourceTree patches = open(PATCHES, "HEAD")) {
      for (KnownBug bug : bugs) {
        String patch =
            new String(patches.read(bug.patch()).orElseThrow(), StandardCharsets.ISO_8859_1);
        try (SourceTree tree =
            new PatchedTree(
                open(bug.repository(), bug.fixedCommit()), bug.sourceRoot(), Patch.parse(patch))) {
          CodeIndex earlier = latest.get(bug.repository());
          CodeIndexer.Result result =
              earlier == null ? indexer.index(tree) : indexer.index(tree, earlier);
          latest.put(bug.repository(), result.index());
          ranked.add(rank(bug, result.index()));
        }
      }
    }
    return ranked;
  }

  private Ranked rank(KnownBug bug, CodeIndex index) {
    byte[] text = bug.trace().getBytes(StandardCharsets.UTF_8);
    StackTrace trace = StackTraces.extractor().extract(text, 0, text.length).get(0);
    checkFrames(bug, index);
    List<Candidate> candidates = CandidateRanking.over(index).rank(trace, MOST_CANDIDATES);
    boolean[] right = new boolean[candidates.size()];
    for (int i = 0; i < right.length; i++) {
      right[i] = isChanged(bug, candidates.get(i).block());
    }
    return new Ranked(bug, candidates, right, asPrinted(bug, trace, index));
  }

  /** The first frame, as printed, that was in a changed method; 0 when none was. */
  private static int asPrinted(KnownBug bug, StackTrace trace, CodeIndex index) {
    Set<String> seen = new LinkedHashSet<>();
    for (ThrownError e = trace.error(); e != null; e = e.cause()) {
      for (StackFrame frame : e.frames()) {
        CodeBlock block = index.find(frame).orElse(null);
        if (block != null && seen.add(block.toString()) && isChanged(bug, block)) {
          return seen.size();
        }
      }
    }
    return 0;
  }

  private void checkFrames(KnownBug bug, CodeIndex index) {
    for (KnownBug.LabelledFrame labelled : bug.frames()) {
      String type = labelled.symbol().substring(0, labelled.symbol().indexOf('#'));
      String method =
          labelled.symbol().substring(type.length() + 1, labelled.symbol().lastIndexOf('/'));
      String file = labelled.file().substring(labelled.file().lastIndexOf('/') + 1);
      CodeBlock block =
          index.find(new StackFrame(type, method, file, labelled.line())).orElse(null);
      frames++;
      boolean isRight = block != null && isSame(labelled.symbol(), block);
      framesRight += isRight ? 1 : 0;
      if (!isRight) {
        System.err.println(bug.project() + " " + bug.number() + ": " + labelled + " -> " + block);
      }
    }
  }

  private static boolean isChanged(KnownBug bug, CodeBlock block) {
    return bug.changed().stream().anyMatch(symbol -> isSame(symbol, block));
  }

  /** Labels write {@code *} for the number of an anonymous type. */
  private static boolean isSame(String symbol, CodeBlock block) {
    return symbol.equals(block.symbol())
        || (symbol.contains("$*#")
            && symbol.equals(block.symbol().replaceAll("\\$[0-9]+(?=[$#])", "\\$*")));
  }

  private List<Figure> figures(List<Ranked> ranked) {
    List<String> facts =
        ranked.stream()
            .flatMap(bug -> bug.candidates().stream())
            .flatMap(candidate -> candidate.reasons().stream())
            .map(Candidate.Reason::fact)
            .distinct()
            .sorted()
            .toList();
    Set<String> projects = new TreeSet<>();
    ranked.forEach(bug -> projects.add(bug.bug().project()));
    int[] heldOut = new int[ranked.size()];
    int[] shipped = new int[ranked.size()];
    for (String project : projects) {
      double[] weights =
          ListwiseRanker.learn(
              ranked.stream()
                  .filter(bug -> !bug.bug().project().equals(project))
                  .map(bug -> query(bug, facts))
                  .toList(),
              facts.size(),
              PENALTY);
      for (int i = 0; i < ranked.size(); i++) {
        if (ranked.get(i).bug().project().equals(project)) {
          heldOut[i] = place(ranked.get(i), query(ranked.get(i), facts), weights);
        }
      }
    }
    for (int i = 0; i < ranked.size(); i++) {
      shipped[i] = firstRight(ranked.get(i).right());
    }
    double[] all =
        ListwiseRanker.learn(
            ranked.stream().map(bug -> query(bug, facts)).toList(), facts.size(), PENALTY);
    for (int f = 0; f < facts.size(); f++) {
      System.err.printf("weight %-18s %7.3f%n", facts.get(f), all[f]);
    }
    int[] printed = ranked.stream().mapToInt(Ranked::asPrinted).toArray();
    String data = ranked.size() + " bugs, weights from other projects";
    List<Figure> figures = new ArrayList<>();
    figures.add(figure("rca.top1", heldOut, shipped, printed, 1, data));
    figures.add(figure("rca.top3", heldOut, shipped, printed, 3, data));
    figures.add(figure("rca.top5", heldOut, shipped, printed, 5, data));
    figures.add(figure("rca.recall30", heldOut, shipped, printed, PACK, data));
    figures.add(
        Figure.of(NAME, "rca.framesRight", "%", 100.0 * framesRight / frames, frames + " frames"));
    return figures;
  }

  private static Figure figure(
      String metric, int[] heldOut, int[] shipped, int[] printed, int top, String data) {
    return new Figure(
        NAME,
        metric,
        "%",
        share(heldOut, top),
        share(printed, top),
        "frames as printed",
        share(shipped, top),
        "shipped weights, which saw these bugs",
        data);
  }

  private static double share(int[] places, int top) {
    int hits = 0;
    for (int place : places) {
      hits += place > 0 && place <= top ? 1 : 0;
    }
    return 100.0 * hits / places.length;
  }

  private static int firstRight(boolean[] right) {
    for (int i = 0; i < right.length; i++) {
      if (right[i]) {
        return i + 1;
      }
    }
    return 0;
  }

  private static int place(Ranked bug, Query query, double[] weights) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < query.right().length; i++) {
      order.add(i);
    }
    order.sort(
        Comparator.comparingDouble((Integer i) -> -ListwiseRanker.score(query.values()[i], weights))
            .thenComparing(i -> bug.candidates().get(i).block().toString()));
    for (int i = 0; i < order.size(); i++) {
      if (bug.right()[order.get(i)]) {
        return i + 1;
      }
    }
    return 0;
  }

  private static Query query(Ranked bug, List<String> facts) {
    double[][] values = new double[bug.candidates().size()][facts.size()];
    for (int i = 0; i < values.length; i++) {
      for (Candidate.Reason reason : bug.candidates().get(i).reasons()) {
        values[i][facts.indexOf(reason.fact())] = reason.value();
      }
    }
    return new Query(values, bug.right());
  }
}

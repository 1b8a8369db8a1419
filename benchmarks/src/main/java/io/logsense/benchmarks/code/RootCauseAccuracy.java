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
import io.logsense.code.CandidateRanking;
import io.logsense.code.CodeIndexer;
import io.logsense.code.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How often a method that the fix changed is among the first candidates, on real bugs.
 *
 * <p>A bug's tree is the fixed commit with the patch that puts the bug back. Weights are learned
 * from all other projects, for each project; the shipped weights, which saw all of them, are
 * reported beside and prove nothing. {@code --input FILE} names bugs of other projects, in the same
 * form: they are ranked with weights from the known ones, and as shipped.
 */
public final class RootCauseAccuracy {
  private static final String NAME = "accuracy-rca";
  private static final String DATA = "rca/d4j_stacktraces.jsonl";
  private static final String PATCHES = "rjust/defects4j";
  private static final int MOST_CANDIDATES = 400;

  private final Path repositories;
  private final Map<String, CodeIndex> latest = new HashMap<>();
  private int frames;
  private int framesRight;

  private RootCauseAccuracy(Path repositories) {
    this.repositories = repositories;
  }

  /** All figures, of the bugs in {@code --input} where there is one, else of those in the data. */
  public static List<Figure> run(Run.Options options) throws IOException {
    Path input = options.input();
    List<KnownBug> known = KnownBug.read(options.data().resolve(DATA));
    List<KnownBug> unseen = input == null ? List.of() : KnownBug.read(input);
    List<KnownBug> bugs = Stream.concat(known.stream(), unseen.stream()).toList();
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
    List<RankedBug> knownRanked = accuracy.rank(known);
    List<String> facts = RankedBug.facts(knownRanked);
    double[] weights = RootCauseFigures.learn(knownRanked, facts);
    for (int f = 0; f < facts.size(); f++) {
      System.err.printf("weight %-18s %7.3f%n", facts.get(f), weights[f]);
    }
    if (unseen.isEmpty()) {
      return accuracy.figures(
          RootCauseFigures.leaveOneProjectOut(knownRanked),
          "shipped weights, which saw these bugs");
    }
    accuracy.frames = 0;
    accuracy.framesRight = 0;
    return accuracy.figures(
        RootCauseFigures.unseen(accuracy.rank(unseen), knownRanked), "shipped weights");
  }

  private List<Figure> figures(RootCauseFigures reached, String seen) {
    System.err.print(reached.table());
    List<Figure> figures = new ArrayList<>(reached.list(NAME, seen));
    String data = frames + " frames";
    figures.add(Figure.of(NAME, "rca.framesRight", "%", 100.0 * framesRight / frames, data));
    return figures;
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

  private List<RankedBug> rank(List<KnownBug> bugs) throws IOException {
    List<RankedBug> ranked = new ArrayList<>();
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

  private RankedBug rank(KnownBug bug, CodeIndex index) {
    byte[] text = bug.trace().getBytes(StandardCharsets.UTF_8);
    StackTrace trace = StackTraces.extractor().extract(text, 0, text.length).get(0);
    checkFrames(bug, trace, index);
    List<Candidate> candidates = CandidateRanking.over(index).rank(trace, MOST_CANDIDATES);
    boolean[] right = new boolean[candidates.size()];
    for (int i = 0; i < right.length; i++) {
      right[i] = isChanged(bug, candidates.get(i).block());
    }
    return new RankedBug(bug, candidates, right, asPrinted(bug, trace, index));
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

  /** Looks up the frames of a trace that have a label: the file and line of a method. */
  private void checkFrames(KnownBug bug, StackTrace trace, CodeIndex index) {
    Map<String, String> labels = new HashMap<>();
    bug.frames().forEach(f -> labels.put(f.file() + ":" + f.line(), f.symbol()));
    for (ThrownError e = trace.error(); e != null; e = e.cause()) {
      for (StackFrame frame : e.frames()) {
        int end = frame.className().lastIndexOf('.') + 1;
        String folder = frame.className().substring(0, end).replace('.', '/');
        String label = labels.get(folder + frame.file() + ":" + frame.line());
        if (label != null) {
          CodeBlock block = index.find(frame).orElse(null);
          frames++;
          boolean isRight = block != null && isSame(label, block);
          framesRight += isRight ? 1 : 0;
          if (!isRight) {
            System.err.println(
                bug.project() + " " + bug.number() + ": " + frame + ", " + label + " -> " + block);
          }
        }
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
}

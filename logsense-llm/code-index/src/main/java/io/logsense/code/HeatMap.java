package io.logsense.code;

import io.logsense.api.code.CodeBlock;
import io.logsense.api.code.CodeIndex;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import io.logsense.api.group.Group;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where in the code failures come from: how many each file and each method has, by version.
 *
 * <p>A group counts where its representative failed: at the first frame of the root cause that is
 * in the index, else at that of what wraps it; without a trace where its message stands. Groups
 * below {@link Severity#WARN} without a trace are no failures.
 */
public final class HeatMap {
  private static final int MOST_ERRORS = 50;

  private final List<Spot> files;
  private final List<Spot> methods;
  private final long elsewhere;

  private HeatMap(List<Spot> files, List<Spot> methods, long elsewhere) {
    this.files = files;
    this.methods = methods;
    this.elsewhere = elsewhere;
  }

  /**
   * A file or a method with its failures.
   *
   * @param file path in the index
   * @param symbol the method, as the index names it; empty for a file
   * @param line where the method begins, 1-based; 0 for a file
   * @param failures events of its groups
   * @param groups number of its groups
   * @param versions failures by version of the code; those without one are missing
   */
  public record Spot(
      String file,
      String symbol,
      int line,
      long failures,
      int groups,
      SortedMap<String, Long> versions) {}

  /** The map of these groups over the code that {@code index} describes. */
  public static HeatMap of(Collection<Group> groups, CodeIndex index) {
    Map<String, Spot> files = new TreeMap<>();
    Map<String, Spot> methods = new TreeMap<>();
    long elsewhere = 0;
    for (Group group : groups) {
      boolean traced = group.representative().exception() != null;
      if (!traced && !group.severity().atLeast(Severity.WARN)) {
        continue;
      }
      Optional<CodeBlock> block = place(group.representative(), index);
      if (block.isEmpty()) {
        elsewhere += group.count();
        continue;
      }
      String file = block.get().file();
      String symbol = block.get().symbol();
      int line = block.get().startLine();
      files.merge(file, spot(file, "", 0, group), HeatMap::sum);
      methods.merge(
          file + "\n" + symbol + "\n" + line, spot(file, symbol, line, group), HeatMap::sum);
    }
    return new HeatMap(hottestFirst(files), hottestFirst(methods), elsewhere);
  }

  private static Optional<CodeBlock> place(LogEvent event, CodeIndex index) {
    StackTrace trace = event.exception();
    if (trace == null) {
      return index.saying(event.message(), 1).stream().findFirst();
    }
    List<ThrownError> chain = new ArrayList<>();
    for (ThrownError e = trace.error(); e != null && chain.size() < MOST_ERRORS; e = e.cause()) {
      chain.add(0, e);
    }
    for (ThrownError error : chain) {
      for (StackFrame frame : error.frames()) {
        Optional<CodeBlock> block = index.find(frame);
        if (block.isPresent()) {
          return block;
        }
      }
    }
    return Optional.empty();
  }

  private static Spot spot(String file, String symbol, int line, Group group) {
    return new Spot(file, symbol, line, group.count(), 1, new TreeMap<>(group.versions()));
  }

  private static Spot sum(Spot a, Spot b) {
    SortedMap<String, Long> versions = new TreeMap<>(a.versions());
    b.versions().forEach((version, count) -> versions.merge(version, count, Long::sum));
    return new Spot(
        a.file(),
        a.symbol(),
        a.line(),
        a.failures() + b.failures(),
        a.groups() + b.groups(),
        versions);
  }

  private static List<Spot> hottestFirst(Map<String, Spot> spots) {
    return spots.values().stream()
        .sorted(
            Comparator.comparingLong((Spot spot) -> -spot.failures())
                .thenComparing(Spot::file)
                .thenComparingInt(Spot::line))
        .toList();
  }

  /** The files, hottest first. */
  public List<Spot> files() {
    return files;
  }

  /** The methods, hottest first. */
  public List<Spot> methods() {
    return methods;
  }

  /** Failures of groups that lead to no place in the index. */
  public long elsewhere() {
    return elsewhere;
  }
}

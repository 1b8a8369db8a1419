package io.logsense.cli;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code logsense undo}: takes a decision back. */
@Command(
    name = "undo",
    mixinStandardHelpOptions = true,
    description = "Takes a decision back; of an undo, makes it hold again.")
final class UndoCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "DECISION",
      description = "From 'logsense history', or the beginning of it (default: the last one).")
  private @Nullable String id;

  @Mixin private final Decision decision = new Decision();

  UndoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (KnownGroups known = KnownGroups.open(console, List.of())) {
      String target = find(known);
      if (known.triage().history().stream().anyMatch(change -> change.id().equals(target))) {
        decision.undo(known.triage(), target, console);
      } else {
        decision.take(
            known.clusters().undo(target), new ClusterText(console, known.clusters()), console);
      }
    }
    return 0;
  }

  private String find(KnownGroups known) {
    Map<Instant, String> decisions = new TreeMap<>();
    known.clusters().history().forEach(made -> decisions.put(made.when(), made.id()));
    known.triage().history().forEach(made -> decisions.put(made.when(), made.id()));
    List<String> all = List.copyOf(decisions.values());
    if (id == null && !all.isEmpty()) {
      return all.get(all.size() - 1);
    }
    List<String> hits = all.stream().filter(i -> id != null && i.startsWith(id)).toList();
    if (hits.size() != 1) {
      throw new LogSenseException(
          Category.USAGE,
          all.isEmpty()
              ? "nothing was decided yet"
              : "'" + id + "' is the beginning of " + hits.size() + " decisions");
    }
    return hits.get(0);
  }
}

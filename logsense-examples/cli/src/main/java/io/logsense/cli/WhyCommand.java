package io.logsense.cli;

import io.logsense.StackTraces;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.code.Candidate;
import io.logsense.api.code.CodeIndex;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.StackTrace;
import io.logsense.api.group.Group;
import io.logsense.code.CandidateRanking;
import io.logsense.code.SourceTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code logsense why}: the methods in which a problem may start. */
@Command(
    name = "why",
    mixinStandardHelpOptions = true,
    description = {
      "Names the methods in which a problem may start, with reasons that were checked in the code.",
      "The problem is a group of an earlier 'logsense analyze', or a stack trace in a file."
    })
final class WhyCommand implements Callable<Integer> {
  private static final int MOST_BYTES = 16 << 20;

  private final Console console;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ID",
      description = "A group's id or the beginning of it.")
  private @Nullable String id;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "A text with a stack trace instead, - for standard input.")
  private @Nullable String trace;

  @Option(
      names = "--src",
      paramLabel = "DIR",
      required = true,
      description = "The root of the source code, or with --commit a git repository.")
  private Path source = Path.of(".");

  @Option(
      names = "--commit",
      paramLabel = "REV",
      description = "The commit, tag or branch that was deployed; it need not be checked out.")
  private @Nullable String commit;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "30",
      description = "Candidates to name; text shows the first five. Default: ${DEFAULT-VALUE}.")
  private int top = 30;

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  WhyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if ((id == null) == (trace == null)) {
      throw new LogSenseException(Category.USAGE, "give the id of a group, or --trace FILE");
    }
    if (top < 1) {
      throw new LogSenseException(Category.USAGE, "--top " + top + ": at least one is needed");
    }
    LogEvent event = trace == null ? representative(String.valueOf(id)) : read(trace);
    try (SourceTree tree = SourceIndexes.tree(source, commit)) {
      CodeIndex index = new SourceIndexes(console).of(source, tree).index();
      CandidateRanking ranking = CandidateRanking.over(index);
      List<Candidate> candidates =
          tree.history().map(ranking::with).orElse(ranking).rank(event, top);
      CandidateReport report = new CandidateReport(console, tree, index, event);
      if (json) {
        report.write(candidates);
      } else {
        report.print(candidates);
      }
    }
    return 0;
  }

  private LogEvent representative(String group) {
    try (KnownGroups known = KnownGroups.open(console, List.of())) {
      Group found = known.find(group);
      return found.representative();
    }
  }

  /** The first stack trace of a text; a text without one is a message. */
  private LogEvent read(String file) throws IOException {
    byte[] text;
    if (file.equals("-")) {
      text = console.in().readNBytes(MOST_BYTES);
    } else {
      Path path = Path.of(file);
      Inputs.check(path);
      try (InputStream in = Files.newInputStream(path)) {
        text = in.readNBytes(MOST_BYTES);
      }
    }
    List<StackTrace> traces = StackTraces.extractor().extract(text, 0, text.length);
    if (traces.size() > 1) {
      console.complain(file + " has " + traces.size() + " stack traces; this is about the first");
    }
    LogEvent.Builder event = LogEvent.builder();
    return traces.isEmpty()
        ? event.message(new String(text, StandardCharsets.UTF_8).strip()).build()
        : event.exception(traces.get(0)).build();
  }
}

package io.logsense.cli;

import io.logsense.Fingerprinters;
import io.logsense.LogSense;
import io.logsense.StackTraces;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.analysis.RootCauseAnalyzer;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.StackTrace;
import io.logsense.api.group.Group;
import io.logsense.api.group.GroupKind;
import io.logsense.api.store.DocumentStore;
import io.logsense.api.store.LogStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code logsense why}: the likely cause of a problem, and where else it may start. */
@Command(
    name = "why",
    mixinStandardHelpOptions = true,
    description = {
      "Names the likely cause of a problem, what speaks for it, and the methods in which it may"
          + " start, with reasons that were checked in the code.",
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
      paramLabel = "DIR|JAR",
      required = true,
      description = {
        "The root of the source code, or with --commit a git repository,",
        "or a jar that the Maven plugin put an index into."
      })
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

  @Option(
      names = "--log",
      paramLabel = "INPUT",
      description = "The log again: events of the same trace or thread are shown.")
  private List<String> logs = List.of();

  @Option(
      names = "--store",
      paramLabel = "FILE.duckdb|URI",
      description = "What 'analyze --store' filled: the same, and deployments, feedback, reports.")
  private @Nullable String store;

  @Mixin private final IncidentOptions more = new IncidentOptions();

  @Mixin private final ModelOptions model = new ModelOptions();

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
    if (!logs.isEmpty() && store != null) {
      throw new LogSenseException(Category.USAGE, "--log and --store both say where events are");
    }
    Group read = trace == null ? null : read(trace);
    try (KnownGroups known = KnownGroups.open(console, List.of());
        Connectors.Opened opened = store == null ? null : Connectors.open(store)) {
      Group group = read == null ? known.find(String.valueOf(id)) : read;
      explain(group, surroundings(group, known, opened));
    }
    return 0;
  }

  private Surroundings surroundings(
      Group group, KnownGroups known, Connectors.@Nullable Opened opened) throws IOException {
    List<DocumentStore> documents = new ArrayList<>(List.of(DocumentFolder.in(console.home())));
    DocumentStore shared = opened == null ? null : opened.documents();
    if (shared != null) {
      documents.add(shared);
    }
    return new Surroundings(
        more.catalogue(),
        more.deployments(shared),
        opened == null ? events(group) : opened.events(),
        new EarlierProblems(known.clusters(), known.triage(), documents));
  }

  private @Nullable LogStore events(Group group) throws IOException {
    if (logs.isEmpty()) {
      return null;
    }
    EventsAround around = new EventsAround(List.of(group));
    LogSense.Builder engine = LogSense.builder().filter(around::wants).store(around);
    for (String log : logs) {
      engine.source(Inputs.source(log));
    }
    engine.analyze();
    return around;
  }

  private void explain(Group group, Surroundings around) throws IOException {
    RootCauseAnalyzer analyzer = model.analyzer(console);
    try (RootCauses causes = RootCauses.in(console, source, commit, around.revisions(group))) {
      RootCauses.Found found = causes.find(group, top, analyzer, around);
      CandidateReport report =
          new CandidateReport(console, causes.tree(), causes.index(), group.representative());
      if (json) {
        report.write(found);
      } else {
        report.print(found);
      }
    }
  }

  /** The first stack trace of a text; a text without one is a message. */
  private Group read(String file) throws IOException {
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
    if (traces.isEmpty()) {
      String message = new String(text, StandardCharsets.UTF_8).strip();
      LogEvent event = LogEvent.builder().message(message).build();
      return group("text:" + UUID.nameUUIDFromBytes(text), GroupKind.MESSAGE, message, event);
    }
    StackTrace first = traces.get(0);
    return group(
        Fingerprinters.javaFrames().fingerprint(first).strict().toString(),
        GroupKind.EXCEPTION,
        first.error().rootCause().toString(),
        LogEvent.builder().exception(first).build());
  }

  private static Group group(String named, GroupKind kind, String title, LogEvent event) {
    return Group.builder()
        .identity(named, kind)
        .words(title, "", "")
        .counts(1, Map.of(event.severity(), 1L))
        .examples(List.of(event))
        .build();
  }
}

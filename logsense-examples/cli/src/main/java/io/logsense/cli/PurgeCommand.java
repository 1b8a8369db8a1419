package io.logsense.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.logsense.DeadLetters;
import io.logsense.Purge;
import io.logsense.api.purge.Subject;
import io.logsense.api.source.Archive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code logsense purge}: forgets a person. */
@Command(
    name = "purge",
    mixinStandardHelpOptions = true,
    description =
        "Forgets a person in everything that is kept between runs, and in what the options name."
            + " The logs themselves are yours to purge, before.")
final class PurgeCommand implements Callable<Integer> {
  private final Console console;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  @Parameters(
      paramLabel = "SUBJECT",
      description =
          "An identifier as logs have it, 3 to 200 characters: an e-mail address, a user id, a"
              + " name. Letters of either case are alike.")
  private String subject = "";

  @Option(
      names = "--store",
      paramLabel = "FILE.duckdb|URI",
      description = "A store of events, as for 'logsense analyze'; may be repeated.")
  private List<String> stores = List.of();

  @Option(
      names = "--groups",
      paramLabel = "FILE",
      description = "Groups that 'logsense analyze --save' kept; may be repeated.")
  private List<Path> groups = List.of();

  @Option(
      names = "--dead-letters",
      paramLabel = "FILE",
      description = "Dead letters of an engine that is not running; may be repeated.")
  private List<Path> deadLetters = List.of();

  @Option(
      names = "--archive",
      paramLabel = "DIR",
      description = "Raw records of an engine that is not running; may be repeated.")
  private List<Path> archives = List.of();

  @Option(names = "--no-state", description = "Leave what is kept between runs alone.")
  private boolean noState;

  @Option(names = "--dry-run", description = "Say what would go, and change nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  PurgeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    Subject who = Subject.of(subject);
    Purge.Report report;
    try {
      Purge purge = layers();
      report = dryRun ? purge.preview(who) : purge.run(who);
    } finally {
      while (!opened.isEmpty()) {
        opened.pop().close();
      }
    }
    if (json) {
      json(report);
    } else {
      text(report);
    }
    return report.isComplete() ? 0 : Main.FAILED;
  }

  private Purge layers() throws IOException {
    Purge.Builder layers = Purge.builder();
    Path home = console.home();
    if (!noState) {
      layers.layer("groups", GroupArchive.in(home));
      if (Files.exists(KnownGroups.clustersIn(home))) {
        layers.layer("clusters", open(KnownGroups.clusters(home, List.of())));
      }
      if (Files.exists(KnownGroups.triageIn(home))) {
        layers.layer("triage", open(KnownGroups.triage(home)));
      }
      layers.layer("analysis", DocumentFolder.in(home));
    }
    for (Path file : groups) {
      layers.layer("groups " + existing(file), GroupArchive.at(file));
    }
    for (String store : stores) {
      if (Connectors.isFile(store)) {
        existing(Path.of(store));
      }
      layers.layer("store " + store, open(Connectors.open(store)).events());
    }
    for (Path file : deadLetters) {
      layers.layer("dead letters " + existing(file), open(DeadLetters.file(file)));
    }
    for (Path directory : archives) {
      layers.layer("archive " + existing(directory), Archive.directory(directory));
    }
    return layers.build();
  }

  private <T extends AutoCloseable> T open(T keeper) {
    opened.push(keeper);
    return keeper;
  }

  /** A store that is not there would be made, and have nothing to forget. */
  private static Path existing(Path file) throws NoSuchFileException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    return file;
  }

  private void text(Purge.Report report) {
    for (Purge.Outcome outcome : report.outcomes()) {
      console.out().println(Printable.line(outcome.toString()));
    }
    String done = dryRun ? "would be purged" : "purged";
    console.out().println(report.items() + (report.items() == 1 ? " item " : " items ") + done);
    if (!report.isComplete()) {
      console.complain("not everything " + done + "; see above");
    }
  }

  private void json(Purge.Report report) throws IOException {
    try (JsonGenerator out = new JsonFactory().createGenerator(console.out())) {
      out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      out.writeStartObject();
      out.writeBooleanField("dryRun", dryRun);
      out.writeBooleanField("complete", report.isComplete());
      out.writeNumberField("items", report.items());
      out.writeArrayFieldStart("layers");
      for (Purge.Outcome outcome : report.outcomes()) {
        out.writeStartObject();
        out.writeStringField("layer", outcome.layer());
        out.writeNumberField("items", outcome.items());
        out.writeStringField("problem", outcome.problem());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    console.out().println();
  }
}

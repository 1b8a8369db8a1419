package io.logsense.cli;

import io.logsense.analysis.FeedbackBook;
import io.logsense.analysis.RankingAnalyzer;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.analysis.Feedback;
import io.logsense.api.analysis.Feedback.Verdict;
import io.logsense.api.analysis.RootCauseReport;
import io.logsense.api.analysis.RootCauseReport.RootCause;
import io.logsense.api.group.Group;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code logsense feedback}: whether a root cause was right. */
@Command(
    name = "feedback",
    mixinStandardHelpOptions = true,
    description = {
      "Says whether the cause that 'logsense why' named was right.",
      "Later rankings count it, for this problem and for others that lead to the same method."
    })
final class FeedbackCommand implements Callable<Integer> {
  private static final int MOST_CANDIDATES = 30;

  private final Console console;

  @Parameters(index = "0", paramLabel = "ID", description = "A group's id or its beginning.")
  private String id = "";

  @Parameters(index = "1", paramLabel = "accept|reject|partial", description = "What you say.")
  private Said said = Said.ACCEPT;

  @Option(
      names = "--src",
      paramLabel = "DIR",
      required = true,
      description = "The root of the source code that 'logsense why' was given.")
  private Path source = Path.of(".");

  @Option(names = "--commit", paramLabel = "REV", description = "The commit it was given.")
  private @Nullable String commit;

  @Option(
      names = "--symbol",
      paramLabel = "SYMBOL",
      description = "Another candidate than the one that is named now, as 'why' writes it.")
  private @Nullable String symbol;

  @Option(names = "--note", paramLabel = "TEXT", description = "In your words.")
  private String note = "";

  FeedbackCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Group group;
    try (KnownGroups known = KnownGroups.open(console, List.of())) {
      group = known.find(id);
    }
    Surroundings around = Surroundings.none();
    try (RootCauses causes = RootCauses.in(console, source, commit, around.revisions(group))) {
      RootCauses.Found found = causes.find(group, MOST_CANDIDATES, new RankingAnalyzer(), around);
      Place place = place(found);
      FeedbackBook.open(DocumentFolder.in(console.home()))
          .add(
              new Feedback(
                  found.report().incident(),
                  place.file(),
                  place.symbol(),
                  said.verdict,
                  note,
                  console.user(),
                  Instant.now()));
      console.out().println(said.words + " " + Printable.line(place.symbol()));
    }
    return 0;
  }

  private record Place(String file, String symbol) {}

  private Place place(RootCauses.Found found) {
    if (symbol == null) {
      RootCauseReport report = found.report();
      RootCause cause = report.rootCause();
      if (cause == null) {
        throw new LogSenseException(Category.USAGE, "no cause is named: " + report.inconclusive());
      }
      return new Place(cause.file(), cause.symbol());
    }
    return found.candidates().stream()
        .map(candidate -> candidate.block())
        .filter(block -> block.symbol().equals(symbol))
        .findFirst()
        .map(block -> new Place(block.file(), block.symbol()))
        .orElseThrow(
            () -> new LogSenseException(Category.USAGE, symbol + " is no candidate of " + id));
  }

  /** What can be said. */
  enum Said {
    ACCEPT(Verdict.ACCEPTED, "accepted"),
    REJECT(Verdict.REJECTED, "rejected"),
    PARTIAL(Verdict.PARTIALLY_CORRECT, "partially correct:");

    private final Verdict verdict;
    private final String words;

    Said(Verdict verdict, String words) {
      this.verdict = verdict;
      this.words = words;
    }
  }
}

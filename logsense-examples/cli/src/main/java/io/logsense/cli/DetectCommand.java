package io.logsense.cli;

import io.logsense.Detectors;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.anomaly.AnomalyDetector;
import io.logsense.api.anomaly.AnomalyKind;
import io.logsense.api.anomaly.Judgement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code logsense detect}: what is unusual in a series. */
@Command(
    name = "detect",
    mixinStandardHelpOptions = true,
    description = "Scores each point of a series by the points before it.")
final class DetectCommand implements Callable<Integer> {
  private static final int COMPLAINTS = 5;

  private final Console console;

  @Parameters(
      paramLabel = "SERIES.csv",
      description = "Rows of timestamp,value with a header; - for standard input.")
  private String file = "";

  @Option(
      names = "--detector",
      paramLabel = "NAME",
      defaultValue = "standard",
      description = "Which detector (default ${DEFAULT-VALUE}); a wrong name lists them all.")
  private String detector = "";

  @Option(
      names = "--out",
      paramLabel = "FILE.csv",
      description = "Where to write timestamp,value,score,finding; standard output by default.")
  private @Nullable Path out;

  DetectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    AnomalyDetector judge = Detectors.named(detector);
    try (Reader in = open()) {
      if (out == null) {
        return judge(judge, new SeriesCsv(in), console.out());
      }
      if (!file.equals("-") && Files.exists(out) && Files.isSameFile(out, Path.of(file))) {
        throw new LogSenseException(Category.USAGE, "--out " + out + " is the input");
      }
      try (Writer target = Files.newBufferedWriter(out, StandardCharsets.UTF_8)) {
        return judge(judge, new SeriesCsv(in), target);
      }
    }
  }

  private Reader open() throws IOException {
    if (file.equals("-")) {
      return new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8));
    }
    Path path = Path.of(file);
    Inputs.check(path);
    if (Files.isDirectory(path)) {
      throw new IOException(file + ": is a directory; one file is expected");
    }
    return new BufferedReader(
        new InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8));
  }

  private int judge(AnomalyDetector judge, SeriesCsv series, Writer target) throws IOException {
    Judgement judgement = new Judgement();
    long points = 0;
    long bad = 0;
    target.write("timestamp,value,score,finding\n");
    for (SeriesCsv.Row row = series.next(); row != null; row = series.next()) {
      if (row.problem() == null) {
        points++;
        judge.observe(0, row.epochMillis(), row.amount(), judgement);
      } else if (++bad <= COMPLAINTS) {
        console.complain(file + ", line " + row.number() + ": " + row.problem());
      }
      write(target, row, row.problem() == null ? judgement : null);
      if (target instanceof PrintWriter printer && printer.checkError()) {
        throw new IOException("standard output is closed");
      }
    }
    if (bad > COMPLAINTS) {
      console.complain(file + ": " + bad + " rows hold no point; their score is empty");
    }
    if (points == 0) {
      throw new IOException(file + ": no points; rows of timestamp,value are expected");
    }
    return 0;
  }

  private static void write(Writer target, SeriesCsv.Row row, @Nullable Judgement judgement)
      throws IOException {
    target.write(AssignmentsCsv.quoted(row.timestamp()));
    target.write(',');
    target.write(AssignmentsCsv.quoted(row.value()));
    target.write(',');
    if (judgement != null) {
      target.write(Double.toString(judgement.score()));
    }
    target.write(',');
    if (judgement != null && judgement.isFinding()) {
      AnomalyKind kind = judgement.finding().orElseThrow();
      target.write(kind.name().toLowerCase(Locale.ROOT));
    }
    target.write('\n');
  }
}

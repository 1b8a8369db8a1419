package io.logsense.benchmarks.profile;

import io.logsense.Analysis;
import io.logsense.LogSense;
import io.logsense.Sources;
import io.logsense.benchmarks.Figure;
import io.logsense.benchmarks.Run;
import io.logsense.benchmarks.SpringBootLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import one.convert.Arguments;
import one.convert.JfrToFlame;

/**
 * Records one thread of the engine over a log and draws where the time goes: {@code flame.html},
 * {@code stages.svg}, and the recording itself, {@code engine.jfr}.
 */
public final class Profile {
  private static final String NAME = "profile";
  private static final int GENERATED_BYTES = 60_000_000;
  private static final Duration QUICK = Duration.ofSeconds(10);
  private static final Duration FULL = Duration.ofSeconds(40);

  private Profile() {}

  /** Records, draws, and says the share of each stage in percent. */
  public static List<Figure> run(Run.Options options) throws IOException {
    Path directory = Files.createDirectories(options.out());
    Path recording = directory.resolve("engine.jfr");
    Path input = options.input();
    Path generated = Files.createTempFile("logsense", ".log");
    try {
      if (input == null) {
        SpringBootLog.write(generated, GENERATED_BYTES);
      }
      Path log = input == null ? generated : input;
      Duration time = options.quick() ? QUICK : FULL;
      Sampling.record(() -> analyze(log), time, recording);
    } finally {
      Files.delete(generated);
    }
    String title = input == null ? "generated Spring Boot log" : input.getFileName().toString();
    StageShares shares = StageShares.of(recording);
    draw(directory, recording, title, shares);
    String data = title + ", " + shares.total() + " samples";
    return shares.percent().entrySet().stream()
        .map(e -> Figure.of(NAME, "profile.share", "%", e.getValue(), e.getKey() + ", " + data))
        .toList();
  }

  private static void analyze(Path log) {
    Analysis analysis = LogSense.builder().source(Sources.path(log)).threads(1).analyze();
    if (analysis.events() == 0) {
      throw new IllegalArgumentException("no events in " + log + "; give a log that is text");
    }
  }

  private static void draw(Path directory, Path recording, String title, StageShares shares)
      throws IOException {
    Path chart = directory.resolve("stages.svg");
    Files.writeString(chart, ShareChart.svg("CPU time by stage, " + title, shares.percent()));
    Path flame = directory.resolve("flame.html");
    Arguments arguments = new Arguments("--title", title, "--dot", "--norm");
    JfrToFlame.convert(recording.toString(), flame.toString(), arguments);
    System.err.println(chart + "\n" + flame + "\n" + recording);
  }
}

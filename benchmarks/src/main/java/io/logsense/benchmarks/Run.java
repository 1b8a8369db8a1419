package io.logsense.benchmarks;

import io.logsense.benchmarks.accuracy.ExtractionAccuracy;
import io.logsense.benchmarks.accuracy.GroupingAccuracy;
import io.logsense.benchmarks.accuracy.TemplateAccuracy;
import io.logsense.benchmarks.anomaly.DetectorSpeed;
import io.logsense.benchmarks.anomaly.NabAccuracy;
import io.logsense.benchmarks.appender.AppenderRun;
import io.logsense.benchmarks.code.CodeIndexSpeed;
import io.logsense.benchmarks.code.RootCauseAccuracy;
import io.logsense.benchmarks.embed.EmbedderRun;
import io.logsense.benchmarks.endtoend.EndToEnd;
import io.logsense.benchmarks.kafka.KafkaRun;
import io.logsense.benchmarks.linearity.Linearity;
import io.logsense.benchmarks.profile.Profile;
import io.logsense.benchmarks.sessions.SessionAccuracy;
import io.logsense.benchmarks.stability.StabilitySuite;
import io.logsense.benchmarks.stores.StoreRun;
import io.logsense.benchmarks.vectors.EmbedTexts;
import io.logsense.benchmarks.vectors.HnswRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Runs one benchmark or accuracy run by its name; called by {@code benchmarks/run}. */
public final class Run {
  private static final int USAGE = 2;

  /** The exit code of a run that lacks what it needs. */
  public static final int NO_INPUT = 3;

  /** A run; it prints a table, or one JSON line for each figure. */
  private interface Program {
    void run(Options options) throws Exception;
  }

  /**
   * What was asked for.
   *
   * @param quick whether to stay under 50 seconds on two cores
   * @param json whether only JSON lines go to standard output
   * @param data where the labelled data is
   * @param peers where programs to compare with are, that this repository does not have
   * @param input the log, or the bugs, to use instead of those at hand
   * @param out where files go that a run writes
   * @param repos where repositories are that a run reads
   * @param src the source code to use instead of this repository's
   */
  public record Options(
      boolean quick,
      boolean json,
      Path data,
      @Nullable Path peers,
      @Nullable Path input,
      Path out,
      @Nullable Path repos,
      Path src) {

    /**
     * Reads a command line; {@code rest} keeps what was not understood.
     *
     * @param root the root of the repository
     */
    static Options from(List<String> rest, Path root) {
      String data = value(rest, "--data");
      String peers = value(rest, "--peers");
      String input = value(rest, "--input");
      String out = value(rest, "--out");
      String repos = value(rest, "--repos");
      String src = value(rest, "--src");
      return new Options(
          rest.remove("--quick"),
          rest.remove("--json"),
          data == null ? root.resolve("../shared/data").normalize() : Path.of(data),
          peers == null ? null : Path.of(peers),
          input == null ? null : Path.of(input),
          out == null ? root.resolve("benchmarks/target/profile") : Path.of(out),
          repos == null ? null : Path.of(repos),
          src == null ? root : Path.of(src));
    }

    /** The same as the arguments of a program's own {@code main}. */
    String[] arguments() {
      List<String> arguments = new ArrayList<>(List.of("--data", data.toString()));
      if (quick) {
        arguments.add("--quick");
      }
      if (json) {
        arguments.add("--json");
      }
      return arguments.toArray(String[]::new);
    }

    /** Prints figures as a table or as JSON lines. */
    public void print(List<Figure> figures) {
      figures.forEach(figure -> System.out.println(json ? figure.toJson() : figure));
    }
  }

  private Run() {}

  private static Map<String, Program> programs() {
    Map<String, Program> programs = new TreeMap<>();
    programs.put("accuracy-extraction", options -> ExtractionAccuracy.main(options.arguments()));
    programs.put("accuracy-grouping", options -> GroupingAccuracy.main(options.arguments()));
    programs.put("accuracy-nab", options -> options.print(NabAccuracy.run(options)));
    programs.put("accuracy-rca", options -> options.print(RootCauseAccuracy.run(options)));
    programs.put("accuracy-sessions", options -> options.print(SessionAccuracy.run(options)));
    programs.put("accuracy-templates", options -> TemplateAccuracy.main(options.arguments()));
    programs.put("appender", options -> options.print(AppenderRun.run(options)));
    programs.put("code-index", options -> options.print(CodeIndexSpeed.run(options)));
    programs.put("detectors", options -> options.print(DetectorSpeed.run(options)));
    programs.put("embed-texts", options -> options.print(EmbedTexts.run(options)));
    programs.put("embedders", options -> options.print(EmbedderRun.run(options.quick())));
    programs.put("end-to-end", options -> options.print(EndToEnd.run(options)));
    programs.put("endurance", options -> options.print(Endurance.run(options)));
    programs.put("extraction", options -> options.print(ExtractionRun.run(options)));
    programs.put("fingerprint", options -> options.print(FingerprintRun.run(options)));
    programs.put("hnsw", HnswRun::run);
    programs.put("kafka", options -> options.print(KafkaRun.run(options.quick())));
    programs.put("linearity", Linearity::run);
    programs.put("masking", options -> options.print(MaskingSpeed.run(options)));
    programs.put("parsing", options -> options.print(ParsingSpeed.run(options)));
    programs.put("profile", options -> options.print(Profile.run(options)));
    programs.put("stability", options -> StabilitySuite.main(options.arguments()));
    programs.put("stores", options -> options.print(StoreRun.run(options)));
    programs.put("templates", options -> options.print(TemplateSpeed.run(options)));
    return programs;
  }

  /** The names of all runs. */
  static Set<String> names() {
    return programs().keySet();
  }

  public static void main(String[] args) throws Exception {
    List<String> rest = new ArrayList<>(List.of(args));
    String root = value(rest, "--root");
    String name = rest.isEmpty() || rest.get(0).startsWith("-") ? "" : rest.remove(0);
    if (name.equals("jmh")) {
      org.openjdk.jmh.Main.main(rest.toArray(String[]::new));
      return;
    }
    Options options = Options.from(rest, Path.of(root == null ? "." : root));
    Program program = programs().get(name);
    if (program == null || !rest.isEmpty()) {
      System.err.println(
          "usage: benchmarks/run NAME [--quick] [--json] [--data DIR] [--peers DIR]"
              + " [--input FILE] [--out DIR] [--repos DIR] [--src DIR]");
      System.err.println("       benchmarks/run jmh [REGEX] [JMH OPTION]…");
      System.err.println("NAME: " + String.join(" ", names()));
      System.exit(USAGE);
    } else if (name.startsWith("accuracy") && !Files.isDirectory(options.data())) {
      System.err.println("no data in " + options.data() + "; name it with --data DIR");
      System.exit(NO_INPUT);
    } else if (options.input() != null && !Files.exists(options.input())) {
      System.err.println("no such file or directory: " + options.input());
      System.exit(NO_INPUT);
    } else {
      try {
        program.run(options);
      } catch (MissingInput e) {
        System.err.println(e.getMessage());
        System.exit(NO_INPUT);
      }
    }
  }

  private static @Nullable String value(List<String> arguments, String name) {
    int at = arguments.indexOf(name);
    if (at < 0 || at + 1 == arguments.size()) {
      return null;
    }
    arguments.remove(at);
    return arguments.remove(at);
  }
}

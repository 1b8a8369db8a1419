package io.logsense.benchmarks;

import io.logsense.benchmarks.accuracy.ExtractionAccuracy;
import io.logsense.benchmarks.accuracy.GroupingAccuracy;
import io.logsense.benchmarks.accuracy.TemplateAccuracy;
import io.logsense.benchmarks.stability.StabilitySuite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs one benchmark or accuracy run by its name; called by {@code benchmarks/run}. */
public final class Run {
  private static final int USAGE = 2;
  private static final int NO_INPUT = 3;

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
   */
  record Options(boolean quick, boolean json, Path data) {
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

    void print(List<Figure> figures) {
      figures.forEach(figure -> System.out.println(json ? figure.toJson() : figure));
    }
  }

  private Run() {}

  private static Map<String, Program> programs() {
    Map<String, Program> programs = new TreeMap<>();
    programs.put("accuracy-extraction", options -> ExtractionAccuracy.main(options.arguments()));
    programs.put("accuracy-grouping", options -> GroupingAccuracy.main(options.arguments()));
    programs.put("accuracy-templates", options -> TemplateAccuracy.main(options.arguments()));
    programs.put("endurance", options -> options.print(Endurance.run(options)));
    programs.put("extraction", options -> options.print(ExtractionRun.run(options)));
    programs.put("fingerprint", options -> options.print(FingerprintRun.run(options)));
    programs.put("stability", options -> StabilitySuite.main(options.arguments()));
    programs.put("templates", options -> TemplateSpeed.main(options.arguments()));
    return programs;
  }

  public static void main(String[] args) throws Exception {
    List<String> rest = new ArrayList<>(List.of(args));
    Path root = Path.of(option(rest, "--root", "."));
    Path data = Path.of(option(rest, "--data", root.resolve("../shared/data").toString()));
    String name = rest.isEmpty() || rest.get(0).startsWith("-") ? "" : rest.remove(0);
    Program program = programs().get(name);
    if (program == null || !List.of("--quick", "--json").containsAll(rest)) {
      System.err.println("usage: benchmarks/run NAME [--quick] [--json] [--data DIR]");
      System.err.println("NAME: " + String.join(" ", programs().keySet()));
      System.exit(USAGE);
    } else if (name.startsWith("accuracy") && !Files.isDirectory(data)) {
      System.err.println("no data in " + data.normalize() + "; name it with --data DIR");
      System.exit(NO_INPUT);
    } else {
      program.run(new Options(rest.contains("--quick"), rest.contains("--json"), data.normalize()));
    }
  }

  private static String option(List<String> arguments, String name, String absent) {
    int at = arguments.indexOf(name);
    if (at < 0 || at + 1 == arguments.size()) {
      return absent;
    }
    arguments.remove(at);
    return arguments.remove(at);
  }
}

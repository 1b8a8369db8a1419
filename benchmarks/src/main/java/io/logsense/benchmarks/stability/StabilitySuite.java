package io.logsense.benchmarks.stability;

import io.logsense.benchmarks.Figure;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether the same fault keeps its strict identity when it is built, run and printed differently.
 *
 * <p>Real compilers and real JVMs: every build of the scenarios runs in a JVM of its own, which
 * reports each failure live, as Logback's proxy, and printed by the JDK, Logback and Log4j2 and
 * parsed again. A cell of the table is good when all forms of that run equal the base run's live
 * identity.
 *
 * <p>Arguments: {@code --quick} for fewer variants, {@code --json} for one line per figure, {@code
 * --verbose} to see what differs.
 */
public final class StabilitySuite {
  private final PrintStream out;
  private final boolean quick;
  private final boolean json;
  private final boolean verbose;
  private final Libraries libraries = new Libraries();
  private final Map<String, Map<String, Map<String, Identity>>> results = new LinkedHashMap<>();

  private final List<Figure> figures = new ArrayList<>();

  private StabilitySuite(PrintStream out, List<String> arguments) {
    this.out = out;
    quick = arguments.contains("--quick");
    json = arguments.contains("--json");
    verbose = arguments.contains("--verbose");
  }

  public static void main(String[] args) throws Exception {
    boolean good = new StabilitySuite(System.out, Arrays.asList(args)).run();
    System.exit(good ? 0 : 1);
  }

  /** The figures of a run, whose table goes to standard error. */
  public static List<Figure> figures(boolean quick) throws IOException, InterruptedException {
    StabilitySuite suite =
        new StabilitySuite(System.err, quick ? List.of("--quick") : List.<String>of());
    suite.run();
    return List.copyOf(suite.figures);
  }

  private boolean run() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("stability");
    try {
      ScenarioBuilds builds = new ScenarioBuilds(directory, libraries);
      for (Variant variant : Variant.all()) {
        String missing = missing(variant);
        if (quick && !variant.quick()) {
          continue;
        }
        if (missing.isEmpty()) {
          results.put(variant.name(), run(variant, builds.classes(variant.build())));
        } else {
          System.err.println("skipped '" + variant.name() + "': " + missing);
        }
      }
    } finally {
      delete(directory);
    }
    return report();
  }

  private String missing(Variant variant) {
    boolean newer =
        variant.jdk() == Variant.Jdk.NEWER || variant.build() == Variant.Build.NEWER_COMPILER;
    if (newer && libraries.newerJdk().isEmpty()) {
      return "no JDK newer than this one in /usr/lib/jvm; name one by -Dstability.jdk=";
    }
    boolean spring6 = variant.springCore().equals(Variant.SPRING_6);
    return spring6 && libraries.spring(Variant.SPRING_6).isEmpty()
        ? "spring-core " + Variant.SPRING_6 + " is not in the local Maven repository"
        : "";
  }

  /** Identities by scenario and form. */
  private Map<String, Map<String, Identity>> run(Variant variant, Path classes)
      throws IOException, InterruptedException {
    Path home =
        variant.jdk() == Variant.Jdk.NEWER
            ? libraries.newerJdk().orElseThrow()
            : Path.of(System.getProperty("java.home"));
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/java").toString());
    command.addAll(List.of("-Xmx256m", "-Xss512k", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("--add-opens", "java.base/java.lang=ALL-UNNAMED"));
    command.addAll(variant.arguments());
    command.add("-cp");
    command.add(
        String.join(
            File.pathSeparator,
            classes.toString(),
            System.getProperty("java.class.path"),
            libraries.path(variant.springCore())));
    command.add(ScenarioRun.class.getName());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException("'" + variant.name() + "' failed: " + printed);
    }
    Map<String, Map<String, Identity>> identities = new TreeMap<>();
    for (String line : printed.lines().toList()) {
      String[] fields = line.split("\t", -1);
      if (fields.length == 4) {
        identities
            .computeIfAbsent(fields[0], scenario -> new LinkedHashMap<>())
            .put(fields[1], new Identity(fields[2], fields[3]));
      }
    }
    return identities;
  }

  private boolean report() {
    Map<String, Map<String, Identity>> base = results.values().iterator().next();
    Map<String, Identity> truth = new TreeMap<>();
    base.forEach(
        (scenario, forms) -> truth.put(scenario, forms.getOrDefault("live", Identity.NONE)));
    int stable = 0;
    int stableSites = 0;
    StringBuilder table = new StringBuilder();
    for (Map.Entry<String, Identity> scenario : truth.entrySet()) {
      boolean all = true;
      boolean allSites = true;
      StringBuilder cells = new StringBuilder();
      for (Map.Entry<String, Map<String, Map<String, Identity>>> variant : results.entrySet()) {
        Map<String, Identity> forms = variant.getValue().get(scenario.getKey());
        List<String> differing = differing(forms, scenario.getValue());
        all &= differing.isEmpty();
        allSites &= sitesAgree(forms, scenario.getValue());
        cells.append(forms == null ? "  - " : differing.isEmpty() ? "  ok" : "  NO");
        if (verbose && !differing.isEmpty()) {
          System.err.println(scenario.getKey() + " / " + variant.getKey() + ": " + differing);
        }
      }
      stable += all ? 1 : 0;
      stableSites += allSites ? 1 : 0;
      table.append(String.format(Locale.ROOT, "%-26s%s%n", scenario.getKey(), cells));
    }
    long distinct = truth.values().stream().map(Identity::strict).distinct().count();
    figures.add(figure("stability.scenariosStable", stable));
    figures.add(figure("stability.scenarios", truth.size()));
    figures.add(figure("stability.sitesStable", stableSites));
    figures.add(figure("stability.distinct", distinct));
    printTable(table, truth.size(), stable, stableSites, distinct);
    return stable == truth.size() && distinct == truth.size();
  }

  private void printTable(
      StringBuilder table, int scenarios, int stable, int stableSites, long distinct) {
    if (json) {
      figures.forEach(figure -> out.println(figure.toJson()));
      return;
    }
    int column = 1;
    for (String variant : results.keySet()) {
      out.printf(Locale.ROOT, "%3d  %s%n", column++, variant);
    }
    out.print(" ".repeat(26));
    for (int i = 1; i < column; i++) {
      out.printf(Locale.ROOT, "%4d", i);
    }
    out.println();
    out.print(table);
    out.printf(
        Locale.ROOT,
        "%d of %d scenarios keep their strict identity in all %d variants and all forms; "
            + "%d keep their site; %d identities are distinct%n",
        stable,
        scenarios,
        results.size(),
        stableSites,
        distinct);
  }

  private Figure figure(String metric, long value) {
    String data = "own scenarios, " + results.size() + " variants";
    return Figure.of("stability", metric, "count", value, data);
  }

  /** The forms whose strict identity is another one. A run may lack a scenario altogether. */
  private static List<String> differing(@Nullable Map<String, Identity> forms, Identity truth) {
    if (forms == null) {
      return List.of();
    }
    return forms.entrySet().stream()
        .filter(form -> !form.getValue().strict().equals(truth.strict()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean sitesAgree(@Nullable Map<String, Identity> forms, Identity truth) {
    return forms == null
        || forms.values().stream().allMatch(form -> form.site().equals(truth.site()));
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /**
   * What a run said of a failure.
   *
   * @param strict the strict identity
   * @param site the site
   */
  private record Identity(String strict, String site) {
    static final Identity NONE = new Identity("", "");
  }
}

package io.logsense.benchmarks.stability;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Builds of the scenario sources, each changed and compiled in its own way. */
final class ScenarioBuilds {
  private static final String SCENARIOS = "com/acme/app/Scenarios";
  private static final String RECORDS = "com/acme/app/RecordScenarios";
  private static final String CGLIB = "com/acme/app/CglibScenarios";
  private static final String BYTE_BUDDY = "com/acme/app/ByteBuddyScenarios";
  private static final String LAYERS = "org/springframework/layer/Layers";

  private final Path directory;
  private final Libraries libraries;
  private final Map<Variant.Build, Path> done = new EnumMap<>(Variant.Build.class);

  ScenarioBuilds(Path directory, Libraries libraries) {
    this.directory = directory;
    this.libraries = libraries;
  }

  /** The directory of classes of a build, compiled at the first call. */
  Path classes(Variant.Build build) throws IOException, InterruptedException {
    Path known = done.get(build);
    if (known == null) {
      known = compile(build);
      done.put(build, known);
    }
    return known;
  }

  private Path compile(Variant.Build build) throws IOException, InterruptedException {
    Path home = directory.resolve(build.name());
    List<Path> sources = new ArrayList<>();
    sources.add(write(home, SCENARIOS, build));
    sources.add(write(home, LAYERS, build));
    if (build != Variant.Build.OLDER_TARGET) {
      sources.add(write(home, RECORDS, build));
    }
    if (libraries.spring(Variant.SPRING_5).isPresent()) {
      sources.add(write(home, CGLIB, build));
    }
    if (libraries.byteBuddy().isPresent()) {
      sources.add(write(home, BYTE_BUDDY, build));
    }
    Path classes = Files.createDirectories(home.resolve("classes"));
    List<String> options = new ArrayList<>(List.of("-nowarn", "-proc:none", "-Xlint:none"));
    options.addAll(List.of("-d", classes.toString(), "-cp", libraries.path(Variant.SPRING_5)));
    options.add(build == Variant.Build.NO_DEBUG_INFO ? "-g:none" : "-g");
    options.add("--release");
    options.add(build == Variant.Build.OLDER_TARGET ? "9" : "17");
    if (build == Variant.Build.NEWER_COMPILER) {
      byOtherCompiler(options, sources);
    } else {
      byThisCompiler(options, sources);
    }
    return classes;
  }

  private static void byThisCompiler(List<String> options, List<Path> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IllegalStateException("the suite needs a JDK, this is a JRE");
    }
    StringWriter errors = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      Boolean compiled =
          compiler
              .getTask(
                  errors, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      if (!Boolean.TRUE.equals(compiled)) {
        throw new IllegalStateException("scenarios do not compile: " + errors);
      }
    }
  }

  private void byOtherCompiler(List<String> options, List<Path> sources)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(libraries.newerJdk().orElseThrow().resolve("bin/javac").toString());
    command.addAll(options);
    sources.forEach(source -> command.add(source.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("scenarios do not compile: " + said);
    }
  }

  private static Path write(Path home, String name, Variant.Build build) throws IOException {
    Path target = home.resolve("src").resolve(name + ".java");
    Files.createDirectories(target.getParent());
    return Files.writeString(target, changed(source(name), build));
  }

  private static String source(String name) {
    try (InputStream in =
        ScenarioBuilds.class.getResourceAsStream("/stability/" + name + ".java.txt")) {
      if (in == null) {
        throw new IllegalStateException("no source of " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String changed(String source, Variant.Build build) {
    return switch (build) {
      case SHIFTED_LINES -> shifted(source).replace("ORDINAL", "1");
      case MORE_LAMBDAS ->
          source
              .replace(
                  "//MEMBERS",
                  "static final Runnable EXTRA = () -> {}; "
                      + "static final Object MORE = new Object() { void run() {} };")
              .replace(
                  "//BODY",
                  "{ Runnable extra = () -> {}; class Local { void other() {} } "
                      + "Object more = new Object() { Runnable r = () -> extra.run(); }; }")
              .replace("ORDINAL", "4");
      default -> source.replace("ORDINAL", "1");
    };
  }

  /** One empty line after the first, two after the second, three after the third, and again. */
  private static String shifted(String source) {
    StringBuilder shifted = new StringBuilder();
    int n = 0;
    for (String line : source.split("\n", -1)) {
      shifted.append(line).append("\n".repeat(1 + n++ % 3));
    }
    return shifted.toString();
  }
}

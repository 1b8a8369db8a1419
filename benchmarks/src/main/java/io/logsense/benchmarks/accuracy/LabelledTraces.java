package io.logsense.benchmarks.accuracy;

import io.logsense.StackTraces;
import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.stack.StackTraceExtractor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The failing tests' traces of Defects4J: {@code project/trigger_tests/bug}, each with a header
 * line {@code --- class::test} above every trace.
 */
final class LabelledTraces {
  /** Where the code of each project lives. */
  private static final Map<String, String> PACKAGES =
      Map.ofEntries(
          Map.entry("Chart", "org.jfree."),
          Map.entry("Cli", "org.apache.commons.cli"),
          Map.entry("Closure", "com.google.javascript."),
          Map.entry("Codec", "org.apache.commons.codec"),
          Map.entry("Collections", "org.apache.commons.collections"),
          Map.entry("Compress", "org.apache.commons.compress"),
          Map.entry("Csv", "org.apache.commons.csv"),
          Map.entry("Gson", "com.google.gson"),
          Map.entry("JacksonCore", "com.fasterxml.jackson.core"),
          Map.entry("JacksonDatabind", "com.fasterxml.jackson."),
          Map.entry("JacksonXml", "com.fasterxml.jackson."),
          Map.entry("Jsoup", "org.jsoup"),
          Map.entry("JxPath", "org.apache.commons.jxpath"),
          Map.entry("Lang", "org.apache.commons.lang"),
          Map.entry("Math", "org.apache.commons.math"),
          Map.entry("Mockito", "org.mockito"),
          Map.entry("Time", "org.joda.time"));

  private LabelledTraces() {}

  static List<LabelledTrace> read(Path directory) throws IOException {
    StackTraceExtractor extractor = StackTraces.extractor();
    List<LabelledTrace> traces = new ArrayList<>();
    for (Path project : sorted(directory)) {
      Path tests = project.resolve("trigger_tests");
      for (Path bug : Files.isDirectory(tests) ? sorted(tests) : List.<Path>of()) {
        for (String text : parts(bug)) {
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          List<StackTrace> found = extractor.extract(bytes, 0, bytes.length);
          if (!found.isEmpty()) {
            String label = name(project) + "-" + name(bug);
            traces.add(new LabelledTrace(name(project), label, found.get(0)));
          }
        }
      }
    }
    return traces;
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private static List<Path> sorted(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  private static List<String> parts(Path file) throws IOException {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    for (String line : text.lines().toList()) {
      if (line.startsWith("--- ")) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(line).append('\n');
      }
    }
    parts.add(part.toString());
    parts.removeIf(String::isBlank);
    return parts;
  }

  /**
   * A trace that is known to show a bug.
   *
   * @param project the project
   * @param bug the bug, unique over projects
   * @param trace the trace
   */
  record LabelledTrace(String project, String bug, StackTrace trace) {
    /** The prefix of the project's own classes. */
    String inApp() {
      return PACKAGES.getOrDefault(project, "");
    }

    /** Whether the first frame that is not the JDK's is the project's and not a test's. */
    boolean thrownByApplication() {
      for (StackFrame frame : trace.error().rootCause().frames()) {
        String name = frame.className();
        if (!name.startsWith("java.")
            && !name.startsWith("javax.")
            && !name.startsWith("sun.")
            && !name.startsWith("jdk.")) {
          return name.startsWith(inApp()) && !isTest(name);
        }
      }
      return false;
    }

    private static boolean isTest(String className) {
      return className.substring(className.lastIndexOf('.') + 1).contains("Test");
    }
  }
}

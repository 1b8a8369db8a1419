package io.logsense.benchmarks.endtoend;

import io.logsense.LogSense;
import io.logsense.Sources;
import io.logsense.benchmarks.endtoend.Inputs.Input;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Programs that read the same log and do less: count its lines, search it for a word, make strings
 * of its lines; and template miners, which get the messages without their headers.
 *
 * <p>What is not on this machine is left out and said on standard error.
 */
final class Peers {
  /** Name of the least that any program has to do. */
  static final String FLOOR = "wc -l";

  /** Name of the program that people use today. */
  static final String SEARCH = "grep -c ERROR";

  /** Name of the usual way to read lines in Java. */
  static final String READ_LINE = "BufferedReader.readLine";

  private final @Nullable Path directory;

  /**
   * Peers of which two are found in a directory.
   *
   * @param directory holds {@code drain-java}, the class path of drain-java as jars or classes, and
   *     {@code drain3}, what Drain3 needs on Python's path; null without
   */
  Peers(@Nullable Path directory) {
    this.directory = directory;
  }

  /** The cost of reading all of {@code input}, by name; in a fixed order. */
  Map<String, Cost> readers(Input input) throws IOException {
    Map<String, Cost> costs = new LinkedHashMap<>();
    program(costs, FLOOR, files(input, "wc", "-l"), Map.of());
    program(costs, SEARCH, files(input, "grep", "-c", "ERROR"), Map.of());
    costs.put(READ_LINE, Cost.of(() -> readLines(input)));
    return costs;
  }

  /** The cost of mining the messages of {@code file}, by name; empty without a directory. */
  Map<String, Cost> miners(Path file) throws IOException {
    Map<String, Cost> costs = new LinkedHashMap<>();
    if (directory == null) {
      System.err.println("drain-java and Drain3: left out, name a directory with --peers DIR");
      return costs;
    }
    Path java = directory.resolve("drain-java");
    Path python = directory.resolve("drain3");
    if (found("drain-java", java)) {
      String path = String.join(":", java.toString(), java + "/*", ownClasses());
      List<String> command =
          List.of(javaCommand(), "-cp", path, DrainJava.class.getName(), file.toString());
      program(costs, "drain-java", command, Map.of());
    }
    if (found("Drain3", python)) {
      program(
          costs,
          "Drain3",
          List.of("python3", "-c", script(), file.toString()),
          Map.of("PYTHONPATH", python.toString()));
    }
    return costs;
  }

  private static boolean found(String name, Path directory) {
    boolean found = Files.isDirectory(directory);
    if (!found) {
      System.err.println(name + ": left out, there is no " + directory);
    }
    return found;
  }

  private static void program(
      Map<String, Cost> costs, String name, List<String> command, Map<String, String> environment) {
    try {
      costs.put(name, Cost.of(command, environment));
    } catch (IOException e) {
      System.err.println(name + ": left out, " + e.getMessage());
    }
  }

  private static List<String> files(Input input, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    input.files().forEach(file -> all.add(file.toString()));
    return all;
  }

  private static void readLines(Input input) throws IOException {
    long characters = 0;
    for (Path file : input.files()) {
      try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          characters += line.length();
        }
      }
    }
    if (characters == 0) {
      throw new IOException("nothing was read from " + input.path());
    }
  }

  private static String javaCommand() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String ownClasses() {
    return System.getProperty("java.class.path");
  }

  private static String script() throws IOException {
    try (InputStream in = Peers.class.getResourceAsStream("drain3.py")) {
      if (in == null) {
        throw new IOException("drain3.py is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * Writes the first lines of the messages of {@code input}, as our own parser finds them and
   * unmasked, one a line.
   *
   * @return how many bytes of the log these messages stand for
   */
  static long writeMessages(Input input, Path to, long mostEvents) throws IOException {
    long[] events = {0, 0};
    try (Writer out = Files.newBufferedWriter(to)) {
      LogSense.builder()
          .source(Sources.path(input.path()))
          .masker(text -> text)
          .threads(1)
          .filter(
              event -> {
                if (events[0]++ < mostEvents) {
                  events[1]++;
                  write(out, event.message());
                }
                return false;
              })
          .analyze();
    }
    return (long) ((double) input.bytes() * events[1] / Math.max(1, events[0]));
  }

  private static void write(Writer out, String message) {
    int end = message.indexOf('\n');
    try {
      out.append(end < 0 ? message : message.substring(0, end)).append('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

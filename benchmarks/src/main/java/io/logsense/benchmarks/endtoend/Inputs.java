package io.logsense.benchmarks.endtoend;

import io.logsense.benchmarks.SpringBootLog;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The logs that are measured, written to a directory. */
final class Inputs {
  private static final String RAW_LOGS = "loghub2k";

  private Inputs() {}

  /**
   * One log or a directory of logs.
   *
   * @param title what it is
   * @param path where it is
   * @param files its files
   * @param bytes its size
   */
  record Input(String title, Path path, List<Path> files, long bytes) {
    static Input of(String title, Path path, List<Path> files) throws IOException {
      long bytes = 0;
      for (Path file : files) {
        bytes += Files.size(file);
      }
      return new Input(title, path, List.copyOf(files), bytes);
    }

    double megabytes() {
      return bytes / 1e6;
    }
  }

  /**
   * A generated log, and the raw logs below {@code data} if there are any, each repeated in a file
   * of its own until it is large enough.
   */
  static List<Input> make(Path directory, Path data, long size) throws IOException {
    List<Input> inputs = new ArrayList<>();
    Path generated = directory.resolve("spring-boot.log");
    SpringBootLog.write(generated, size);
    inputs.add(Input.of("generated Spring Boot log", generated, List.of(generated)));
    List<Path> logs = rawLogs(data.resolve(RAW_LOGS));
    if (logs.isEmpty()) {
      System.err.println("no raw logs in " + data + "; name them with --data DIR");
      return inputs;
    }
    Path apart = Files.createDirectory(directory.resolve("raw"));
    List<Path> files = new ArrayList<>();
    for (Path log : logs) {
      Path file = apart.resolve(log.getFileName().toString());
      repeat(log, file, size / logs.size());
      files.add(file);
    }
    inputs.add(Input.of(logs.size() + " raw logs, a file each", apart, files));
    return inputs;
  }

  private static List<Path> rawLogs(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    }
  }

  private static void repeat(Path log, Path to, long size) throws IOException {
    try (OutputStream out = Files.newOutputStream(to)) {
      for (long written = 0; written < size; written++) {
        written += Files.copy(log, out);
        out.write('\n');
      }
    }
  }
}

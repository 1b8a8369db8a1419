package io.logsense.benchmarks.endtoend;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What one pass cost.
 *
 * @param wall seconds on the clock
 * @param cpu CPU seconds of the whole process: all threads, garbage collection and compilation
 *     included
 */
record Cost(double wall, double cpu) {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** Something to measure. */
  interface Pass {
    void run() throws IOException;
  }

  /** The cost of a pass in this process. */
  static Cost of(Pass pass) throws IOException {
    long cpu = SYSTEM.getProcessCpuTime();
    long wall = System.nanoTime();
    pass.run();
    long end = System.nanoTime();
    return new Cost((end - wall) / 1e9, (SYSTEM.getProcessCpuTime() - cpu) / 1e9);
  }

  /**
   * The cost of a program, which prints nothing that matters.
   *
   * @param environment variables to add
   * @throws IOException with its last words when the program cannot be run or fails
   */
  static Cost of(List<String> command, Map<String, String> environment) throws IOException {
    // The shell's own "times" is the one way to a child's CPU time that every Unix has.
    List<String> timed = new ArrayList<>(List.of("sh", "-c", "\"$@\" >/dev/null && times", "sh"));
    timed.addAll(command);
    Path said = Files.createTempFile("logsense", ".err");
    try {
      ProcessBuilder builder = new ProcessBuilder(timed).redirectError(said.toFile());
      builder.environment().put("LC_ALL", "C");
      builder.environment().putAll(environment);
      long start = System.nanoTime();
      Process process = builder.start();
      process.getOutputStream().close();
      String times = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int exit = process.waitFor();
      long end = System.nanoTime();
      if (exit != 0) {
        List<String> lines = Files.readAllLines(said);
        throw new IOException(lines.isEmpty() ? "exit code " + exit : lines.get(lines.size() - 1));
      }
      double wall = (end - start) / 1e9;
      double cpu = childSeconds(times);
      // The shell counts hundredths; what is shorter took at most as long as the clock says.
      return new Cost(wall, cpu == 0 ? wall : cpu);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      Files.delete(said);
    }
  }

  /** The smaller of each time. */
  Cost orBetter(Cost other) {
    return new Cost(Math.min(wall, other.wall), Math.min(cpu, other.cpu));
  }

  /** The second line of {@code times}: {@code 1m2.50s 0m0.25s}, user and system of children. */
  static double childSeconds(String times) {
    double seconds = 0;
    for (String part : times.strip().lines().skip(1).findFirst().orElseThrow().split(" ")) {
      int minutes = part.indexOf('m');
      seconds += 60 * Double.parseDouble(part.substring(0, minutes));
      seconds += Double.parseDouble(part.substring(minutes + 1, part.length() - 1));
    }
    return seconds;
  }
}

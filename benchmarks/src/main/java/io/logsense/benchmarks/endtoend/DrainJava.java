package io.logsense.benchmarks.endtoend;

import java.io.BufferedReader;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Feeds the lines of a file to drain-java with its default settings; the program is on the class
 * path of the process, not of this repository.
 */
final class DrainJava {
  private DrainJava() {}

  /** Takes the file. */
  public static void main(String[] args) throws Throwable {
    MethodHandle parse;
    try {
      Class<?> type = Class.forName("io.github.bric3.drain.core.Drain");
      Object builder = type.getMethod("drainBuilder").invoke(null);
      Object drain = builder.getClass().getMethod("build").invoke(builder);
      MethodType takesText = MethodType.methodType(void.class, String.class);
      parse =
          MethodHandles.publicLookup()
              .findVirtual(type, "parseLogMessage", takesText)
              .bindTo(drain);
    } catch (ReflectiveOperationException e) {
      System.err.println("it is not on the class path: " + e);
      System.exit(1);
      return;
    }
    try (BufferedReader lines = Files.newBufferedReader(Path.of(args[0]))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        parse.invokeExact(line);
      }
    }
  }
}

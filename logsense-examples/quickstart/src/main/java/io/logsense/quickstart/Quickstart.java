package io.logsense.quickstart;

import io.logsense.LogSense;
import java.nio.file.Path;

/** The shortest use of LogSense: the three worst problems of a log. */
public final class Quickstart {
  private Quickstart() {}

  /**
   * Prints them.
   *
   * @param args the log; {@code app.log} without one
   */
  public static void main(String[] args) {
    Path log = Path.of(args.length > 0 ? args[0] : "app.log");
    LogSense.analyze(log).top(3).forEach(System.out::println);
  }
}

package io.logsense.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the command reads and writes, and what is known about the terminal.
 *
 * <p>A JVM cannot ask which of its streams are terminals, so the launcher says so in the properties
 * {@code logsense.terminal} ({@code out}, {@code err}) and {@code logsense.columns}. Without them
 * no stream is taken for a terminal.
 *
 * @param out standard output, UTF-8
 * @param err standard error, UTF-8
 * @param in standard input
 * @param columns width to lay tables out for
 * @param colour whether output may be coloured
 * @param interactive whether standard error is a terminal that can show progress
 * @param user name of the user, for what is decided
 * @param home directory for what is kept between runs
 * @param environment variables by name
 */
record Console(
    PrintWriter out,
    PrintWriter err,
    InputStream in,
    int columns,
    boolean colour,
    boolean interactive,
    String user,
    Path home,
    Function<String, @Nullable String> environment) {
  private static final int DEFAULT_COLUMNS = 100;
  private static final int FEWEST_COLUMNS = 60;
  private static final int MOST_COLUMNS = 200;

  /** The console of this process. */
  static Console system() {
    return of(System.out, System.err, System.in, System.getenv(), System.getProperties());
  }

  /** A console over the given streams, in the given environment. */
  static Console of(
      OutputStream out,
      OutputStream err,
      InputStream in,
      Map<String, String> environment,
      Properties properties) {
    String terminals = properties.getProperty("logsense.terminal", "");
    boolean dumb = environment.getOrDefault("TERM", "").equals("dumb");
    boolean colour =
        terminals.contains("out") && !dumb && environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Console(
        utf8(out),
        utf8(err),
        in,
        columns(environment.get("COLUMNS"), properties.getProperty("logsense.columns")),
        colour,
        terminals.contains("err") && !dumb,
        properties.getProperty("user.name", "unknown"),
        home(environment, properties),
        environment::get);
  }

  /** A variable of the environment; empty when it is not set. */
  String variable(String name) {
    String value = environment.apply(name);
    return value == null ? "" : value;
  }

  /** Says something on standard error. */
  void complain(String message) {
    err.println("logsense: " + Printable.line(message));
    err.flush();
  }

  private static PrintWriter utf8(OutputStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
  }

  private static int columns(@Nullable String... candidates) {
    for (String candidate : candidates) {
      if (candidate != null && candidate.matches("[1-9][0-9]{0,3}")) {
        return Math.min(MOST_COLUMNS, Math.max(FEWEST_COLUMNS, Integer.parseInt(candidate)));
      }
    }
    return DEFAULT_COLUMNS;
  }

  private static Path home(Map<String, String> environment, Properties properties) {
    String set = environment.getOrDefault("LOGSENSE_HOME", "");
    return set.isEmpty()
        ? Path.of(properties.getProperty("user.home", "."), ".logsense")
        : Path.of(set);
  }
}

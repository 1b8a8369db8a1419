package io.logsense.cli;

import io.logsense.Analysis;
import io.logsense.LogSense;
import io.logsense.Sources;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.DeadLetter;
import io.logsense.api.source.LogSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The inputs of a command and how to read them: arguments shared by several commands. */
final class Inputs {
  private static final int SNIFFED_BYTES = 4096;
  private static final int MOST_FAILURES = 5;

  @Parameters(
      arity = "1..*",
      paramLabel = "INPUT",
      description =
          "File, directory, glob, *.gz, - for standard input, or the URI of a connector: kafka://…")
  private List<String> names = List.of();

  @Option(
      names = "--since",
      paramLabel = "AGE",
      converter = Age.class,
      description = "Only events at most this much older than the newest one: 90s, 15m, 24h, 7d.")
  private @Nullable Duration since;

  @Option(
      names = "--in-app",
      paramLabel = "PACKAGE",
      split = ",",
      description = "Packages of your own code; by default everything that is no known framework.")
  private List<String> inApp = List.of();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to use; the result is the same for any number. Default: processors.")
  private @Nullable Integer threads;

  @Option(names = "--quiet", description = "No progress and no notes on standard error.")
  private boolean quiet;

  List<String> names() {
    return names;
  }

  /** What to call the inputs in one line. */
  static String name(List<String> names) {
    if (names.size() != 1) {
      return names.size() + " inputs";
    }
    return names.get(0).equals("-") ? "standard input" : Printable.line(names.get(0));
  }

  /** The same without folders. */
  static String shortName(List<String> names) {
    String name = name(names);
    return name.substring(name.lastIndexOf('/') + 1);
  }

  List<String> inApp() {
    return inApp;
  }

  boolean quiet() {
    return quiet;
  }

  /**
   * Says what could not be read to its end.
   *
   * @throws IOException when there is nothing else to say, because nothing could be read
   */
  void report(Analysis analysis, Console console) throws IOException {
    List<DeadLetter> failures = analysis.failures();
    List<DeadLetter> samples = analysis.deadLetterSamples();
    if (samples.isEmpty()) {
      return;
    }
    if (analysis.events() + analysis.filtered() == 0) {
      throw new IOException(words(failures.isEmpty() ? samples.get(0) : failures.get(0)));
    }
    if (!quiet) {
      failures.stream().limit(MOST_FAILURES).map(Inputs::words).forEach(console::complain);
      if (failures.size() > MOST_FAILURES) {
        console.complain("and more that could not be read");
      }
      long unread = analysis.deadLetters() - failures.size();
      samples.stream()
          .filter(sample -> unread > 0 && !failures.contains(sample))
          .findFirst()
          .ifPresent(
              first ->
                  console.complain(
                      unread
                          + (unread == 1 ? " record" : " records")
                          + " left out; "
                          + words(first)));
    }
  }

  /** The exit code for what was read: a failure when an input that was named ends early. */
  int exitCode(Analysis analysis) {
    boolean cut =
        analysis.failures().stream()
            .anyMatch(failure -> names.contains(failure.position().source()));
    return cut ? Main.FAILED : 0;
  }

  private static String words(DeadLetter failure) {
    long line = failure.position().line();
    return failure.position().source() + (line > 0 ? ":" + line : "") + ": " + failure.reason();
  }

  /** Refuses the value of an option that is below {@code least}. */
  static void atLeast(int least, String option, @Nullable Integer value) {
    if (value != null && value < least) {
      throw new LogSenseException(Category.USAGE, option + " is " + value + "; at least " + least);
    }
  }

  /** Whether the inputs can be read a second time at little cost. */
  boolean areFiles() {
    return names.stream().noneMatch(name -> name.equals("-") || Connectors.isSource(name));
  }

  /** An engine that will read the inputs. */
  LogSense.Builder engine() throws IOException {
    return engine(names);
  }

  /** An engine that will read some of the inputs. */
  LogSense.Builder engine(List<String> some) throws IOException {
    LogSense.Builder engine = LogSense.builder();
    for (String name : some) {
      engine.source(source(name));
    }
    atLeast(1, "--threads", threads);
    if (threads != null) {
      engine.threads(threads);
    }
    if (since != null) {
      engine.since(since);
    }
    if (!inApp.isEmpty()) {
      engine.inApp(inApp.toArray(new String[0]));
    }
    return engine;
  }

  /** A source by what an argument calls it. */
  static LogSource source(String name) throws IOException {
    if (name.isEmpty()) {
      throw new LogSenseException(Category.USAGE, "an INPUT is empty; . is the current directory");
    }
    if (name.equals("-")) {
      return Sources.stdin();
    }
    if (Connectors.isSource(name)) {
      return Connectors.source(name);
    }
    Path path = name.startsWith("file:/") ? fileOf(name) : path(name);
    if (path != null) {
      check(path);
    }
    LogSource source = path == null ? Sources.glob(name) : Sources.path(path);
    if (source.partitions().isEmpty()) {
      throw new IOException(name + ": no file matches");
    }
    return source;
  }

  private static Path fileOf(String uri) {
    try {
      return Path.of(URI.create(uri));
    } catch (IllegalArgumentException e) {
      throw new LogSenseException(Category.USAGE, uri + ": " + e.getMessage(), e);
    }
  }

  /** The path that {@code name} stands for, null for a glob. */
  private static @Nullable Path path(String name) {
    boolean glob = name.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    return glob && !new java.io.File(name).exists() ? null : Path.of(name);
  }

  /** Fails early, and in words, on what cannot be read. */
  static void check(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    if (!Files.isReadable(path)) {
      throw new AccessDeniedException(path.toString());
    }
    if (Files.isDirectory(path)) {
      try (Stream<Path> entries = Files.list(path)) {
        if (entries.findAny().isEmpty()) {
          throw new IOException(path + ": directory is empty");
        }
      }
    } else if (Files.isRegularFile(path) && isBinary(path)) {
      throw new IOException(path + ": looks binary; text or .gz is expected");
    }
  }

  private static boolean isBinary(Path path) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(path)) {
      head = in.readNBytes(SNIFFED_BYTES);
    }
    boolean compressed = head.length > 1 && head[0] == 0x1f && head[1] == (byte) 0x8b;
    boolean utf16 =
        head.length > 1 && (head[0] == (byte) 0xff || head[0] == (byte) 0xfe) && head[1] < 0;
    if (compressed || utf16) {
      return false;
    }
    return hasManyControls(head);
  }

  /** Not counting NUL: a log that was cut while it was written to begins with a hole of them. */
  private static boolean hasManyControls(byte[] head) {
    int text = 0;
    int controls = 0;
    for (byte b : head) {
      boolean layout = (b >= 7 && b <= 13) || b == 0x1b;
      text += b != 0 ? 1 : 0;
      controls += (b > 0 && b < ' ' && !layout) || b == 0x7f ? 1 : 0;
    }
    return controls * 50 > text;
  }

  /** An age such as {@code 24h}; what is longer than a century is a century. */
  static final class Age implements ITypeConverter<Duration> {
    private static final Duration CENTURY = Duration.ofDays(36_525);

    @Override
    public Duration convert(String text) {
      if (!text.matches("[0-9]{1,9}[smhd]")) {
        throw new TypeConversionException("'" + text + "' is no age; write 90s, 15m, 24h or 7d");
      }
      long amount = Long.parseLong(text.substring(0, text.length() - 1));
      Duration age =
          switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(amount);
            case 'm' -> Duration.ofMinutes(amount);
            case 'h' -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
          };
      return age.compareTo(CENTURY) < 0 ? age : CENTURY;
    }
  }
}

package io.logsense.inprocess;

import io.logsense.LogSense;
import io.logsense.api.event.Severity;
import io.logsense.api.finding.Finding;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What every appender can be set up with, whatever the library. Appenders fill it from their
 * configuration before they start; not thread-safe.
 */
public final class AppenderSettings {
  List<String> inApp = List.of();
  @Nullable Severity enrichFrom = Severity.WARN;
  @Nullable Reduction reduction;
  int queueSize;
  WhenFull whenFull = WhenFull.DROP;
  Duration blockTimeout = Duration.ofMillis(100);
  Duration stopDeadline = Duration.ofSeconds(5);
  boolean flushAtExit = true;
  @Nullable Consumer<LogSense.Builder> engine;
  @Nullable Consumer<Finding> onFinding;

  /** The defaults. */
  public AppenderSettings() {}

  /**
   * Names the packages of the application, divided by commas. Without any, everything is the
   * application's but well-known frameworks.
   */
  public AppenderSettings inApp(String packages) {
    inApp =
        Arrays.stream(packages.split(",")).map(String::strip).filter(p -> !p.isEmpty()).toList();
    return this;
  }

  /** The least severity of events that are enriched, null to enrich none. Default WARN. */
  public AppenderSettings enrichFrom(@Nullable Severity value) {
    enrichFrom = value;
    return this;
  }

  /** Leaves out events of floods. Default null: every event is written. */
  public AppenderSettings reduction(@Nullable Reduction value) {
    reduction = value;
    return this;
  }

  /**
   * How many events wait at most for the wrapped appenders, which then run in a thread of their
   * own. Default 0: they run in the thread that logs.
   */
  public AppenderSettings queueSize(int events) {
    if (events < 0) {
      throw new IllegalArgumentException("queueSize is " + events + "; it must be at least 0");
    }
    queueSize = events;
    return this;
  }

  /** What happens to an event when the queue is full. Default {@link WhenFull#DROP}. */
  public AppenderSettings whenFull(WhenFull value) {
    whenFull = value;
    return this;
  }

  /** How long {@link WhenFull#BLOCK_WITH_TIMEOUT} waits. Default 100 milliseconds. */
  public AppenderSettings blockTimeout(Duration value) {
    blockTimeout = value;
    return this;
  }

  /** How long to wait at the end for what has to be written still. Default 5 seconds. */
  public AppenderSettings stopDeadline(Duration value) {
    stopDeadline = value;
    return this;
  }

  /** Whether a queue and summaries are written when the JVM exits. Default true. */
  public AppenderSettings flushAtExit(boolean value) {
    flushAtExit = value;
    return this;
  }

  /** Sets up the engine further, by code. */
  public AppenderSettings engine(@Nullable Consumer<LogSense.Builder> customiser) {
    engine = customiser;
    return this;
  }

  /** Is told of findings, in a thread of its own. */
  public AppenderSettings onFinding(@Nullable Consumer<Finding> listener) {
    onFinding = listener;
    return this;
  }

  /** Whether appenders with these and those settings count the same way. */
  boolean countsAs(AppenderSettings other) {
    return inApp.equals(other.inApp)
        && Objects.equals(reduction, other.reduction)
        && Objects.equals(engine, other.engine)
        && Objects.equals(onFinding, other.onFinding);
  }

  /**
   * A time as people write it: {@code 10 minutes}, {@code 1 second}, {@code 100} milliseconds, or
   * {@code PT10S} of ISO 8601.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Duration duration(String text) {
    String[] words = text.strip().toLowerCase(Locale.ROOT).split(" +", 2);
    try {
      if (words[0].startsWith("pt")) {
        return Duration.parse(words[0]);
      }
      long number = Long.parseLong(words[0]);
      switch (words.length == 1 ? "milliseconds" : words[1]) {
        case "millisecond", "milliseconds":
          return Duration.ofMillis(number);
        case "second", "seconds":
          return Duration.ofSeconds(number);
        case "minute", "minutes":
          return Duration.ofMinutes(number);
        case "hour", "hours":
          return Duration.ofHours(number);
        default:
      }
    } catch (NumberFormatException | DateTimeParseException | ArithmeticException e) {
      // Said below, with what would be one.
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no time; write '10 minutes', '5 seconds' or 'PT10S'");
  }
}

package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.parse.LogParser;
import io.logsense.api.source.RecordBatch;
import io.logsense.internal.parse.Catalogue;
import io.logsense.internal.parse.FormatDetector;
import io.logsense.internal.parse.TimeContext;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;

/**
 * The log formats that LogSense reads: by name, by the pattern of a Logback or Log4j 2 layout, or
 * found from a sample. Immutable; called by users.
 *
 * <p>Timestamps that name no zone are read in the zone given, UTC by default; missing years and
 * dates are derived from a reference, the system's clock by default.
 */
public final class Parsers {
  private static final Parsers DEFAULTS = new Parsers(TimeContext.DEFAULT);

  private final Catalogue catalogue;

  private Parsers(TimeContext context) {
    catalogue = new Catalogue(context);
  }

  /** Parsers for logs in UTC. */
  public static Parsers defaults() {
    return DEFAULTS;
  }

  /** Parsers for logs in {@code zone}, whose missing years and dates end at {@code reference}. */
  public static Parsers with(ZoneId zone, InstantSource reference) {
    return new Parsers(new TimeContext(zone, reference));
  }

  /** All named formats, the more specific before the more general; plain text is the last. */
  public Map<String, LogParser> all() {
    return catalogue.parsers();
  }

  /**
   * The parser of that name.
   *
   * @throws LogSenseException when there is none; the message lists the names that exist
   */
  public LogParser named(String name) {
    LogParser parser = all().get(name);
    if (parser == null) {
      throw new LogSenseException(
          LogSenseException.Category.USAGE,
          "no log format is named \"" + name + "\"; there are " + all().keySet());
    }
    return parser;
  }

  /** A parser for what a Logback pattern prints: {@code %d [%thread] %-5level %logger - %msg%n}. */
  public LogParser logback(String pattern) {
    return catalogue.pattern("logback(" + pattern + ")", pattern);
  }

  /** A parser for what a Log4j 2 pattern prints: {@code %d %p [%t] %c{1.} - %m%n}. */
  public LogParser log4j2(String pattern) {
    return catalogue.pattern("log4j2(" + pattern + ")", pattern);
  }

  /** The parser that takes every line as it is. */
  public LogParser plainText() {
    return named("plain-text");
  }

  /**
   * The format of a sample, best a few hundred lines: a named format, one {@code inferred} from
   * what the lines have in common, or plain text. Never fails.
   */
  public Detection detect(RecordBatch sample) {
    FormatDetector.Detected detected = new FormatDetector(catalogue).detect(sample);
    return new Detection(detected.parser(), detected.confidence());
  }

  /**
   * A format found.
   *
   * @param parser reads it
   * @param confidence how sure the detection is, in [0, 1]
   */
  public record Detection(LogParser parser, double confidence) {}
}

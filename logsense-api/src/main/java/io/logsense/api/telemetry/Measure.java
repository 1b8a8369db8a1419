package io.logsense.api.telemetry;

import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * A number that may be read at any time, by any thread. What it costs is borne by who reads it.
 *
 * @param name in lower case with dots, such as {@code logsense.events}
 * @param kind whether it only grows
 * @param unit a UCUM symbol, such as {@code s}, {@code By} or <code>{event}</code>
 * @param description one sentence
 * @param tags what tells it from others of the same name, such as the kind of a finding
 * @param value reads it; never throws
 */
public record Measure(
    String name,
    Kind kind,
    String unit,
    String description,
    Map<String, String> tags,
    DoubleSupplier value) {

  /** Whether a number only grows. */
  public enum Kind {
    /** It counts since the start, and never falls. */
    COUNTER,
    /** It goes up and down. */
    GAUGE
  }

  /** Copies the tags. */
  public Measure {
    tags = Map.copyOf(tags);
  }

  /** A number that only grows, without tags. */
  public static Measure counter(
      String name, String unit, String description, DoubleSupplier value) {
    return new Measure(name, Kind.COUNTER, unit, description, Map.of(), value);
  }

  /** A number that goes up and down, without tags. */
  public static Measure gauge(String name, String unit, String description, DoubleSupplier value) {
    return new Measure(name, Kind.GAUGE, unit, description, Map.of(), value);
  }

  /** The same number with one more tag. */
  public Measure tagged(String key, String text) {
    Map<String, String> more = new java.util.HashMap<>(tags);
    more.put(key, text);
    return new Measure(name, kind, unit, description, more, value);
  }
}

package io.logsense.api.source;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The options in the query of a URI, for providers. Each is asked for by its name; {@link #done}
 * refuses what nobody asked for.
 *
 * <pre>{@code
 * UriOptions options = UriOptions.of(uri);
 * String group = options.text("group").orElse("logsense");
 * Duration timeout = options.duration("timeout").orElse(DEFAULT);
 * options.done();
 * }</pre>
 */
public final class UriOptions {
  private final URI uri;
  private final Map<String, String> values = new TreeMap<>();
  private final TreeSet<String> asked = new TreeSet<>();

  private UriOptions(URI uri) {
    this.uri = uri;
  }

  /**
   * The options of {@code uri}.
   *
   * @throws LogSenseException (usage) when one is given twice, or the URI has a user or a password
   */
  public static UriOptions of(URI uri) {
    UriOptions options = new UriOptions(uri);
    String authority = uri.getRawAuthority();
    if (authority != null && authority.indexOf('@') >= 0) {
      String host = authority.substring(authority.lastIndexOf('@') + 1);
      throw new LogSenseException(
          Category.USAGE,
          "the URI for " + host + " has a user or a password: leave it out of URIs");
    }
    String query = uri.getRawQuery();
    if (query == null || query.isEmpty()) {
      return options;
    }
    for (String part : query.split("&", -1)) {
      int equals = part.indexOf('=');
      String name = decoded(equals < 0 ? part : part.substring(0, equals));
      String value = equals < 0 ? "" : decoded(part.substring(equals + 1));
      if (options.values.put(name, value) != null) {
        throw options.refused("option '" + name + "' is given twice");
      }
    }
    return options;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** The value of an option; empty when it is not given. */
  public Optional<String> text(String name) {
    asked.add(name);
    return Optional.ofNullable(values.get(name));
  }

  /**
   * A whole number.
   *
   * @throws LogSenseException (usage) when it is none, or not within the bounds
   */
  public Optional<Integer> number(String name, int least, int most) {
    return text(name)
        .map(
            value -> {
              try {
                int number = Integer.parseInt(value);
                if (number >= least && number <= most) {
                  return number;
                }
              } catch (NumberFormatException e) {
                // Said below.
              }
              throw refused(
                  name + " is '" + value + "'; it must be a number from " + least + " to " + most);
            });
  }

  /**
   * Whether an option is on: {@code follow=true}, or {@code follow} alone.
   *
   * @throws LogSenseException (usage) when it is neither true nor false
   */
  public boolean flag(String name) {
    String value = text(name).orElse("false");
    return switch (value) {
      case "", "true" -> true;
      case "false" -> false;
      default -> throw refused(name + " is '" + value + "'; it must be true or false");
    };
  }

  /**
   * A length of time: {@code 30s}, {@code 15m}, {@code 24h}, {@code 7d}, or as ISO 8601 has it.
   *
   * @throws LogSenseException (usage) when it is none
   */
  public Optional<Duration> duration(String name) {
    return text(name)
        .map(
            value ->
                parsed(value)
                    .orElseThrow(
                        () ->
                            refused(
                                name + " is '" + value + "'; it must be like 30s, 15m or 24h")));
  }

  /**
   * A time: as ISO 8601 has it, or a {@linkplain #duration length of time} before now.
   *
   * @throws LogSenseException (usage) when it is neither
   */
  public Optional<Instant> instant(String name, InstantSource clock) {
    return text(name)
        .map(
            value -> {
              try {
                return Instant.parse(value);
              } catch (DateTimeException e) {
                return parsed(value)
                    .map(clock.instant()::minus)
                    .orElseThrow(
                        () ->
                            refused(
                                name
                                    + " is '"
                                    + value
                                    + "'; it must be like 2026-01-31T12:00:00Z or 24h"));
              }
            });
  }

  private static Optional<Duration> parsed(String value) {
    try {
      if (value.startsWith("P")) {
        return Optional.of(Duration.parse(value));
      }
      String number = value.substring(0, Math.max(0, value.length() - 1));
      String iso =
          switch (value.isEmpty() ? ' ' : value.charAt(value.length() - 1)) {
            case 's' -> "PT" + number + "S";
            case 'm' -> "PT" + number + "M";
            case 'h' -> "PT" + number + "H";
            case 'd' -> "P" + number + "D";
            default -> "";
          };
      return Optional.of(Duration.parse(iso)).filter(duration -> !duration.isNegative());
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /**
   * Says that all options have been asked for.
   *
   * @throws LogSenseException (usage) naming an option that was not
   */
  public void done() {
    for (String name : values.keySet()) {
      if (!asked.contains(name)) {
        throw refused("there is no option '" + name + "'; there are " + String.join(", ", asked));
      }
    }
  }

  /** What to throw when the URI cannot be used; {@code problem} says why. */
  public LogSenseException refused(String problem) {
    return new LogSenseException(Category.USAGE, uri + ": " + problem);
  }
}

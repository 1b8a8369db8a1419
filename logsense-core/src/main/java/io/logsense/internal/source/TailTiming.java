package io.logsense.internal.source;

import java.time.Duration;

/**
 * When a followed file is looked at.
 *
 * @param interval time between two looks at a file that does not grow
 * @param idle how long a file must not have grown until an unfinished last line is a record, and
 *     until a file that was renamed is left
 */
public record TailTiming(Duration interval, Duration idle) {
  /** A look every 250 ms, two seconds for an unfinished line. */
  public static final TailTiming DEFAULT =
      new TailTiming(Duration.ofMillis(250), Duration.ofSeconds(2));
}

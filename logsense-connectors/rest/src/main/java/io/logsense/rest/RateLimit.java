package io.logsense.rest;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * What a server says of how often it may be called: {@code X-RateLimit-Remaining} and {@code
 * X-RateLimit-Reset}, in seconds, or {@code Retry-After}. Until the time it named is over, calls
 * fail here. Thread-safe.
 */
final class RateLimit {
  private static final long MOST_SECONDS = 3600;

  private long until = System.nanoTime();

  /** Refuses a call that the server would refuse. */
  synchronized void check() throws IOException {
    long left = until - System.nanoTime();
    if (left > 0) {
      throw new IOException(
          "the rate limit is reached; it is reset in "
              + (TimeUnit.NANOSECONDS.toSeconds(left) + 1)
              + " s");
    }
  }

  synchronized void heed(HttpResponse<?> response) {
    OptionalLong remaining = seconds(response, "X-RateLimit-Remaining");
    if (response.statusCode() != 429 && remaining.orElse(1) > 0) {
      return;
    }
    OptionalLong reset = seconds(response, "X-RateLimit-Reset");
    long wait = (reset.isPresent() ? reset : seconds(response, "Retry-After")).orElse(0);
    until = System.nanoTime() + TimeUnit.SECONDS.toNanos(Math.min(wait, MOST_SECONDS));
  }

  private static OptionalLong seconds(HttpResponse<?> response, String header) {
    try {
      return response.headers().firstValueAsLong(header);
    } catch (NumberFormatException e) {
      return OptionalLong.empty(); // a date
    }
  }
}

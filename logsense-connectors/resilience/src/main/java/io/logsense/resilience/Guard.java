package io.logsense.resilience;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.telemetry.Measure;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The circuit, the pace and the attempts of one wrapped connector. Thread-safe. */
final class Guard {
  private static final Duration LONGEST_QUEUE = Duration.ofHours(1);

  private final String target;
  private final Waiting waiting;
  private final Retry retry;
  private final CircuitBreaker circuit;
  private final @Nullable RateLimiter pace;
  private final AtomicLong retries = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong opened = new AtomicLong();
  private volatile @Nullable Exception last;

  Guard(String target, ResilienceSettings settings, Waiting waiting) {
    this(target, settings, settings.attempts(), waiting);
  }

  Guard(String target, ResilienceSettings settings, int attempts, Waiting waiting) {
    this.target = target;
    this.waiting = waiting;
    this.retry = Retry.of(target, attempts(settings, attempts));
    this.circuit = CircuitBreaker.of(target, circuit(settings, waiting));
    this.pace = settings.callsPerSecond() == 0 ? null : RateLimiter.of(target, pace(settings));
    circuit
        .getEventPublisher()
        .onStateTransition(
            event -> {
              if (event.getStateTransition().getToState() == CircuitBreaker.State.OPEN) {
                opened.incrementAndGet();
              }
            });
  }

  private static RetryConfig attempts(ResilienceSettings settings, int attempts) {
    IntervalFunction growing =
        IntervalFunction.ofExponentialBackoff(settings.firstPause(), 2, settings.longestPause());
    SplittableRandom random = new SplittableRandom(settings.seed());
    IntervalFunction shortened =
        attempt -> {
          double part;
          synchronized (random) {
            part = 1 - settings.jitter() * random.nextDouble();
          }
          return Math.max(1, (long) (growing.apply(attempt) * part));
        };
    return RetryConfig.custom()
        .maxAttempts(attempts)
        .intervalFunction(shortened)
        .retryOnException(Guard::mayPass)
        .build();
  }

  private static CircuitBreakerConfig circuit(ResilienceSettings settings, Waiting waiting) {
    return CircuitBreakerConfig.custom()
        .slidingWindowSize(settings.window())
        .minimumNumberOfCalls(settings.window())
        .failureRateThreshold(settings.failureRate())
        .waitDurationInOpenState(settings.open())
        .permittedNumberOfCallsInHalfOpenState(Math.max(1, settings.window() / 10))
        .clock(clock(waiting))
        .currentTimestampFunction(clock -> waiting.nanos(), TimeUnit.NANOSECONDS)
        .recordException(Guard::mayPass)
        .build();
  }

  private static Clock clock(Waiting waiting) {
    return new Clock() {
      @Override
      public Instant instant() {
        return Instant.EPOCH.plusNanos(waiting.nanos());
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  private static RateLimiterConfig pace(ResilienceSettings settings) {
    return RateLimiterConfig.custom()
        .limitForPeriod(1)
        .limitRefreshPeriod(Duration.ofSeconds(1).dividedBy(settings.callsPerSecond()))
        .timeoutDuration(LONGEST_QUEUE)
        .build();
  }

  /** Whether the same call may succeed later. */
  static boolean mayPass(Throwable e) {
    if (Thread.currentThread().isInterrupted()) {
      return false;
    }
    return e instanceof IOException
        || (e instanceof LogSenseException known && known.category() == Category.TRANSIENT);
  }

  /** Calls until it works, or is not to be called again; throws what was thrown last. */
  <T> T call(Callable<T> call) throws Exception {
    return call(call, Long.MAX_VALUE);
  }

  /**
   * The same for a caller that has more to do than wait.
   *
   * @param nanos the pauses between attempts are no longer altogether
   */
  <T> T call(Callable<T> call, long nanos) throws Exception {
    Attempts<T> attempts = attempts();
    long left = nanos;
    while (true) {
      waiting.await(attempts.pace());
      try {
        return attempts.make(call);
      } catch (Exception e) {
        long pause = attempts.pause(e, left);
        left -= pause;
        waiting.await(pause);
      }
    }
  }

  <T> Attempts<T> attempts() {
    return new Attempts<>();
  }

  /** The attempts of one call, for those who wait themselves. */
  final class Attempts<T> {
    private final Retry.AsyncContext<T> context = retry.asyncContext();

    private Attempts() {}

    /** How long to wait before the next attempt, which must then be made; in nanoseconds. */
    long pace() {
      long wait = pace == null ? 0 : pace.reservePermission();
      return wait < 0 ? LONGEST_QUEUE.toNanos() : wait;
    }

    /** Makes an attempt. */
    T make(Callable<T> call) throws Exception {
      if (!circuit.tryAcquirePermission()) {
        throw new LogSenseException(
            Category.TRANSIENT,
            target + " is left alone for a while, because it failed too often",
            last);
      }
      long start = circuit.getCurrentTimestamp();
      boolean judged = false;
      try {
        T result = call.call();
        judged = true;
        circuit.onSuccess(circuit.getCurrentTimestamp() - start, TimeUnit.NANOSECONDS);
        context.onComplete();
        return result;
      } catch (IOException | RuntimeException e) {
        last = e;
        judged = true;
        circuit.onError(circuit.getCurrentTimestamp() - start, TimeUnit.NANOSECONDS, e);
        throw e;
      } finally {
        if (!judged) {
          circuit.releasePermission();
        }
      }
    }

    /** How long to wait after {@code e}, in nanoseconds; throws it when that is no use. */
    long pause(Exception e) throws Exception {
      return pause(e, Long.MAX_VALUE);
    }

    /** The same, where a pause of more than {@code most} is no use either. */
    long pause(Exception e, long most) throws Exception {
      long millis = e instanceof InterruptedException ? -1 : context.onError(e);
      if (millis < 0 || TimeUnit.MILLISECONDS.toNanos(millis) > most) {
        failures.incrementAndGet();
        throw e;
      }
      retries.incrementAndGet();
      return TimeUnit.MILLISECONDS.toNanos(millis);
    }
  }

  Waiting waiting() {
    return waiting;
  }

  List<Measure> measures() {
    return List.of(
        Measure.gauge(
                "logsense.resilience.state",
                "{state}",
                "0 while calls go through, 1 while a few are tried, 2 while none is made.",
                this::state)
            .tagged("target", target),
        Measure.counter(
                "logsense.resilience.opened",
                "{time}",
                "How often calls began not to be made.",
                opened::get)
            .tagged("target", target),
        Measure.counter("logsense.resilience.retries", "{call}", "Calls made again.", retries::get)
            .tagged("target", target),
        Measure.counter(
                "logsense.resilience.failures",
                "{call}",
                "Calls that failed for good.",
                failures::get)
            .tagged("target", target));
  }

  private double state() {
    return switch (circuit.getState()) {
      case OPEN, FORCED_OPEN -> 2;
      case HALF_OPEN -> 1;
      default -> 0;
    };
  }
}

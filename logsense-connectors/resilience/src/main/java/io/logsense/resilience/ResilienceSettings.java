package io.logsense.resilience;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How often, and after which pauses, calls are made again. Immutable. */
public final class ResilienceSettings {
  private static final ResilienceSettings DEFAULTS = new Builder().build();

  private final int attempts;
  private final Duration firstPause;
  private final Duration longestPause;
  private final double jitter;
  private final long seed;
  private final int window;
  private final int failureRate;
  private final Duration open;
  private final int callsPerSecond;

  private ResilienceSettings(Builder b) {
    attempts = b.attempts;
    firstPause = b.firstPause;
    longestPause = b.longestPause;
    jitter = b.jitter;
    seed = b.seed;
    window = b.window;
    failureRate = b.failureRate;
    open = b.open;
    callsPerSecond = b.callsPerSecond;
  }

  /** Five attempts within some four seconds, and as many calls as there are. */
  public static ResilienceSettings defaults() {
    return DEFAULTS;
  }

  /** A builder that starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Attempts of a call, the first one included. Default 5. */
  public int attempts() {
    return attempts;
  }

  /** Pause behind the first failure; each further one is twice as long. Default 250 ms. */
  public Duration firstPause() {
    return firstPause;
  }

  /** No pause is longer. Default 30 s. */
  public Duration longestPause() {
    return longestPause;
  }

  /** Which share of a pause is random, in [0, 1]. Default 0.5. */
  public double jitter() {
    return jitter;
  }

  /** What the random shares follow from. Default: another one each time. */
  public long seed() {
    return seed;
  }

  /** By how many of the last calls a system is judged. Default 20. */
  public int window() {
    return window;
  }

  /** From which share of failures among them it is left alone, in percent. Default 50. */
  public int failureRate() {
    return failureRate;
  }

  /** For how long. Default 30 s. */
  public Duration open() {
    return open;
  }

  /** Most calls in a second; 0, the default, for any number. */
  public int callsPerSecond() {
    return callsPerSecond;
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {
    private int attempts = 5;
    private Duration firstPause = Duration.ofMillis(250);
    private Duration longestPause = Duration.ofSeconds(30);
    private double jitter = 0.5;
    private long seed = System.nanoTime();
    private int window = 20;
    private int failureRate = 50;
    private Duration open = Duration.ofSeconds(30);
    private int callsPerSecond;

    private Builder() {}

    /** Sets the attempts of a call. */
    public Builder attempts(int value) {
      attempts = value;
      return this;
    }

    /** Sets the pause behind the first failure and the longest one. */
    public Builder pauses(Duration first, Duration longest) {
      firstPause = first;
      longestPause = longest;
      return this;
    }

    /** Sets which share of a pause is random. */
    public Builder jitter(double value) {
      jitter = value;
      return this;
    }

    /** Sets what the random shares follow from. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** Sets by how many calls, and from how many failures in a hundred, a system is left alone. */
    public Builder circuit(int lastCalls, int percent, Duration forHowLong) {
      window = lastCalls;
      failureRate = percent;
      open = forHowLong;
      return this;
    }

    /** Sets the most calls in a second; 0 for any number. */
    public Builder callsPerSecond(int value) {
      callsPerSecond = value;
      return this;
    }

    /**
     * The settings.
     *
     * @throws LogSenseException (usage) naming everything that makes no sense
     */
    public ResilienceSettings build() {
      List<String> problems = new ArrayList<>();
      require(attempts >= 1, "attempts is " + attempts + "; at least 1", problems);
      require(
          firstPause.toMillis() >= 1 && longestPause.compareTo(firstPause) >= 0,
          "pauses are " + firstPause + " and " + longestPause + "; at least 1 ms, and growing",
          problems);
      require(jitter >= 0 && jitter <= 1, "jitter is " + jitter + "; from 0 to 1", problems);
      require(
          window >= 1 && failureRate >= 1 && failureRate <= 100 && open.toMillis() >= 1,
          "circuit is " + window + ", " + failureRate + " %, " + open,
          problems);
      require(callsPerSecond >= 0, "callsPerSecond is " + callsPerSecond + "; 0 or more", problems);
      if (!problems.isEmpty()) {
        throw new LogSenseException(Category.USAGE, String.join("; ", problems));
      }
      return new ResilienceSettings(this);
    }

    private static void require(boolean holds, String problem, List<String> problems) {
      if (!holds) {
        problems.add(problem);
      }
    }
  }
}

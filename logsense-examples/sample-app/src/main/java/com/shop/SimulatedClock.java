package com.shop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is told to move on. */
final class SimulatedClock implements InstantSource {
  private volatile Instant now;

  SimulatedClock(Instant start) {
    now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Moves the clock; called by the simulation's own thread only. */
  void advanceTo(Instant later) {
    now = later;
  }

  /** Moves the clock by what an operation takes. */
  void spend(Duration duration) {
    advanceTo(now.plus(duration));
  }
}

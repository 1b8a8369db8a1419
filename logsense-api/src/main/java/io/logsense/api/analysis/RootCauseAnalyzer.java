package io.logsense.api.analysis;

/** Finds out why a problem happens. Users call it; any thread may. */
@FunctionalInterface
public interface RootCauseAnalyzer {
  /**
   * A report on an incident. There always is one: where no cause can be named, it says why.
   *
   * @throws InterruptedException when the thread is interrupted while it waits for a model
   */
  RootCauseReport analyze(Incident incident) throws InterruptedException;
}

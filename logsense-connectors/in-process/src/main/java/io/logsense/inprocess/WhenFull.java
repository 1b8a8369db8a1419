package io.logsense.inprocess;

/** What happens to an event for which a queue has no room. */
public enum WhenFull {
  /** It is dropped, which is counted and said once. The thread that logs never waits. */
  DROP,
  /** The thread that logs waits until there is room. */
  BLOCK,
  /** The thread that logs waits for a time; then the event is dropped. */
  BLOCK_WITH_TIMEOUT
}

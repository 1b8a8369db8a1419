package io.logsense.testkit;

import java.util.Set;

/**
 * Breaks the way to a system, or the system, and mends it. Implemented by fixtures; called by
 * contracts. {@link FaultyProxy} does it to connections.
 */
public interface Faults {
  /** What goes wrong. */
  enum Fault {
    /** Connections are refused, open ones lost. */
    REFUSED,
    /** Connections are accepted, and nothing comes. */
    SILENT,
    /** A connection is reset in the middle of an answer. */
    RESET,
    /** A connection is closed in the middle of an answer, in good order. */
    CUT,
    /** Answers come in driblets. */
    SLOW,
    /** The system says that there are too many calls. */
    THROTTLED,
    /** The system says that it has failed: an HTTP status of 500. */
    FAILED,
    /** The system refuses for good: an HTTP status of 400, 401 or 404. */
    REJECTED,
    /** The system delivers what it delivered before once more. */
    DUPLICATED,
    /** Behind what was written comes something that is no record: broken JSON, an odd encoding. */
    POISONED
  }

  /** Which of them it can do. */
  Set<Fault> supported();

  /** Begins a fault, which goes on until it is healed. */
  void inject(Fault fault) throws Exception;

  /** Ends all faults. */
  void heal() throws Exception;
}

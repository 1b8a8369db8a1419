package io.logsense.api.triage;

/** Where a group stands in its life. */
public enum GroupStatus {
  /** Nobody decided anything about it, or it was reopened. */
  NEW,
  /** Somebody looks into it. */
  INVESTIGATING,
  /** It should not come back. */
  RESOLVED,
  /** It was resolved and came back. */
  REGRESSED,
  /** It makes no findings until a condition is met. */
  IGNORED
}

package io.logsense.api.finding;

/** How a group differs between two samples. */
public enum ChangeKind {
  /** The second sample has it, the first does not. */
  NEW,
  /** It is a larger share of the second sample. */
  GROWN,
  /** The first sample has it, the second does not. */
  GONE,
  /** It is a smaller share of the second sample. */
  SHRUNK
}

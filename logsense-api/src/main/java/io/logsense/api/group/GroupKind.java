package io.logsense.api.group;

/** What the identity of a group is made of. */
public enum GroupKind {
  /** A stack trace. */
  EXCEPTION,
  /** A message template. */
  MESSAGE
}

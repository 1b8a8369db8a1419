package io.logsense.analysis;

/** The kinds of data that may go to a language model, all of them masked. */
public enum Field {
  /** Messages of events and of throwables. */
  MESSAGE,
  /** Types and frames of stack traces. */
  STACK_TRACE,
  /** Values that messages and attributes name: {@code tier=gold}. */
  PARAMETERS,
  /** Attributes of events, MDC included. */
  ATTRIBUTES,
  /** Service, environment, version, commit, logger, thread. */
  ORIGIN,
  /** Times, counts, and facts made of them. */
  RATES,
  /** Files, symbols and line numbers of candidates, and why they are candidates. */
  PLACES,
  /** Lines of the source code around candidates. */
  CODE,
  /** Events besides the one that stands for the group. */
  RELATED_EVENTS,
  /** Earlier problems, and what they turned out to be. */
  SIMILAR
}

package io.logsense.log4j2;

/** Where what is known of an event is added to it. */
public enum Enrichment {
  /** To the context data of the event, which nearly every layout can print. */
  MDC,
  /** Nowhere. */
  NONE
}

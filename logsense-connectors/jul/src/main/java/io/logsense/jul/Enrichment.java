package io.logsense.jul;

/** Where what is known of an event is added to it. */
public enum Enrichment {
  /** To the record, which is an {@link EnrichedRecord}: a formatter made for it can print it. */
  RECORD,
  /** To the record and, in brackets, to the end of its message, which every formatter prints. */
  MESSAGE,
  /** Nowhere. */
  NONE
}

package io.logsense.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Map;
import java.util.function.Supplier;

/** Where what is known of an event is added to it. */
public enum Enrichment {
  /** To the context, which nearly every layout can print. */
  MDC,
  /** To the key-value pairs of SLF4J 2, which JSON layouts write with their types. */
  KEY_VALUES,
  /** Nowhere. */
  NONE;

  /** The event with these facts; the event itself where nothing is added. */
  ILoggingEvent add(ILoggingEvent event, Supplier<Map<String, Object>> facts) {
    return this == NONE ? event : new EnrichedEvent(event, this, facts);
  }
}

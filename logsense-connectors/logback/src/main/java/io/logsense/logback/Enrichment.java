package io.logsense.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/** Where what is known of an event is added to it. */
public enum Enrichment {
  /** To the context, which nearly every layout can print. */
  MDC {
    @Override
    ILoggingEvent add(ILoggingEvent event, Map<String, Object> facts) {
      Map<String, String> context = new HashMap<>(event.getMDCPropertyMap());
      facts.forEach((name, value) -> context.put(name, String.valueOf(value)));
      return new EnrichedEvent(event, context, event.getKeyValuePairs());
    }
  },
  /** To the key-value pairs of SLF4J 2, which JSON layouts write with their types. */
  KEY_VALUES {
    @Override
    ILoggingEvent add(ILoggingEvent event, Map<String, Object> facts) {
      List<KeyValuePair> known = event.getKeyValuePairs();
      List<KeyValuePair> pairs = known == null ? new ArrayList<>() : new ArrayList<>(known);
      facts.forEach((name, value) -> pairs.add(new KeyValuePair(name, value)));
      return new EnrichedEvent(event, event.getMDCPropertyMap(), pairs);
    }
  },
  /** Nowhere. */
  NONE {
    @Override
    ILoggingEvent add(ILoggingEvent event, Map<String, Object> facts) {
      return event;
    }
  };

  /** The event with these facts; the event itself where nothing is added. */
  abstract ILoggingEvent add(ILoggingEvent event, Map<String, Object> facts);
}

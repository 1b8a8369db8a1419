package io.logsense.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.logsense.inprocess.LoggedGroup;
import io.logsense.inprocess.Sighting;
import io.logsense.inprocess.Summary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

  /** What is known of an event. */
  static Map<String, Object> facts(Sighting sighting) {
    Map<String, Object> facts = facts(sighting.group(), sighting.group().count());
    facts.put("logsense.new", sighting.isNew());
    return facts;
  }

  /** What is known of events that were left out. */
  static Map<String, Object> facts(Summary summary) {
    Map<String, Object> facts = facts(summary.group(), summary.total());
    facts.put("logsense.reduced", summary.count());
    facts.put("logsense.lastSeen", lastSeen(summary).toString());
    return facts;
  }

  static Instant lastSeen(Summary summary) {
    return Instant.ofEpochMilli(TimeUnit.NANOSECONDS.toMillis(summary.lastSeen()));
  }

  private static Map<String, Object> facts(LoggedGroup group, long count) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("logsense.fingerprint", group.id());
    facts.put("logsense.template", group.template());
    facts.put("logsense.group.count", count);
    return facts;
  }
}

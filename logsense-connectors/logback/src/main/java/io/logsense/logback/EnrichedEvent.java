package io.logsense.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextVO;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/**
 * An event with more context than it was logged with. Everything else is the event's.
 *
 * <p>As with Logback's own events, the context is put together when it is asked for in the thread
 * that logs, or when that thread {@linkplain #prepareForDeferredProcessing prepares} the event for
 * another one.
 */
final class EnrichedEvent implements ILoggingEvent {
  private final ILoggingEvent event;
  private final Enrichment where;
  private final Supplier<Map<String, Object>> facts;
  private volatile @Nullable Map<String, String> context;
  private volatile @Nullable List<KeyValuePair> keyValues;

  EnrichedEvent(ILoggingEvent event, Enrichment where, Supplier<Map<String, Object>> facts) {
    this.event = event;
    this.where = where;
    this.facts = facts;
  }

  @Override
  public Map<String, String> getMDCPropertyMap() {
    if (where != Enrichment.MDC) {
      return event.getMDCPropertyMap();
    }
    Map<String, String> known = context;
    if (known == null) {
      Map<String, String> made = new HashMap<>(event.getMDCPropertyMap());
      facts.get().forEach((name, value) -> made.put(name, String.valueOf(value)));
      known = made;
      context = known;
    }
    return known;
  }

  @Override
  @Deprecated
  @SuppressWarnings("InlineMeSuggester") // it is Logback that deprecates it
  public Map<String, String> getMdc() {
    return getMDCPropertyMap();
  }

  @Override
  public @Nullable List<KeyValuePair> getKeyValuePairs() {
    if (where != Enrichment.KEY_VALUES) {
      return event.getKeyValuePairs();
    }
    List<KeyValuePair> known = keyValues;
    if (known == null) {
      List<KeyValuePair> own = event.getKeyValuePairs();
      List<KeyValuePair> made = own == null ? new ArrayList<>() : new ArrayList<>(own);
      facts.get().forEach((name, value) -> made.add(new KeyValuePair(name, value)));
      known = made;
      keyValues = known;
    }
    return known;
  }

  @Override
  public void prepareForDeferredProcessing() {
    event.prepareForDeferredProcessing();
    getMDCPropertyMap();
    getKeyValuePairs();
  }

  @Override
  public String getThreadName() {
    return event.getThreadName();
  }

  @Override
  public Level getLevel() {
    return event.getLevel();
  }

  @Override
  public String getMessage() {
    return event.getMessage();
  }

  @Override
  public Object[] getArgumentArray() {
    return event.getArgumentArray();
  }

  @Override
  public String getFormattedMessage() {
    return event.getFormattedMessage();
  }

  @Override
  public String getLoggerName() {
    return event.getLoggerName();
  }

  @Override
  public LoggerContextVO getLoggerContextVO() {
    return event.getLoggerContextVO();
  }

  @Override
  public IThrowableProxy getThrowableProxy() {
    return event.getThrowableProxy();
  }

  @Override
  public StackTraceElement[] getCallerData() {
    return event.getCallerData();
  }

  @Override
  public boolean hasCallerData() {
    return event.hasCallerData();
  }

  @Override
  public List<Marker> getMarkerList() {
    return event.getMarkerList();
  }

  @Override
  public long getTimeStamp() {
    return event.getTimeStamp();
  }

  @Override
  public int getNanoseconds() {
    return event.getNanoseconds();
  }

  @Override
  public Instant getInstant() {
    return event.getInstant();
  }

  @Override
  public long getSequenceNumber() {
    return event.getSequenceNumber();
  }

  @Override
  public String toString() {
    return event.toString();
  }
}

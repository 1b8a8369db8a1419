package io.logsense.jul;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.LogRecord;

/** A record with what is known of its event. Everything else is that of the record as logged. */
public final class EnrichedRecord extends LogRecord {
  private static final long serialVersionUID = 1;

  private final LogRecord logged;
  private final LinkedHashMap<String, Object> facts;

  EnrichedRecord(LogRecord logged, Map<String, Object> facts) {
    super(logged.getLevel(), logged.getMessage());
    JulRecords.copy(logged, this);
    this.logged = logged;
    this.facts = new LinkedHashMap<>(facts);
  }

  /**
   * What is known, by name: {@code logsense.fingerprint}, {@code logsense.template}, {@code
   * logsense.group.count} and {@code logsense.new}; of a summary {@code logsense.reduced} and
   * {@code logsense.lastSeen} instead of the last. Texts, numbers and a truth value.
   */
  public Map<String, Object> facts() {
    return Collections.unmodifiableMap(facts);
  }

  LogRecord logged() {
    return logged;
  }

  /** Asked of the record as logged, which looks for it only then. */
  @Override
  public String getSourceClassName() {
    return logged.getSourceClassName();
  }

  /** Asked of the record as logged, which looks for it only then. */
  @Override
  public String getSourceMethodName() {
    return logged.getSourceMethodName();
  }
}

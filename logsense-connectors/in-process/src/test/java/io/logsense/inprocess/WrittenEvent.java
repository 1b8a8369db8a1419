package io.logsense.inprocess;

import io.logsense.api.event.Severity;
import java.util.Map;

/**
 * What a wrapped appender was given.
 *
 * @param facts what was added
 */
public record WrittenEvent(
    String logger,
    Severity severity,
    String message,
    Throwable thrown,
    Map<String, String> facts,
    String thread) {

  /** How many events it stands for. */
  public long count() {
    return Long.parseLong(facts.getOrDefault("logsense.reduced", "1"));
  }
}

package io.logsense.inprocess;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;

/** The part of the engine that events are given to. */
interface Engine {
  /** Counts one event and answers the id of its group. */
  String accept(LogEvent event);

  /** Counts further events of a known group. */
  void repeat(String group, Severity severity, long epochNanos, long count);
}

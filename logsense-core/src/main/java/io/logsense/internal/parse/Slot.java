package io.logsense.internal.parse;

import io.logsense.api.event.LogEvent;
import java.util.Locale;

/** Which field of an event a part of a line is. */
@FunctionalInterface
interface Slot {
  Slot LOGGER = LogEvent.Builder::logger;
  Slot THREAD = LogEvent.Builder::thread;
  Slot SERVICE = LogEvent.Builder::service;
  Slot TRACE_ID = LogEvent.Builder::traceId;
  Slot REQUEST_ID = LogEvent.Builder::requestId;
  Slot NONE = (out, value) -> {};

  void put(LogEvent.Builder out, String value);

  /** The field or attribute that a context key such as {@code traceId} stands for. */
  static Slot ofKey(String key) {
    return switch (key.toLowerCase(Locale.ROOT)
        .replace("_", "")
        .replace("-", "")
        .replace(".", "")) {
      case "traceid", "xb3traceid", "ddtraceid", "dd.traceid" -> TRACE_ID;
      case "requestid", "xrequestid", "reqid", "correlationid", "xcorrelationid" -> REQUEST_ID;
      case "service", "servicename", "app", "appname", "application", "applicationname" -> SERVICE;
      case "env", "environment", "deploymentenvironment" -> LogEvent.Builder::environment;
      case "version", "appversion", "serviceversion" -> LogEvent.Builder::version;
      default -> (out, value) -> out.attribute(key, value);
    };
  }

  static Slot attribute(String name) {
    return (out, value) -> out.attribute(name, value);
  }
}

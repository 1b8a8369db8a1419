package io.logsense.internal.parse;

import io.logsense.api.event.LogEvent;
import java.util.Locale;
import java.util.function.BiConsumer;

/**
 * Which field of an event a part of a line is.
 *
 * @param setter puts a value there
 * @param repeats whether the values of many events are the same
 */
record Slot(BiConsumer<LogEvent.Builder, String> setter, boolean repeats) {
  static final Slot LOGGER = new Slot(LogEvent.Builder::logger, true);
  static final Slot THREAD = new Slot(LogEvent.Builder::thread, true);
  static final Slot SERVICE = new Slot(LogEvent.Builder::service, true);
  static final Slot HOST = attribute("host");
  static final Slot PROCESS = attribute("pid");
  static final Slot TRACE_ID = new Slot(LogEvent.Builder::traceId, false);
  static final Slot REQUEST_ID = new Slot(LogEvent.Builder::requestId, false);
  static final Slot NONE = new Slot((out, value) -> {}, true);

  void put(LogEvent.Builder out, String value) {
    setter.accept(out, value);
  }

  /** The field or attribute that a context key such as {@code traceId} stands for. */
  static Slot ofKey(String key) {
    return switch (key.toLowerCase(Locale.ROOT)
        .replace("_", "")
        .replace("-", "")
        .replace(".", "")) {
      case "traceid", "xb3traceid", "ddtraceid" -> TRACE_ID;
      case "requestid", "xrequestid", "reqid", "correlationid", "xcorrelationid" -> REQUEST_ID;
      case "service", "servicename", "app", "appname", "application", "applicationname" -> SERVICE;
      case "env", "environment", "deploymentenvironment" ->
          new Slot(LogEvent.Builder::environment, true);
      case "version", "appversion", "serviceversion" -> new Slot(LogEvent.Builder::version, true);
      default -> attribute(key);
    };
  }

  static Slot attribute(String name) {
    return new Slot((out, value) -> out.attribute(name, value), true);
  }

  /** An attribute whose values seldom come back. */
  static Slot variedAttribute(String name) {
    return new Slot((out, value) -> out.attribute(name, value), false);
  }
}

package io.logsense.opentelemetry;

import io.logsense.api.event.LogEvent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The trace that an event was logged in, from the names that tracers give its ids. */
final class EventTrace {
  private static final List<String> TRACE_IDS = List.of("traceId", "trace_id", "trace.id");
  private static final List<String> SPAN_IDS = List.of("spanId", "span_id", "span.id");
  private static final int SHORT_ID = 16;

  private EventTrace() {}

  /** A context in the trace of the latest event that names one; the root context without any. */
  static Context of(Collection<LogEvent> events) {
    return events.stream()
        .sorted(Comparator.comparingLong(LogEvent::timestamp).reversed())
        .map(EventTrace::span)
        .filter(SpanContext::isValid)
        .findFirst()
        .map(span -> Context.root().with(Span.wrap(span)))
        .orElse(Context.root());
  }

  /**
   * Remote and sampled: an event does not say whether its trace was, and only those that were get
   * exemplars.
   */
  private static SpanContext span(LogEvent event) {
    String known = event.traceId();
    String trace = (known.isEmpty() ? first(event, TRACE_IDS) : known).toLowerCase(Locale.ROOT);
    String span = first(event, SPAN_IDS).toLowerCase(Locale.ROOT);
    return SpanContext.createFromRemoteParent(
        trace.length() == SHORT_ID ? "0".repeat(SHORT_ID) + trace : trace,
        span,
        TraceFlags.getSampled(),
        TraceState.getDefault());
  }

  private static String first(LogEvent event, List<String> names) {
    return names.stream()
        .map(name -> event.attributes().getOrDefault(name, ""))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .orElse("");
  }
}

package io.logsense.clickhouse;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.store.EventQuery;
import java.util.ArrayList;
import java.util.List;

/** What a query asks of an event, as SQL with placeholders. */
final class Condition {
  private final EventQuery query;

  Condition(EventQuery query) {
    this.query = query;
  }

  /** {@code before}, the condition, {@code after}. */
  Statement in(String before, String after) {
    Statement statement = new Statement(before + " WHERE " + sql() + after);
    if (query.isTimed()) {
      statement
          .with("from", Math.max(query.from(), LogEvent.NO_TIMESTAMP + 1))
          .with("to", query.to());
    }
    query.service().ifPresent(service -> statement.with("service", service));
    query.group().ifPresent(group -> statement.with("group", group));
    query.traceId().ifPresent(trace -> statement.with("trace", trace));
    query.text().ifPresent(text -> statement.with("text", text));
    return statement;
  }

  private String sql() {
    List<String> terms = new ArrayList<>();
    if (query.isTimed()) {
      terms.add("time >= {from:Int64} AND time < {to:Int64}");
    }
    if (query.severity() != Severity.UNSPECIFIED) {
      terms.add("severity >= " + query.severity().number());
    }
    query.service().ifPresent(service -> terms.add("service = {service:String}"));
    query.group().ifPresent(group -> terms.add("group_id = {group:String}"));
    query.traceId().ifPresent(trace -> terms.add("trace_id = {trace:String}"));
    // Folds ASCII letters and no others.
    query
        .text()
        .ifPresent(
            text ->
                terms.add(
                    "(positionCaseInsensitive(message, {text:String}) > 0"
                        + " OR positionCaseInsensitive(stack_trace, {text:String}) > 0)"));
    return terms.isEmpty() ? "true" : String.join(" AND ", terms);
  }
}

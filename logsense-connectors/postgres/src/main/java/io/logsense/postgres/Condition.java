package io.logsense.postgres;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.store.EventQuery;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What a query asks of an event, as SQL with parameters. */
final class Condition {
  private final List<String> terms = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  Condition(EventQuery query) {
    if (query.isTimed()) {
      term("time >= ?", Math.max(query.from(), LogEvent.NO_TIMESTAMP + 1));
      term("time < ?", query.to());
    }
    if (query.severity() != Severity.UNSPECIFIED) {
      // No parameter, so that the index of errors can be seen to serve.
      terms.add("severity >= " + query.severity().number());
    }
    query.service().ifPresent(service -> indexed("service", service));
    query.group().ifPresent(group -> indexed("group_id", group));
    query.traceId().ifPresent(this::trace);
    query.text().filter(text -> !text.isEmpty()).ifPresent(this::text);
  }

  private void indexed(String column, String value) {
    term("left(" + column + ", 64) = left(?, 64)", PgText.encode(value));
    term(column + " = ?", PgText.encode(value));
  }

  private void trace(String trace) {
    if (!trace.isEmpty()) {
      terms.add("trace_id <> ''");
    }
    term("trace_id = ?", PgText.encode(trace));
  }

  /** The collation of the columns folds ASCII letters and no others. */
  private void text(String text) {
    String contains = "strpos(lower(%s), lower(? COLLATE \"C\")) > 0";
    terms.add(
        "(" + contains.formatted("message") + " OR " + contains.formatted("stack_trace") + ")");
    values.add(PgText.encode(text));
    values.add(PgText.encode(text));
  }

  private void term(String term, Object value) {
    terms.add(term);
    values.add(value);
  }

  /** The condition, to stand behind {@code WHERE}. */
  String sql() {
    return terms.isEmpty() ? "true" : String.join(" AND ", terms);
  }

  void bind(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
  }
}

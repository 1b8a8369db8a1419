package io.logsense.duckdb;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.store.EventQuery;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What a query asks of an event, as SQL with parameters. */
final class Condition {
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";

  private final List<String> terms = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  Condition(EventQuery query) {
    if (query.isTimed()) {
      term("time >= ?", Math.max(query.from(), LogEvent.NO_TIMESTAMP + 1));
      term("time < ?", query.to());
    }
    if (query.severity() != Severity.UNSPECIFIED) {
      term("severity >= ?", query.severity().number());
    }
    query.service().ifPresent(service -> term("service = ?", service));
    query.group().ifPresent(group -> term("group_id = ?", group));
    query.traceId().ifPresent(trace -> term("trace_id = ?", trace));
    query.text().filter(text -> !text.isEmpty()).ifPresent(this::text);
  }

  /**
   * Literal, ASCII letters of either case alike. DuckDB's own lower case is quick and finds more
   * than that, as it folds the letters of every alphabet; a slower look judges what it found.
   */
  private void text(String text) {
    String folded = folded(text);
    String exact = exact(folded);
    terms.add("(" + contains("message", exact) + " OR " + contains("stack_trace", exact) + ")");
    values.addAll(List.of(text, folded, text, folded));
  }

  private static String contains(String column, String exact) {
    return "(contains(lower(%s), lower(?)) AND contains(%s, ?))"
        .formatted(column, exact.formatted(column));
  }

  /**
   * The column with nothing folded that could be mistaken for {@code text}. There are two letters
   * beyond ASCII that have one of ASCII as their lower case: where only they matter, they are put
   * out of the way, which is quicker than to fold letter by letter.
   */
  private static String exact(String text) {
    return text.chars().allMatch(c -> c < 0x80)
        ? "lower(replace(replace(%s, '\u212A', '\u00DF'), '\u0130', '\u00DF'))"
        : "translate(%s, '" + UPPER + "', '" + LOWER + "')";
  }

  private static String folded(String text) {
    StringBuilder folded = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      int letter = UPPER.indexOf(text.charAt(i));
      if (letter >= 0) {
        folded.setCharAt(i, LOWER.charAt(letter));
      }
    }
    return folded.toString();
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
    bind(statement, 1);
  }

  /** Sets its parameters, of which the first is {@code parameter}. */
  void bind(PreparedStatement statement, int parameter) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(parameter + i, values.get(i));
    }
  }
}

package io.logsense.clickhouse;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * SQL with placeholders such as {@code {service:String}}, and their values in the form in which
 * ClickHouse reads parameters.
 */
final class Statement {
  private final String sql;
  private final Map<String, String> values = new LinkedHashMap<>();

  Statement(String sql) {
    this.sql = sql;
  }

  String sql() {
    return sql;
  }

  /** By name, written. */
  Map<String, String> values() {
    return values;
  }

  Statement with(String name, long value) {
    values.put(name, Long.toString(value));
    return this;
  }

  Statement with(String name, String value) {
    values.put(name, escaped(value));
    return this;
  }

  /** For a placeholder of the type {@code Array(String)}. */
  Statement with(String name, Collection<String> texts) {
    values.put(
        name,
        texts.stream()
            .map(text -> '\'' + escaped(text).replace("'", "\\'") + '\'')
            .collect(Collectors.joining(",", "[", "]")));
    return this;
  }

  /** For a placeholder of the type {@code Array(Int64)}. */
  Statement withNumbers(String name, List<Long> numbers) {
    values.put(name, numbers.toString());
    return this;
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> escaped.append("\\\\");
        case '\0' -> escaped.append("\\0");
        case '\t' -> escaped.append("\\t");
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}

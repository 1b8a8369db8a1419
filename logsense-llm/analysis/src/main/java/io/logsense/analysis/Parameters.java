package io.logsense.analysis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The values that an event names: {@code name=value} in its message, the members of a JSON object
 * in it, the same in the messages of what was thrown, and its attributes. Linear in the text; at
 * most {@value #MOST} values.
 */
final class Parameters {
  static final int MOST = 40;
  private static final int MOST_NAME = 60;
  private static final int MOST_VALUE = 200;
  private static final int MOST_ERRORS = 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> found = new LinkedHashMap<>();

  private Parameters() {}

  /** Name to value, in the order of their first mention. */
  static Map<String, String> of(LogEvent event, boolean withAttributes) {
    Parameters parameters = new Parameters();
    parameters.message(event.message());
    StackTrace trace = event.exception();
    int errors = 0;
    for (ThrownError e = trace == null ? null : trace.error();
        e != null && errors < MOST_ERRORS;
        e = e.cause()) {
      parameters.message(e.message() == null ? "" : e.message());
      errors++;
    }
    if (withAttributes) {
      event.attributes().forEach(parameters::put);
    }
    return parameters.found;
  }

  private void message(String message) {
    int brace = message.indexOf('{');
    boolean isJson = brace >= 0 && json(message.substring(brace));
    pairs(isJson ? message.substring(0, brace) : message);
  }

  /** The members of the object at the start of {@code text}; false when there is none. */
  private boolean json(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      if (node == null || !node.isObject()) {
        return false;
      }
      node.properties().forEach(member -> put(member.getKey(), text(member.getValue())));
      return true;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }

  private void pairs(String text) {
    for (int equals = text.indexOf('='); equals > 0; equals = text.indexOf('=', equals + 1)) {
      int start = equals;
      while (start > 0 && isOfName(text.charAt(start - 1)) && equals - start <= MOST_NAME) {
        start--;
      }
      if (start < equals && equals - start <= MOST_NAME) {
        put(text.substring(start, equals), value(text, equals + 1));
      }
    }
  }

  private static String value(String text, int start) {
    boolean quoted = start < text.length() && text.charAt(start) == '"';
    int from = quoted ? start + 1 : start;
    int end = from;
    int most = Math.min(text.length(), from + MOST_VALUE);
    while (end < most && (quoted ? text.charAt(end) != '"' : !endsValue(text.charAt(end)))) {
      end++;
    }
    return text.substring(from, end);
  }

  private static boolean isOfName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
  }

  private static boolean endsValue(char c) {
    return Character.isWhitespace(c) || c == ',' || c == ';' || c == ')' || c == ']' || c == '}';
  }

  private void put(String name, String value) {
    if (found.size() < MOST && !value.isEmpty() && name.length() <= MOST_NAME) {
      String cut = value.length() > MOST_VALUE ? value.substring(0, MOST_VALUE) : value;
      found.putIfAbsent(name, cut);
    }
  }
}

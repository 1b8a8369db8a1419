package io.logsense.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What a server answered, other than that it may be tried again.
 *
 * @param status of HTTP, below 500
 * @param body not null, maybe empty
 */
@SuppressWarnings("ArrayRecordComponent") // passed on at once, never compared
record Answer(int status, byte[] body) {
  private static final Set<String> REASONS = Set.of("reason", "detail", "title", "message");
  private static final int SHOWN = 300;

  boolean succeeded() {
    return status / 100 == 2;
  }

  /** This, if it is a success. */
  Answer orRefuse(String what) {
    if (succeeded()) {
      return this;
    }
    throw new LogSenseException(
        Category.EXTERNAL, what + " was refused with status " + status + ": " + reason());
  }

  /** What the server says of its reason. */
  String reason() {
    try (JsonParser json = Json.parser(body)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.VALUE_STRING
            && REASONS.contains(String.valueOf(json.currentName()))) {
          return shown(json.getText());
        }
      }
    } catch (IOException e) {
      // No JSON: a proxy may have answered.
    }
    return shown(new String(body, 0, Math.min(body.length, SHOWN), StandardCharsets.UTF_8));
  }

  private static String shown(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}

package io.logsense.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of what was found.
 *
 * @param pit the point in time to ask for the next page with; null when it was not said
 * @param hits in order
 */
record SearchPage(@Nullable String pit, List<Hit> hits) {
  /** Milliseconds of today are 2e12, nanoseconds 2e18. */
  private static final long NANOS_FROM = 10_000_000_000_000_000L;

  private static final long NANOS_PER_MILLI = 1_000_000;

  /**
   * A document.
   *
   * @param id unlike that of any other, index included
   * @param epochNanos the value of the time field
   * @param place its sort values as JSON
   * @param source as it was indexed, in one line
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on at once, never compared
  record Hit(String id, long epochNanos, String place, byte[] source) {}

  static SearchPage of(byte[] answer) throws IOException {
    String[] pit = new String[1];
    List<Hit> hits = new ArrayList<>();
    Json.read(
        answer,
        (name, json) -> {
          if (name.equals("pit_id")) {
            pit[0] = json.getText();
          } else if (name.equals("hits")) {
            Json.fields(json, (inner, array) -> hits(inner, array, answer, hits));
          }
        });
    return new SearchPage(pit[0], hits);
  }

  private static void hits(String name, JsonParser json, byte[] answer, List<Hit> hits)
      throws IOException {
    if (name.equals("hits") && json.currentToken() == JsonToken.START_ARRAY) {
      while (json.nextToken() == JsonToken.START_OBJECT) {
        hits.add(new HitFields(answer).hit(json));
      }
    }
  }

  private static final class HitFields {
    private final byte[] answer;
    private String index = "";
    private String id = "";
    private long time;
    private String place = "";
    private byte @Nullable [] source;

    HitFields(byte[] answer) {
      this.answer = answer;
    }

    Hit hit(JsonParser json) throws IOException {
      Json.fields(json, this::field);
      if (source == null) {
        throw new LogSenseException(
            Category.EXTERNAL, "index " + index + " does not keep the _source of its documents");
      }
      return new Hit(index + "/" + id, time, place, oneLine(source));
    }

    private void field(String name, JsonParser json) throws IOException {
      switch (name) {
        case "_index" -> index = json.getText();
        case "_id" -> id = json.getText();
        case "_source" -> source = Json.slice(answer, json);
        case "sort" -> {
          place = new String(Json.slice(answer, json), StandardCharsets.UTF_8);
          time = firstNumber(place);
        }
        default -> {}
      }
    }

    private static long firstNumber(String sortValues) throws IOException {
      int comma = sortValues.indexOf(',');
      try {
        long number = Long.parseLong(sortValues.substring(1, comma).strip());
        return number >= NANOS_FROM ? number : Math.multiplyExact(number, NANOS_PER_MILLI);
      } catch (IndexOutOfBoundsException | ArithmeticException | NumberFormatException e) {
        throw new IOException("sort values " + sortValues + " do not begin with a time", e);
      }
    }

    /** Line feeds in JSON are space, but for records they are not. */
    private static byte[] oneLine(byte[] json) {
      for (int i = 0; i < json.length; i++) {
        if (json[i] == '\n' || json[i] == '\r') {
          json[i] = ' ';
        }
      }
      return json;
    }
  }
}

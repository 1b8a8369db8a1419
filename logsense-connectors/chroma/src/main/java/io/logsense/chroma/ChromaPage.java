package io.logsense.chroma;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Entries as Chroma answers them: a list for each property. */
final class ChromaPage {
  private final List<String> ids = new ArrayList<>();
  private final List<Double> distances = new ArrayList<>();
  private final List<Map<String, String>> metadatas = new ArrayList<>();

  /** Of the ids that were asked for. */
  static ChromaPage flat(JsonParser json) throws IOException {
    return read(json, 0);
  }

  /** Of one query, in a list of queries. */
  static ChromaPage nested(JsonParser json) throws IOException {
    return read(json, 1);
  }

  private static ChromaPage read(JsonParser json, int depth) throws IOException {
    ChromaPage page = new ChromaPage();
    ChromaApi.fields(
        json,
        name -> {
          switch (name) {
            case "ids" -> each(json, depth, () -> page.ids.add(json.getText()));
            case "distances" -> each(json, depth, () -> page.distances.add(json.getDoubleValue()));
            case "metadatas" -> each(json, depth, () -> page.metadatas.add(metadata(json)));
            default -> json.skipChildren();
          }
        });
    return page;
  }

  private interface Value {
    void read() throws IOException;
  }

  /** Goes through the values of a list, or of the lists in it. */
  private static void each(JsonParser json, int depth, Value value) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (depth > 0) {
        each(json, depth - 1, value);
      } else {
        value.read();
      }
    }
  }

  private static Map<String, String> metadata(JsonParser json) throws IOException {
    Map<String, String> metadata = new HashMap<>();
    ChromaApi.fields(
        json,
        key -> {
          if (key.startsWith(ChromaJson.KEY) && json.currentToken() == JsonToken.VALUE_STRING) {
            metadata.put(key.substring(ChromaJson.KEY.length()), json.getText());
          } else {
            json.skipChildren();
          }
        });
    return metadata;
  }

  List<String> ids() {
    return ids;
  }

  /** One minus the cosine. */
  double distance(int i) {
    return distances.get(i);
  }

  Map<String, String> metadata(int i) {
    return i < metadatas.size() ? metadatas.get(i) : Map.of();
  }
}

package io.logsense.benchmarks.code;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A bug with its trace and what its fix changed.
 *
 * @param project the project
 * @param number the number of the bug in its project
 * @param repository {@code owner/name} on GitHub
 * @param fixedCommit the commit that fixed it
 * @param sourceRoot where the production sources are
 * @param trace the failing test's trace
 * @param changed symbols of the methods that the fix changed
 * @param frames frames of production code: symbol and line, as labelled
 * @param patch path of the patch that puts the bug back, in the repository of Defects4J
 */
record KnownBug(
    String project,
    String number,
    String repository,
    String fixedCommit,
    String sourceRoot,
    String trace,
    List<String> changed,
    List<LabelledFrame> frames,
    String patch) {

  /** A frame and the method it was labelled with. */
  record LabelledFrame(String file, String symbol, int line) {}

  static List<KnownBug> read(Path file) throws IOException {
    List<KnownBug> bugs = new ArrayList<>();
    JsonFactory json = new JsonFactory();
    for (String line : Files.readAllLines(file)) {
      try (JsonParser parser = json.createParser(line)) {
        parser.nextToken();
        bugs.add(of(object(parser)));
      }
    }
    return bugs;
  }

  private static KnownBug of(Map<String, Object> fields) {
    return new KnownBug(
        text(fields, "project"),
        text(fields, "bug"),
        text(fields, "repo"),
        text(fields, "fixed_commit"),
        text(fields, "src_root"),
        text(fields, "trace_text"),
        objects(fields, "changed_methods").stream().map(m -> text(m, "symbol")).toList(),
        objects(fields, "frames").stream()
            .map(
                f ->
                    new LabelledFrame(
                        text(f, "file"), text(f, "symbol"), Integer.parseInt(text(f, "line"))))
            .toList(),
        text(fields, "patch"));
  }

  private static String text(Map<String, Object> fields, String name) {
    return String.valueOf(fields.get(name));
  }

  @SuppressWarnings("unchecked") // arrays of objects, as object() makes them
  private static List<Map<String, Object>> objects(Map<String, Object> fields, String name) {
    return (List<Map<String, Object>>) fields.getOrDefault(name, List.of());
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      fields.put(name, value(parser));
    }
    return fields;
  }

  private static Object value(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      return object(parser);
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      return String.valueOf(parser.getText());
    }
    List<Object> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(parser));
    }
    return values;
  }
}

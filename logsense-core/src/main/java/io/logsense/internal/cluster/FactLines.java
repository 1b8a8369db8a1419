package io.logsense.internal.cluster;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.logsense.api.cluster.Correction;
import io.logsense.api.cluster.Link;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** The facts of a {@link Ledger} as lines: a CRC-32 in hex, a space, a JSON object, a line feed. */
final class FactLines {
  private static final String FORMAT = "logsense-clusters";
  private static final String VERSION = "1";
  private static final JsonFactory JSON = new JsonFactory();
  private static final int CRC_DIGITS = 8;

  private FactLines() {}

  static String header() {
    return line(
        json -> {
          json.writeStringField("format", FORMAT);
          json.writeStringField("version", VERSION);
        });
  }

  static String text(String group, String text, String model) {
    return line(
        json -> {
          json.writeStringField("fact", "group");
          json.writeStringField("id", group);
          json.writeStringField("text", text);
          json.writeStringField("model", model);
        });
  }

  static String rule(Ledger.Rule rule, String model) {
    return line(
        json -> {
          json.writeStringField("fact", "rule");
          json.writeStringField("model", model);
          json.writeStringField("score", Double.toString(rule.score()));
          json.writeStringField("minPoints", Integer.toString(rule.minPoints()));
          json.writeStringField("since", rule.since().toString());
          json.writeStringField("who", rule.who());
          json.writeStringField("why", rule.why());
        });
  }

  static String link(Link link, String model) {
    return line(
        json -> {
          json.writeStringField("fact", "link");
          json.writeStringField("model", model);
          json.writeStringField("a", link.a());
          json.writeStringField("b", link.b());
          json.writeStringField("score", Double.toString(link.score()));
        });
  }

  static String alias(String from, String to) {
    return line(
        json -> {
          json.writeStringField("fact", "alias");
          json.writeStringField("from", from);
          json.writeStringField("to", to);
        });
  }

  static String correction(Correction correction) {
    return line(
        json -> {
          json.writeStringField("fact", "correction");
          json.writeStringField("id", correction.id());
          json.writeStringField("kind", correction.kind().name());
          array(json, "left", correction.left());
          array(json, "right", correction.right());
          json.writeStringField("undoes", correction.undoes());
          json.writeStringField("who", correction.who());
          json.writeStringField("when", correction.when().toString());
          json.writeStringField("why", correction.why());
        });
  }

  private static void array(JsonGenerator json, String name, List<String> ids) throws IOException {
    json.writeArrayFieldStart(name);
    for (String id : ids) {
      json.writeString(id);
    }
    json.writeEndArray();
  }

  /** What is wrong with a first line; null when nothing is. */
  static @Nullable String checkHeader(String line) {
    Fields fields = Fields.of(line);
    if (fields == null) {
      return "checksum or syntax";
    }
    return fields.text("format").equals(FORMAT) && fields.text("version").equals(VERSION)
        ? null
        : "not a " + FORMAT + " file of version " + VERSION;
  }

  /**
   * Adds the fact of a line to {@code ledger}; answers what is wrong, null when nothing is.
   *
   * @param placed takes the groups that {@code model} has placed; links and rules of other models
   *     are left out
   */
  static @Nullable String read(String line, Ledger ledger, String model, Set<String> placed) {
    Fields fields = Fields.of(line);
    if (fields == null) {
      return "checksum or syntax";
    }
    try {
      switch (fields.text("fact")) {
        case "group" -> {
          ledger.text(fields.text("id"), fields.text("text"));
          if (fields.text("model").equals(model)) {
            placed.add(fields.text("id"));
          }
        }
        case "link" -> {
          if (fields.text("model").equals(model)) {
            double score = Double.parseDouble(fields.text("score"));
            ledger.link(new Link(fields.text("a"), fields.text("b"), score));
          }
        }
        case "rule" -> {
          if (fields.text("model").equals(model)) {
            ledger.rule(rule(fields));
          }
        }
        case "alias" -> ledger.alias(fields.text("from"), fields.text("to"));
        case "correction" -> ledger.correction(correction(fields));
        default -> {
          return "unknown fact '" + fields.text("fact") + "'; written by a newer version?";
        }
      }
      return null;
    } catch (IllegalArgumentException | DateTimeException e) {
      return e.getMessage();
    }
  }

  private static Ledger.Rule rule(Fields fields) {
    return new Ledger.Rule(
        Double.parseDouble(fields.text("score")),
        Integer.parseInt(fields.text("minPoints")),
        Instant.parse(fields.text("since")),
        fields.text("who"),
        fields.text("why"));
  }

  private static Correction correction(Fields fields) {
    return new Correction(
        fields.text("id"),
        Correction.Kind.valueOf(fields.text("kind")),
        fields.list("left"),
        fields.list("right"),
        fields.text("undoes"),
        fields.text("who"),
        Instant.parse(fields.text("when")),
        fields.text("why"));
  }

  /** Writes the fields of one object. */
  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  private static String line(Body body) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      body.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return crc(text.toString()) + ' ' + text + '\n';
  }

  private static String crc(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }

  /** The fields of one line: texts, and lists of texts. */
  private record Fields(Map<String, List<String>> values) {
    static @Nullable Fields of(String line) {
      int space = line.indexOf(' ');
      if (space != CRC_DIGITS || !line.substring(0, space).equals(crc(line.substring(space + 1)))) {
        return null;
      }
      Map<String, List<String>> values = new HashMap<>();
      try (JsonParser json = JSON.createParser(line.substring(space + 1))) {
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          List<String> texts = new ArrayList<>();
          if (json.nextToken() == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
              texts.add(json.getText());
            }
          } else {
            texts.add(json.getText());
          }
          values.put(name, texts);
        }
        return new Fields(values);
      } catch (IOException e) {
        return null;
      }
    }

    String text(String name) {
      List<String> texts = list(name);
      return texts.isEmpty() ? "" : texts.get(0);
    }

    List<String> list(String name) {
      return values.getOrDefault(name, List.of());
    }
  }
}

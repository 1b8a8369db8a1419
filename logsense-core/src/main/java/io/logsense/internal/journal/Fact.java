package io.logsense.internal.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.logsense.api.purge.Subject;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * One line of a {@link Journal}: named texts, and named lists of texts. As a line it is a CRC-32 in
 * hex, a space, a JSON object, a line feed.
 */
public final class Fact {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int CRC_DIGITS = 8;
  private static final String KIND = "fact";

  /** A text is a list of one that is written without brackets. */
  private record Field(List<String> texts, boolean list) {}

  private final Map<String, Field> fields = new LinkedHashMap<>();

  Fact() {}

  /** A fact of that kind, without anything else yet. */
  public static Fact of(String kind) {
    return new Fact().with(KIND, kind);
  }

  /** Adds a text. */
  public Fact with(String name, String text) {
    fields.put(name, new Field(List.of(text), false));
    return this;
  }

  /** Adds a list of texts. */
  public Fact with(String name, List<String> texts) {
    fields.put(name, new Field(List.copyOf(texts), true));
    return this;
  }

  /** This fact with texts of these names that do not mention a subject; itself when none does. */
  public Fact redacted(Subject subject, String... names) {
    Fact other = new Fact();
    other.fields.putAll(fields);
    for (String name : names) {
      Field field = fields.get(name);
      if (field != null) {
        List<String> texts = field.texts.stream().map(subject::redact).toList();
        other.fields.put(name, new Field(texts, field.list));
      }
    }
    return other.fields.equals(fields) ? this : other;
  }

  /** What it is about; empty for a header. */
  public String kind() {
    return text(KIND);
  }

  /** The text of that name, or the first of the list; empty without one. */
  public String text(String name) {
    List<String> texts = list(name);
    return texts.isEmpty() ? "" : texts.get(0);
  }

  /** The texts of that name; empty without any. */
  public List<String> list(String name) {
    Field field = fields.get(name);
    return field == null ? List.of() : field.texts;
  }

  String line() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      for (Map.Entry<String, Field> entry : fields.entrySet()) {
        json.writeFieldName(entry.getKey());
        write(json, entry.getValue());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return crc(text.toString()) + ' ' + text + '\n';
  }

  private static void write(JsonGenerator json, Field field) throws IOException {
    if (!field.list) {
      json.writeString(field.texts.get(0));
      return;
    }
    json.writeStartArray();
    for (String text : field.texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  /** The fact of a line without its line feed; null when checksum or syntax are wrong. */
  static @Nullable Fact parse(String line) {
    int space = line.indexOf(' ');
    if (space != CRC_DIGITS || !line.substring(0, space).equals(crc(line.substring(space + 1)))) {
      return null;
    }
    Fact fact = new Fact();
    try (JsonParser json = JSON.createParser(line.substring(space + 1))) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (json.nextToken() == JsonToken.START_ARRAY) {
          List<String> texts = new ArrayList<>();
          while (json.nextToken() != JsonToken.END_ARRAY) {
            texts.add(json.getText());
          }
          fact.with(name, texts);
        } else {
          fact.with(name, json.getText());
        }
      }
      return fact;
    } catch (IOException e) {
      return null;
    }
  }

  private static String crc(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }
}

package io.logsense.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** JSON to and from bytes. */
final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /** Writes the fields of an object. */
  interface Fields {
    void to(JsonGenerator json) throws IOException;
  }

  /** Takes the value at which the parser stands, to its end, if it knows the field. */
  interface Visitor {
    void field(String name, JsonParser json) throws IOException;
  }

  static JsonParser parser(byte[] text) throws IOException {
    return FACTORY.createParser(text);
  }

  static byte[] object(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      fields.to(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Visits the fields of the object that {@code text} is. */
  static void read(byte[] text, Visitor visitor) throws IOException {
    try (JsonParser json = parser(text)) {
      json.nextToken();
      fields(json, visitor);
    }
  }

  /** Visits the fields of the object at which the parser stands; skips anything else. */
  static void fields(JsonParser json, Visitor visitor) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      visitor.field(name, json);
      if (json.currentToken().isStructStart()) {
        json.skipChildren();
      }
    }
  }

  /** The bytes of the object or array at which the parser of {@code text} stands. */
  static byte[] slice(byte[] text, JsonParser json) throws IOException {
    int start = (int) json.currentTokenLocation().getByteOffset();
    json.skipChildren();
    return Arrays.copyOfRange(text, start, (int) json.currentLocation().getByteOffset());
  }
}

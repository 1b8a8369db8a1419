package io.logsense.analysis;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.purge.Subject;
import io.logsense.api.store.DocumentStore;
import io.logsense.api.store.DocumentStore.Document;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;

/**
 * What is done alike with all documents. Records are objects whose members are called like their
 * components; members that a record does not know are left out, and all that it knows must be
 * there.
 */
final class Documents {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          // A question such as isInconclusive is no component.
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addDeserializer(Instant.class, new InstantReader()))
          .build();

  private Documents() {}

  private static final class InstantReader extends StdDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    InstantReader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      try {
        return Instant.parse(parser.getText());
      } catch (DateTimeParseException e) {
        throw JsonMappingException.from(parser, "no time", e);
      }
    }
  }

  /** A record, or a tree of JSON, as a document. */
  static Document of(String kind, String id, Object value) {
    try {
      return new Document(kind, id, JSON.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new LogSenseException(Category.DEFECT, "a " + kind + " is no JSON", e);
    }
  }

  /**
   * The record that a document was made of.
   *
   * @throws LogSenseException (external) when it cannot be read
   */
  static <T> T read(Document document, Class<T> record) {
    try {
      return JSON.readValue(document.json(), record);
    } catch (JsonProcessingException e) {
      throw new LogSenseException(
          Category.EXTERNAL, document.kind() + " " + document.id() + " cannot be read", e);
    }
  }

  /** A short id for what may be named by longer texts. */
  static String id(String... names) {
    byte[] key = String.join("\n", names).getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(key).toString();
  }

  /** Documents of a kind whose id or content mentions a subject. */
  static List<Document> naming(DocumentStore store, String kind, Subject subject) {
    return store.list(kind).stream()
        .filter(document -> subject.isIn(document.id()) || subject.isIn(document.json()))
        .toList();
  }

  /** Removes them; returns how many. */
  static long purge(DocumentStore store, String kind, Subject subject) {
    long removed = 0;
    for (Document document : naming(store, kind, subject)) {
      removed += store.remove(kind, document.id()) ? 1 : 0;
    }
    return removed;
  }
}

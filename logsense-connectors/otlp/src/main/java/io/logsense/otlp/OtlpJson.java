package io.logsense.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Makes a line of JSON of each log record in a request: the JSON encoding of OTLP, with the
 * record's resource and scope around it, and nothing else.
 */
final class OtlpJson {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

  private OtlpJson() {}

  private interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  /** The records of a request in protocol buffers. */
  static List<byte[]> records(ExportLogsServiceRequest request) throws IOException {
    List<byte[]> records = new ArrayList<>();
    for (ResourceLogs resource : request.getResourceLogsList()) {
      Content attributes =
          json -> {
            json.writeStartObject();
            attributes(json, resource.getResource().getAttributesList());
            json.writeEndObject();
          };
      for (ScopeLogs scope : resource.getScopeLogsList()) {
        Content name =
            json -> {
              json.writeStartObject();
              json.writeStringField("name", scope.getScope().getName());
              json.writeEndObject();
            };
        for (LogRecord record : scope.getLogRecordsList()) {
          records.add(line(attributes, name, json -> record(json, record)));
        }
      }
    }
    return records;
  }

  /**
   * The records of a request in JSON.
   *
   * @throws IOException when that is no JSON
   */
  static List<byte[]> records(byte[] request) throws IOException {
    List<byte[]> records = new ArrayList<>();
    JsonNode root = MAPPER.readTree(request);
    if (!root.isObject()) {
      throw new IOException("the request is no JSON object");
    }
    for (JsonNode resource : root.path("resourceLogs")) {
      for (JsonNode scope : resource.path("scopeLogs")) {
        for (JsonNode record : scope.path("logRecords")) {
          records.add(
              line(
                  json -> MAPPER.writeTree(json, orEmpty(resource.path("resource"))),
                  json -> MAPPER.writeTree(json, orEmpty(scope.path("scope"))),
                  json -> MAPPER.writeTree(json, record)));
        }
      }
    }
    return records;
  }

  private static JsonNode orEmpty(JsonNode node) {
    return node.isObject() ? node : MAPPER.createObjectNode();
  }

  private static byte[] line(Content resource, Content scope, Content record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeArrayFieldStart("resourceLogs");
      json.writeStartObject();
      json.writeFieldName("resource");
      resource.write(json);
      json.writeArrayFieldStart("scopeLogs");
      json.writeStartObject();
      json.writeFieldName("scope");
      scope.write(json);
      json.writeArrayFieldStart("logRecords");
      record.write(json);
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void record(JsonGenerator json, LogRecord record) throws IOException {
    json.writeStartObject();
    long time =
        record.getTimeUnixNano() == 0 ? record.getObservedTimeUnixNano() : record.getTimeUnixNano();
    if (time != 0) {
      json.writeStringField("timeUnixNano", Long.toUnsignedString(time));
    }
    if (record.getSeverityNumberValue() != 0) {
      json.writeNumberField("severityNumber", record.getSeverityNumberValue());
    }
    if (!record.getSeverityText().isEmpty()) {
      json.writeStringField("severityText", record.getSeverityText());
    }
    if (record.hasBody()) {
      json.writeFieldName("body");
      value(json, record.getBody());
    }
    attributes(json, record.getAttributesList());
    if (!record.getEventName().isEmpty()) {
      json.writeStringField("eventName", record.getEventName());
    }
    id(json, "traceId", record.getTraceId());
    id(json, "spanId", record.getSpanId());
    json.writeEndObject();
  }

  private static void id(JsonGenerator json, String name, ByteString id) throws IOException {
    if (!id.isEmpty()) {
      json.writeStringField(name, HexFormat.of().formatHex(id.toByteArray()));
    }
  }

  private static void attributes(JsonGenerator json, List<KeyValue> attributes) throws IOException {
    json.writeFieldName("attributes");
    keyValues(json, attributes);
  }

  private static void keyValues(JsonGenerator json, List<KeyValue> pairs) throws IOException {
    json.writeStartArray();
    for (KeyValue pair : pairs) {
      json.writeStartObject();
      json.writeStringField("key", pair.getKey());
      json.writeFieldName("value");
      value(json, pair.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void value(JsonGenerator json, AnyValue value) throws IOException {
    json.writeStartObject();
    switch (value.getValueCase()) {
      case STRING_VALUE -> json.writeStringField("stringValue", value.getStringValue());
      case BOOL_VALUE -> json.writeBooleanField("boolValue", value.getBoolValue());
      case INT_VALUE -> json.writeStringField("intValue", Long.toString(value.getIntValue()));
      case DOUBLE_VALUE -> json.writeNumberField("doubleValue", value.getDoubleValue());
      case BYTES_VALUE ->
          json.writeStringField(
              "bytesValue",
              Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray()));
      case ARRAY_VALUE -> {
        json.writeObjectFieldStart("arrayValue");
        json.writeArrayFieldStart("values");
        for (AnyValue element : value.getArrayValue().getValuesList()) {
          value(json, element);
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      case KVLIST_VALUE -> {
        json.writeObjectFieldStart("kvlistValue");
        json.writeFieldName("values");
        keyValues(json, value.getKvlistValue().getValuesList());
        json.writeEndObject();
      }
      default -> {
        // Not set, or of a later version of the protocol.
      }
    }
    json.writeEndObject();
  }
}

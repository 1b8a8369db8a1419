package io.logsense.gcp;

import com.google.cloud.audit.AuditLog;
import com.google.logging.v2.LogEntry;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Log entries as one line of JSON each, in the form that Google defines for its messages. */
final class EntryJson {
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer()
          .omittingInsignificantWhitespace()
          .usingTypeRegistry(TypeRegistry.newBuilder().add(AuditLog.getDescriptor()).build());

  private EntryJson() {}

  /** The line of an entry; of a payload whose type is not known, its name alone. */
  static byte[] of(LogEntry entry) throws IOException {
    String json;
    try {
      json = PRINTER.print(entry);
    } catch (InvalidProtocolBufferException e) {
      json = PRINTER.print(withTypeOnly(entry));
    }
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static LogEntry withTypeOnly(LogEntry entry) {
    Value type = Value.newBuilder().setStringValue(entry.getProtoPayload().getTypeUrl()).build();
    return entry.toBuilder().setJsonPayload(Struct.newBuilder().putFields("@type", type)).build();
  }
}

package io.logsense.qdrant;

import static io.qdrant.client.ConditionFactory.matchKeywords;
import static io.qdrant.client.ValueFactory.value;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.purge.Subject;
import io.logsense.api.vector.VectorEntry;
import io.logsense.api.vector.VectorFilter;
import io.logsense.api.vector.VectorMatch;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScoredPoint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Entries as points of Qdrant.
 *
 * <p>A point's id is a number or a UUID: here, a UUID of the first 122 bits of the SHA-256 of the
 * entry's id, which itself is the payload's {@value #ID}. The metadata is the payload's {@value
 * #LABELS}, a list of {@code key=value} with a backslash before each {@code =} and backslash of the
 * key: one index finds every key, and keys need not be paths, of which quotes and backslashes
 * cannot be parts. Half a surrogate pair, which UTF-8 does not have, becomes U+FFFD.
 */
final class QdrantPoints {
  static final String LABELS = "labels";
  private static final String ID = "id";

  private QdrantPoints() {}

  static PointStruct point(VectorEntry entry) {
    return PointStruct.newBuilder()
        .setId(id(entry.id()))
        .setVectors(VectorsFactory.vectors(entry.vector()))
        .putPayload(ID, value(unicode(entry.id())))
        .putPayload(
            LABELS,
            value(
                new TreeMap<>(entry.metadata())
                    .entrySet().stream()
                        .map(field -> value(label(field.getKey(), field.getValue())))
                        .toList()))
        .build();
  }

  static PointId id(String id) {
    try {
      ByteBuffer digest =
          ByteBuffer.wrap(
              MessageDigest.getInstance("SHA-256")
                  .digest(unicode(id).getBytes(StandardCharsets.UTF_8)));
      // Version 8 and the variant of RFC 9562: bits of one's own making.
      long high = (digest.getLong() & ~0xF000L) | 0x8000L;
      long low = (digest.getLong() & ~(3L << 62)) | (1L << 63);
      return PointIdFactory.id(new UUID(high, low));
    } catch (NoSuchAlgorithmException e) {
      throw new LogSenseException(Category.EXTERNAL, "this JVM has no SHA-256", e);
    }
  }

  static Filter filter(VectorFilter filter) {
    Filter.Builder all = Filter.newBuilder();
    filter
        .anyOf()
        .forEach(
            (key, values) ->
                all.addMust(
                    matchKeywords(
                        LABELS, values.stream().map(value -> label(key, value)).toList())));
    return all.build();
  }

  static VectorMatch match(ScoredPoint point) {
    return new VectorMatch(
        entryId(point.getId(), point.getPayloadMap()),
        Math.min(1, Math.max(0, point.getScore())),
        metadata(point.getId(), point.getPayloadMap()));
  }

  static boolean isNaming(Subject subject, RetrievedPoint point) {
    return subject.isIn(entryId(point.getId(), point.getPayloadMap()))
        || subject.isIn(metadata(point.getId(), point.getPayloadMap()));
  }

  private static String entryId(PointId point, Map<String, Value> payload) {
    Value id = payload.get(ID);
    if (id == null) {
      throw foreign(point);
    }
    return id.getStringValue();
  }

  private static Map<String, String> metadata(PointId point, Map<String, Value> payload) {
    Map<String, String> metadata = new HashMap<>();
    Value labels = payload.getOrDefault(LABELS, Value.getDefaultInstance());
    for (Value label : labels.getListValue().getValuesList()) {
      String text = label.getStringValue();
      int end = endOfKey(text);
      if (end < 0) {
        throw foreign(point);
      }
      metadata.put(unescape(text.substring(0, end)), text.substring(end + 1));
    }
    return metadata;
  }

  private static String label(String key, String value) {
    return unicode(key.replace("\\", "\\\\").replace("=", "\\=") + '=' + value);
  }

  /** Where the first {@code =} is that no backslash escapes; -1 where there is none. */
  private static int endOfKey(String label) {
    for (int i = 0; i < label.length(); i++) {
      if (label.charAt(i) == '=') {
        return i;
      }
      i += label.charAt(i) == '\\' ? 1 : 0;
    }
    return -1;
  }

  private static String unescape(String key) {
    return key.replace("\\=", "=").replace("\\\\", "\\");
  }

  private static String unicode(String text) {
    if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
      return text;
    }
    StringBuilder whole = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .forEach(whole::appendCodePoint);
    return whole.toString();
  }

  private static LogSenseException foreign(PointId id) {
    return new LogSenseException(
        Category.EXTERNAL,
        "point %s of the collection is not of this store's making; remove it"
            .formatted(id.hasUuid() ? id.getUuid() : id.getNum()));
  }
}

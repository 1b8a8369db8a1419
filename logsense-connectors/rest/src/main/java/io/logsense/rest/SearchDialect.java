package io.logsense.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Where two search engines that were one differ. */
enum SearchDialect {
  /** From 2.4 on. */
  OPENSEARCH("opensearch", "/_search/point_in_time", "pit_id") {
    @Override
    void tiebreaker(JsonGenerator json) throws IOException {
      // Alike for as many records of one time as there are shards; _id would load every id.
      json.writeStartObject();
      json.writeStringField("_seq_no", "asc");
      json.writeEndObject();
    }

    @Override
    byte[] closing(String pit) {
      return Json.object(
          json -> {
            json.writeArrayFieldStart("pit_id");
            json.writeString(pit);
            json.writeEndArray();
          });
    }
  },
  /** From 7.12 on. */
  ELASTICSEARCH("elasticsearch", "/_pit", "id") {
    @Override
    void tiebreaker(JsonGenerator json) {
      // _shard_doc comes by itself.
    }

    @Override
    byte[] closing(String pit) {
      return Json.object(json -> json.writeStringField("id", pit));
    }
  };

  private final String scheme;
  private final String pitPath;
  private final String pitField;

  SearchDialect(String scheme, String pitPath, String pitField) {
    this.scheme = scheme;
    this.pitPath = pitPath;
    this.pitField = pitField;
  }

  /** Of its URIs. */
  String scheme() {
    return scheme;
  }

  /** The path of points in time, behind an index or, to close one, without. */
  String pitPath() {
    return pitPath;
  }

  /** The field that names a new point in time. */
  String pitField() {
    return pitField;
  }

  /** Writes what puts records of one time in an order, if it has to be written. */
  abstract void tiebreaker(JsonGenerator json) throws IOException;

  /** What to send to close a point in time. */
  abstract byte[] closing(String pit);
}

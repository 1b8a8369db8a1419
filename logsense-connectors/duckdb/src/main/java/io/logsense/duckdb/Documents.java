package io.logsense.duckdb;

import io.logsense.api.store.DocumentStore.Document;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The documents of a store. */
final class Documents {
  private final Database database;

  Documents(Database database) {
    this.database = database;
  }

  void put(Collection<Document> documents) {
    // One change for each, since DuckDB refuses a second to the same row in one transaction.
    Map<List<String>, Document> last = new LinkedHashMap<>();
    documents.forEach(document -> last.put(List.of(document.kind(), document.id()), document));
    if (last.isEmpty()) {
      return;
    }
    database.write(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "INSERT INTO documents VALUES (?, ?, ?)"
                      + " ON CONFLICT DO UPDATE SET json = excluded.json")) {
            for (Document document : last.values()) {
              statement.setString(1, document.kind());
              statement.setString(2, document.id());
              statement.setString(3, document.json());
              statement.executeUpdate();
            }
            return last.size();
          }
        });
  }

  Optional<Document> get(String kind, String id) {
    return select(kind, "AND id = ?", id).stream().findFirst();
  }

  List<Document> list(String kind) {
    return select(kind, "ORDER BY id");
  }

  private List<Document> select(String kind, String rest, String... values) {
    return database.read(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT id, json FROM documents WHERE kind = ? " + rest)) {
            statement.setString(1, kind);
            for (int i = 0; i < values.length; i++) {
              statement.setString(i + 2, values[i]);
            }
            List<Document> documents = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                documents.add(new Document(kind, rows.getString(1), rows.getString(2)));
              }
            }
            return documents;
          }
        });
  }

  boolean remove(String kind, String id) {
    return database.write(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement("DELETE FROM documents WHERE kind = ? AND id = ?")) {
            statement.setString(1, kind);
            statement.setString(2, id);
            return statement.executeUpdate() > 0;
          }
        });
  }
}

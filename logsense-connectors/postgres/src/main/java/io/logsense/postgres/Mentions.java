package io.logsense.postgres;

import io.logsense.api.purge.Subject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Map;
import java.util.TreeMap;

/** Rows of some tables that mention a subject. */
final class Mentions {
  private final Database database;
  private final Map<String, String> texts;

  /**
   * Rows of some tables.
   *
   * @param texts by name of the table the columns whose texts may mention somebody
   */
  Mentions(Database database, Map<String, String> texts) {
    this.database = database;
    this.texts = new TreeMap<>(texts);
  }

  long count(Subject subject) {
    return database.run(
        connection -> {
          long count = 0;
          for (String table : texts.keySet()) {
            try (PreparedStatement statement =
                connection.prepareStatement("SELECT count(*)" + rows(table))) {
              statement.setString(1, subject.expression());
              try (ResultSet row = statement.executeQuery()) {
                row.next();
                count += row.getLong(1);
              }
            }
          }
          return count;
        });
  }

  /** Deletes them, in all tables or in none, and then what the tables keep of deleted rows. */
  long purge(Subject subject) {
    long purged =
        database.run(
            connection -> {
              long count = 0;
              for (String table : texts.keySet()) {
                try (PreparedStatement statement =
                    connection.prepareStatement("DELETE" + rows(table))) {
                  statement.setString(1, subject.expression());
                  count += statement.executeLargeUpdate();
                }
              }
              return count;
            });
    texts.keySet().forEach(database::compact); // also without any: the last purge may have failed
    return purged;
  }

  private String rows(String table) {
    return " FROM " + table + " WHERE concat_ws(E'\\n', " + texts.get(table) + ") ~ ?";
  }
}

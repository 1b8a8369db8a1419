package io.logsense.analysis;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A CSV file (RFC 4180, UTF-8) with a header, whose columns may come in any order among others. A
 * row that is blank is none. Linear in the text, of which there are at most {@value #MOST_BYTES}
 * bytes.
 */
final class CsvTable {
  private static final int MOST_BYTES = 16 << 20;

  private final String name;
  private final List<List<String>> rows = new ArrayList<>();

  private CsvTable(String name) {
    this.name = name;
  }

  /**
   * Reads the rows of a file.
   *
   * @param columns that the header must name
   * @throws LogSenseException (usage) naming the row that cannot be read; (external) when the file
   *     cannot; (limit) when it is too large
   */
  static List<Row> read(Path file, List<String> columns) {
    String text;
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new LogSenseException(
            Category.LIMIT,
            file + " is larger than " + MOST_BYTES + " bytes: is it the right one?");
      }
      text = Files.readString(file);
    } catch (IOException e) {
      throw new LogSenseException(Category.EXTERNAL, "cannot read " + file + ": " + e, e);
    }
    CsvTable table = new CsvTable(file.toString());
    table.split(text.startsWith("\uFEFF") ? text.substring(1) : text);
    return table.named(columns);
  }

  /** One row; counted from 1, which is the header. */
  record Row(String table, int number, Map<String, String> fields) {
    /** The field of a column that was asked for. */
    String get(String column) {
      return fields.getOrDefault(column, "");
    }

    /** What to throw when the row is wrong. */
    LogSenseException refused(String problem) {
      return CsvTable.refused(table, number, problem);
    }
  }

  private static LogSenseException refused(String name, int row, String problem) {
    return new LogSenseException(Category.USAGE, name + ", row " + row + ": " + problem);
  }

  private List<Row> named(List<String> columns) {
    if (rows.isEmpty()) {
      throw refused(name, 1, "the header is missing: " + String.join(",", columns));
    }
    List<String> header = rows.get(0);
    for (String column : columns) {
      if (!header.contains(column)) {
        throw refused(name, 1, "there is no column " + column);
      }
    }
    List<Row> named = new ArrayList<>();
    for (int i = 1; i < rows.size(); i++) {
      List<String> row = rows.get(i);
      if (row.size() != header.size()) {
        throw refused(name, i + 1, row.size() + " fields; the header has " + header.size());
      }
      Map<String, String> fields = new LinkedHashMap<>();
      for (String column : columns) {
        fields.put(column, row.get(header.indexOf(column)));
      }
      named.add(new Row(name, i + 1, fields));
    }
    return named;
  }

  private void split(String text) {
    List<String> row = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        boolean doubled = c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
        if (c != '"' || doubled) {
          field.append(c);
          i += doubled ? 1 : 0;
        } else {
          quoted = false;
        }
      } else if (c == '"' && field.isEmpty()) {
        quoted = true;
      } else if (c == ',') {
        row.add(field.toString().strip());
        field.setLength(0);
      } else if (c == '\n') {
        end(row, field);
        row = new ArrayList<>();
      } else if (c != '\r') {
        field.append(c);
      }
    }
    if (quoted) {
      throw refused(name, rows.size() + 1, "a quote is never closed");
    }
    end(row, field);
  }

  private void end(List<String> row, StringBuilder field) {
    row.add(field.toString().strip());
    field.setLength(0);
    if (row.size() > 1 || !row.get(0).isEmpty()) {
      rows.add(row);
    }
  }
}

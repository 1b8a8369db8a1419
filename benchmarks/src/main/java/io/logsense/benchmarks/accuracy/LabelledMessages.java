package io.logsense.benchmarks.accuracy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Labelled messages in the layout of Loghub: {@code loghub2k/SET/*_structured.csv} with the columns
 * {@code Content}, {@code EventId} and {@code EventTemplate}.
 */
public final class LabelledMessages {
  private LabelledMessages() {}

  /** The files below {@code folder}, in order; empty when there are none. */
  public static List<Path> files(Path folder) throws IOException {
    Path root = Files.isDirectory(folder.resolve("loghub2k")) ? folder.resolve("loghub2k") : folder;
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(f -> f.toString().endsWith("_structured.csv")).sorted().toList();
    }
  }

  /** The rows of {@code file} that have a {@code Content}, by column. */
  public static List<Map<String, String>> read(Path file) throws IOException {
    return rows(Files.readString(file, StandardCharsets.UTF_8));
  }

  /** Comma-separated values with a header line, quotes doubled inside quotes. */
  private static List<Map<String, String>> rows(String csv) {
    List<List<String>> records = new ArrayList<>();
    List<String> record = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < csv.length(); i++) {
      char c = csv.charAt(i);
      if (quoted) {
        if (c != '"') {
          field.append(c);
        } else if (i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
          field.append('"');
          i++;
        } else {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == ',' || c == '\n') {
        record.add(field.toString());
        field.setLength(0);
        if (c == '\n') {
          records.add(record);
          record = new ArrayList<>();
        }
      } else if (c != '\r') {
        field.append(c);
      }
    }
    if (field.length() > 0 || !record.isEmpty()) {
      record.add(field.toString());
      records.add(record);
    }
    List<Map<String, String>> rows = new ArrayList<>();
    List<String> header = records.get(0);
    for (List<String> values : records.subList(1, records.size())) {
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < Math.min(header.size(), values.size()); i++) {
        row.put(header.get(i), values.get(i));
      }
      if (row.containsKey("Content")) {
        rows.add(row);
      }
    }
    return rows;
  }
}

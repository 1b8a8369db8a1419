package io.logsense.analysis;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Who stands behind a service, and how much depends on it: a CSV file (RFC 4180, UTF-8) whose
 * header names {@code system_name}, {@code department}, {@code owner_email} and {@code
 * criticality}, in any order. Immutable.
 */
public final class ServiceCatalogue {
  private static final List<String> COLUMNS =
      List.of("system_name", "department", "owner_email", "criticality");
  private static final Map<String, Integer> WORDS =
      Map.of("critical", 5, "high", 4, "medium", 3, "low", 2, "none", 1, "", 0);
  private static final int MOST_BYTES = 16 << 20;

  private final Map<String, Entry> entries;

  private ServiceCatalogue(Map<String, Entry> entries) {
    this.entries = entries;
  }

  /**
   * A service.
   *
   * @param system its name, as events give it
   * @param department who runs it
   * @param owner e-mail address of who is asked
   * @param criticality how much depends on it, from 0, unknown, to 5
   */
  public record Entry(String system, String department, String owner, int criticality) {}

  /**
   * Reads a catalogue. Criticality is a number from 0 to 5, or one of critical, high, medium, low.
   *
   * @throws LogSenseException (usage) naming the line that cannot be read; (external) when the file
   *     cannot
   */
  public static ServiceCatalogue read(Path file) {
    String text;
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new LogSenseException(
            Category.LIMIT, file + " is larger than " + MOST_BYTES + " bytes: is it a catalogue?");
      }
      text = Files.readString(file);
    } catch (IOException | UncheckedIOException e) {
      throw new LogSenseException(Category.EXTERNAL, "cannot read " + file + ": " + e, e);
    }
    return parse(file.toString(), text);
  }

  private static ServiceCatalogue parse(String name, String text) {
    List<List<String>> rows = rows(name, text.startsWith("\uFEFF") ? text.substring(1) : text);
    if (rows.isEmpty()) {
      throw refused(name, 1, "the header is missing: " + String.join(",", COLUMNS));
    }
    int[] columns = columns(name, rows.get(0));
    Map<String, Entry> entries = new HashMap<>();
    for (int i = 1; i < rows.size(); i++) {
      List<String> row = rows.get(i);
      if (row.size() != rows.get(0).size()) {
        throw refused(name, i + 1, row.size() + " fields; the header has " + rows.get(0).size());
      }
      Entry entry =
          new Entry(
              row.get(columns[0]),
              row.get(columns[1]),
              row.get(columns[2]),
              criticality(name, i + 1, row.get(columns[3])));
      if (entries.put(entry.system(), entry) != null) {
        throw refused(name, i + 1, "'" + entry.system() + "' is there twice");
      }
    }
    return new ServiceCatalogue(entries);
  }

  private static int[] columns(String name, List<String> header) {
    int[] columns = new int[COLUMNS.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = header.indexOf(COLUMNS.get(i));
      if (columns[i] < 0) {
        throw refused(name, 1, "there is no column " + COLUMNS.get(i));
      }
    }
    return columns;
  }

  private static int criticality(String name, int row, String text) {
    Integer word = WORDS.get(text.toLowerCase(Locale.ROOT));
    if (word != null) {
      return word;
    }
    if (text.length() == 1 && text.charAt(0) >= '0' && text.charAt(0) <= '5') {
      return text.charAt(0) - '0';
    }
    throw refused(
        name, row, "criticality '" + text + "'; it must be 0 to 5, critical, high, medium or low");
  }

  private static List<List<String>> rows(String name, String text) {
    List<List<String>> rows = new ArrayList<>();
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
        end(rows, row, field);
        row = new ArrayList<>();
      } else if (c != '\r') {
        field.append(c);
      }
    }
    if (quoted) {
      throw refused(name, rows.size() + 1, "a quote is never closed");
    }
    end(rows, row, field);
    return rows;
  }

  /** Ends a row; one that is blank is none. */
  private static void end(List<List<String>> rows, List<String> row, StringBuilder field) {
    row.add(field.toString().strip());
    field.setLength(0);
    if (row.size() > 1 || !row.get(0).isEmpty()) {
      rows.add(row);
    }
  }

  private static LogSenseException refused(String name, int row, String problem) {
    return new LogSenseException(Category.USAGE, name + ", row " + row + ": " + problem);
  }

  /** The service of that name. */
  public Optional<Entry> find(String service) {
    return Optional.ofNullable(entries.get(service));
  }

  /** Number of services. */
  public int size() {
    return entries.size();
  }
}

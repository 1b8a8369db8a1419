package io.logsense.analysis;

import io.logsense.api.LogSenseException;
import java.nio.file.Path;
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
   * @throws LogSenseException (usage) naming the row that cannot be read; (external) when the file
   *     cannot
   */
  public static ServiceCatalogue read(Path file) {
    Map<String, Entry> entries = new HashMap<>();
    for (CsvTable.Row row : CsvTable.read(file, COLUMNS)) {
      String system = row.get("system_name");
      Entry entry =
          new Entry(system, row.get("department"), row.get("owner_email"), criticality(row));
      if (entries.put(system, entry) != null) {
        throw row.refused("'" + system + "' is there twice");
      }
    }
    return new ServiceCatalogue(entries);
  }

  private static int criticality(CsvTable.Row row) {
    String text = row.get("criticality");
    Integer word = WORDS.get(text.toLowerCase(Locale.ROOT));
    if (word != null) {
      return word;
    }
    if (text.length() == 1 && text.charAt(0) >= '0' && text.charAt(0) <= '5') {
      return text.charAt(0) - '0';
    }
    throw row.refused(
        "criticality '" + text + "'; it must be 0 to 5, critical, high, medium or low");
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

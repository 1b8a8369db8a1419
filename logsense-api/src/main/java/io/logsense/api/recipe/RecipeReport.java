package io.logsense.api.recipe;

import java.util.ArrayList;
import java.util.List;

/**
 * The answer of a recipe.
 *
 * @param summary the answer in one sentence, for people
 * @param sections the facts behind it; empty when there are none
 */
public record RecipeReport(String summary, List<Section> sections) {

  /** Copies the list. */
  public RecipeReport {
    sections = List.copyOf(sections);
  }

  /**
   * A table.
   *
   * @param title what it lists
   * @param columns names of the columns
   * @param rows one cell for each column; the last column holds what may be long
   */
  public record Section(String title, List<String> columns, List<List<String>> rows) {

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException when a row has more or fewer cells than there are columns
     */
    public Section {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
      for (List<String> row : rows) {
        if (row.size() != columns.size()) {
          throw new IllegalArgumentException(row + " is no row of " + columns);
        }
      }
    }
  }

  /** All of it as text: the summary, and each section with aligned columns. */
  public String text() {
    StringBuilder text = new StringBuilder(summary).append('\n');
    for (Section section : sections) {
      text.append('\n').append(section.title()).append('\n');
      List<List<String>> lines = new ArrayList<>();
      lines.add(section.columns());
      lines.addAll(section.rows());
      for (List<String> line : lines) {
        text.append(' ');
        for (int i = 0; i < line.size(); i++) {
          boolean last = i == line.size() - 1;
          text.append(' ').append(last ? line.get(i) : pad(line.get(i), width(lines, i)));
        }
        text.append('\n');
      }
    }
    return text.toString();
  }

  private static int width(List<List<String>> lines, int column) {
    return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
  }

  private static String pad(String cell, int width) {
    return cell + " ".repeat(width - cell.length() + 1);
  }
}

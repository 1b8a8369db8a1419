package io.logsense.notify;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.alert.Alert;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The words of an alert: a text with placeholders in braces.
 *
 * <p>{@code {summary}}, {@code {id}}, {@code {time}}, {@code {severity}} (the worst), {@code
 * {count}} (how many groups) and {@code {items}}: a line for each of the first groups. Braces of
 * one's own are doubled. Immutable.
 */
public final class AlertTemplate {
  private static final Set<String> NAMES =
      Set.of("summary", "id", "time", "severity", "count", "items");
  private static final int MOST_ITEMS = 20;

  /** What is told when nothing else is said. */
  public static final AlertTemplate STANDARD = of("{severity}: {summary}\n{items}\n({id})");

  /** Literal texts and names of placeholders in turn, beginning with a text. */
  private final List<String> parts;

  private AlertTemplate(List<String> parts) {
    this.parts = List.copyOf(parts);
  }

  /**
   * A template.
   *
   * @throws LogSenseException (usage) when a brace is never closed, or a placeholder is not known
   */
  public static AlertTemplate of(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean doubled = i + 1 < text.length() && text.charAt(i + 1) == c;
      if ((c == '{' || c == '}') && doubled) {
        literal.append(c);
        i++;
      } else if (c == '{') {
        int end = text.indexOf('}', i);
        String name = end < 0 ? text.substring(i) : text.substring(i + 1, end);
        if (end < 0 || !NAMES.contains(name)) {
          throw refused(text, "there is no {" + name + "}; there are " + names());
        }
        parts.add(literal.toString());
        parts.add(name);
        literal.setLength(0);
        i = end;
      } else if (c == '}') {
        throw refused(text, "a brace is closed that was not opened; double it to have one");
      } else {
        literal.append(c);
      }
    }
    parts.add(literal.toString());
    return new AlertTemplate(parts);
  }

  private static String names() {
    return NAMES.stream().sorted().map(name -> "{" + name + "}").collect(Collectors.joining(", "));
  }

  private static LogSenseException refused(String text, String problem) {
    return new LogSenseException(Category.USAGE, "template '" + text + "': " + problem);
  }

  /** The words for an alert. */
  public String words(Alert alert) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      out.append(i % 2 == 0 ? parts.get(i) : value(parts.get(i), alert));
    }
    return out.toString().strip();
  }

  private static String value(String name, Alert alert) {
    return switch (name) {
      case "summary" -> alert.summary();
      case "id" -> alert.id();
      case "time" -> alert.time().toString();
      case "severity" -> Payloads.worst(alert).name().toLowerCase(Locale.ROOT);
      case "count" -> Integer.toString(alert.items().size());
      default -> items(alert);
    };
  }

  private static String items(Alert alert) {
    if (!alert.isStorm()) {
      return "group " + alert.items().get(0).group();
    }
    StringBuilder out = new StringBuilder();
    for (Alert.Item item : alert.items().subList(0, Math.min(MOST_ITEMS, alert.items().size()))) {
      out.append("- ").append(item.summary()).append(" [").append(item.group()).append("]\n");
    }
    int more = alert.items().size() - MOST_ITEMS;
    return more > 0 ? out + "and " + more + " more" : out.toString().stripTrailing();
  }
}

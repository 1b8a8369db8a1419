package io.logsense.notify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.alert.Alert;
import io.logsense.api.event.LogEvent;
import io.logsense.api.finding.FindingSeverity;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;

/** What the receivers want to read, within the sizes that they take. */
final class Payloads {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MOST_SLACK = 3_500;
  private static final int MOST_TEAMS = 20_000;
  private static final int MOST_PAGER_SUMMARY = 1_024;
  private static final int MOST_PAGER_DETAILS = 100_000;
  private static final int MOST_JIRA_SUMMARY = 255;
  private static final int MOST_JIRA_DESCRIPTION = 30_000;
  private static final int MOST_ITEMS = 1_000;

  private Payloads() {}

  /** Writes one object. */
  @FunctionalInterface
  private interface Body {
    void write(JsonGenerator out) throws IOException;
  }

  private static String json(Body body) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartObject();
      body.write(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new LogSenseException(Category.DEFECT, "an alert is no JSON", e);
    }
    return text.toString();
  }

  static FindingSeverity worst(Alert alert) {
    return alert.items().stream()
        .map(Alert.Item::severity)
        .max(Comparator.naturalOrder())
        .orElse(FindingSeverity.LOW);
  }

  static String webhook(Alert alert, String words) {
    return json(
        out -> {
          out.writeStringField("id", alert.id());
          out.writeStringField("time", alert.time().toString());
          out.writeStringField("severity", worst(alert).name());
          out.writeStringField("summary", text(alert.summary()));
          out.writeStringField("text", text(words));
          out.writeNumberField("groups", alert.items().size());
          out.writeArrayFieldStart("items");
          int most = Math.min(MOST_ITEMS, alert.items().size());
          for (Alert.Item item : alert.items().subList(0, most)) {
            out.writeStartObject();
            out.writeStringField("group", item.group());
            out.writeStringField("kind", item.kind().name());
            out.writeStringField("severity", item.severity().name());
            if (item.time() != LogEvent.NO_TIMESTAMP) {
              out.writeStringField("time", time(item.time()));
            }
            out.writeStringField("summary", text(item.summary()));
            out.writeEndObject();
          }
          out.writeEndArray();
        });
  }

  private static String time(long nanos) {
    long second = TimeUnit.SECONDS.toNanos(1);
    return Instant.ofEpochSecond(Math.floorDiv(nanos, second), Math.floorMod(nanos, second))
        .toString();
  }

  /** Slack reads three characters as markup, and must be told to leave the others alone. */
  static String slack(Alert alert, String words) {
    String plain = cut(words, MOST_SLACK, alert);
    String escaped = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return json(
        out -> {
          out.writeStringField("text", escaped);
          out.writeBooleanField("mrkdwn", false);
        });
  }

  /** An adaptive card, as the workflows of Teams take it. */
  static String teams(Alert alert, String words) {
    return json(
        out -> {
          out.writeStringField("type", "message");
          out.writeArrayFieldStart("attachments");
          out.writeStartObject();
          out.writeStringField("contentType", "application/vnd.microsoft.card.adaptive");
          out.writeObjectFieldStart("content");
          out.writeStringField("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
          out.writeStringField("type", "AdaptiveCard");
          out.writeStringField("version", "1.4");
          out.writeArrayFieldStart("body");
          out.writeStartObject();
          out.writeStringField("type", "RichTextBlock"); // the text of which is no markdown
          out.writeArrayFieldStart("inlines");
          out.writeStartObject();
          out.writeStringField("type", "TextRun");
          out.writeStringField("text", cut(words, MOST_TEAMS, alert));
          out.writeEndObject();
          out.writeEndArray();
          out.writeEndObject();
          out.writeEndArray();
          out.writeEndObject();
          out.writeEndObject();
          out.writeEndArray();
        });
  }

  static String pagerDuty(Alert alert, String words, String routingKey) {
    return json(
        out -> {
          out.writeStringField("routing_key", routingKey);
          out.writeStringField("event_action", "trigger");
          out.writeStringField("dedup_key", alert.id());
          out.writeObjectFieldStart("payload");
          out.writeStringField("summary", line(alert.summary(), MOST_PAGER_SUMMARY, alert));
          out.writeStringField("source", "logsense");
          out.writeStringField("timestamp", alert.time().toString());
          out.writeStringField(
              "severity",
              switch (worst(alert)) {
                case CRITICAL -> "critical";
                case HIGH -> "error";
                case MEDIUM -> "warning";
                case LOW -> "info";
              });
          out.writeObjectFieldStart("custom_details");
          out.writeStringField("text", cut(words, MOST_PAGER_DETAILS, alert));
          out.writeEndObject();
          out.writeEndObject();
        });
  }

  static String jira(Alert alert, String words, String project, String issueType) {
    return json(
        out -> {
          out.writeObjectFieldStart("fields");
          out.writeObjectFieldStart("project");
          out.writeStringField("key", project);
          out.writeEndObject();
          out.writeObjectFieldStart("issuetype");
          out.writeStringField("name", issueType);
          out.writeEndObject();
          out.writeStringField("summary", line(alert.summary(), MOST_JIRA_SUMMARY, alert));
          // Within noformat its markup means nothing, and the end of it must not be in the text.
          String plain = cut(words, MOST_JIRA_DESCRIPTION, alert).replace("{noformat}", "noformat");
          out.writeStringField("description", "{noformat}\n" + plain + "\n{noformat}");
          out.writeArrayFieldStart("labels");
          out.writeString("logsense");
          out.writeString(label(alert));
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  /** A label by which an issue is found again. */
  static String label(Alert alert) {
    StringBuilder label = new StringBuilder("logsense-");
    alert.id().chars().forEach(c -> label.append(Character.isLetterOrDigit(c) ? (char) c : '-'));
    return label.toString();
  }

  /** One line of at most so many characters, which is not empty. */
  private static String line(String text, int most, Alert alert) {
    StringBuilder out = new StringBuilder();
    text(text).chars().forEach(c -> out.append(Character.isISOControl(c) ? ' ' : (char) c));
    String line = out.toString().strip();
    return line.isEmpty() ? alert.id() : cut(line, most, "…");
  }

  private static String cut(String text, int most, Alert alert) {
    return cut(text(text), most, "… (" + alert.id() + ")");
  }

  private static String cut(String text, int most, String mark) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - mark.length();
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
        + mark;
  }

  /** Half a surrogate pair has no bytes in UTF-8. */
  private static String text(String text) {
    StringBuilder whole = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean paired =
          Character.isHighSurrogate(c)
              ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
              : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
      if (Character.isSurrogate(c) && !paired) {
        whole = whole == null ? new StringBuilder(text) : whole;
        whole.setCharAt(i, '\uFFFD');
      }
    }
    return whole == null ? text : whole.toString();
  }
}

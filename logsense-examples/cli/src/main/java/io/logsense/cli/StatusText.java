package io.logsense.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.logsense.api.triage.GroupStatus;
import io.logsense.api.triage.StatusChange;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Changes of status as lines for people and as JSON for programs. */
final class StatusText {
  private static final int ID = 20;

  private final PrintWriter out;
  private final Paint paint;

  StatusText(Console console) {
    out = console.out();
    paint = new Paint(console.colour());
  }

  /** Such as {@code regressed}. */
  static String name(GroupStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  void line(StatusChange change) {
    String id = change.group();
    out.println(
        change.id()
            + "  "
            + change.when().truncatedTo(ChronoUnit.SECONDS)
            + "  "
            + Printable.line(change.who())
            + "  "
            + paint.bold(words(change))
            + " "
            + (id.length() < ID ? id : id.substring(0, ID - 2))
            + (change.why().isEmpty() ? "" : "  \"" + Printable.line(change.why()) + '"'));
  }

  /** The status and its condition, such as {@code ignored until 100 events}. */
  static String words(StatusChange change) {
    String words = name(change.status());
    if (!change.version().isEmpty()) {
      return words + " in " + Printable.line(change.version());
    }
    return change.until() == null ? words : words + " until " + change.until();
  }

  void json(StatusChange change) throws IOException {
    try (JsonGenerator json = JsonReport.generator(out)) {
      json.writeStartObject();
      json.writeStringField("id", change.id());
      json.writeStringField("kind", "status");
      json.writeStringField("group", change.group());
      json.writeStringField("status", name(change.status()));
      json.writeStringField("version", change.version());
      json.writeStringField("until", change.until() == null ? "" : change.until().toString());
      json.writeStringField("who", change.who());
      json.writeStringField("when", change.when().toString());
      json.writeStringField("why", change.why());
      json.writeEndObject();
    }
    out.println();
  }
}

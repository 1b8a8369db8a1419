package io.logsense.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.logsense.Clusters;
import io.logsense.api.cluster.Cluster;
import io.logsense.api.cluster.ClusterChange;
import io.logsense.api.cluster.Correction;
import io.logsense.api.cluster.GroupMatch;
import io.logsense.api.cluster.Link;
import io.logsense.api.group.Group;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Clusters, matches and decisions as lines for people and as JSON for programs. */
final class ClusterText {
  private static final int ID = 20;

  private final Console console;
  private final PrintWriter out;
  private final Paint paint;
  private final Clusters clusters;

  ClusterText(Console console, Clusters clusters) {
    this.console = console;
    out = console.out();
    paint = new Paint(console.colour());
    this.clusters = clusters;
  }

  /** What a decision changes. */
  void change(ClusterChange change) {
    if (change.isEmpty()) {
      out.println("Nothing changes.");
      return;
    }
    change.before().forEach(cluster -> cluster("- ", cluster));
    change.after().forEach(cluster -> cluster("+ ", cluster));
  }

  private void cluster(String mark, Cluster cluster) {
    String front = mark;
    for (String id : cluster.groups()) {
      out.println(front + group(id));
      front = "  ";
    }
  }

  private String group(String id) {
    String title = clusters.group(id).map(Group::title).orElse("(not seen yet)");
    return Printable.pad(shortId(id), ID)
        + Printable.fit(Printable.line(title), console.columns() - ID - 2);
  }

  private static String shortId(String id) {
    return id.length() < ID ? id : id.substring(0, ID - 2);
  }

  /** Groups found, best first. */
  void matches(List<GroupMatch> matches, boolean asJson) throws IOException {
    if (asJson) {
      json(matches);
      return;
    }
    for (GroupMatch match : matches) {
      Group group = match.group();
      out.println(
          paint.bold(String.format(Locale.ROOT, "%5.3f", match.score()))
              + String.format(Locale.ROOT, "%,9d", group.count())
              + "  "
              + Printable.pad(shortId(group.id()), ID)
              + Printable.fit(Printable.line(group.title()), console.columns() - ID - 16));
    }
  }

  private void json(List<GroupMatch> matches) throws IOException {
    try (JsonGenerator json = JsonReport.generator(out)) {
      json.writeStartArray();
      for (GroupMatch match : matches) {
        json.writeStartObject();
        json.writeStringField("id", match.group().id());
        json.writeNumberField("score", match.score());
        json.writeNumberField("count", match.group().count());
        json.writeStringField("title", match.group().title());
        json.writeStringField("cluster", clusters.of(match.group().id()).id());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    out.println();
  }

  /** The other end of each link, with its score. */
  List<GroupMatch> others(String id, List<Link> links) {
    List<GroupMatch> matches = new ArrayList<>();
    for (Link link : links) {
      clusters
          .group(link.other(id))
          .ifPresent(group -> matches.add(new GroupMatch(group, link.score())));
    }
    return matches;
  }

  void decision(Correction correction) {
    String subject =
        switch (correction.kind()) {
          case MERGE -> ids(correction.left());
          case SPLIT -> ids(correction.left()) + " from " + ids(correction.right());
          case UNDO -> correction.undoes();
        };
    out.println(
        correction.id()
            + "  "
            + correction.when().truncatedTo(ChronoUnit.SECONDS)
            + "  "
            + Printable.line(correction.who())
            + "  "
            + paint.bold(correction.kind().name().toLowerCase(Locale.ROOT))
            + " "
            + subject
            + (correction.why().isEmpty() ? "" : "  \"" + Printable.line(correction.why()) + '"'));
  }

  private static String ids(List<String> ids) {
    return String.join(", ", ids.stream().map(ClusterText::shortId).toList());
  }

  void json(Correction correction) throws IOException {
    try (JsonGenerator json = JsonReport.generator(out)) {
      json.writeStartObject();
      json.writeStringField("id", correction.id());
      json.writeStringField("kind", correction.kind().name().toLowerCase(Locale.ROOT));
      json.writeArrayFieldStart("left");
      for (String id : correction.left()) {
        json.writeString(id);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("right");
      for (String id : correction.right()) {
        json.writeString(id);
      }
      json.writeEndArray();
      json.writeStringField("undoes", correction.undoes());
      json.writeStringField("who", correction.who());
      json.writeStringField("when", correction.when().toString());
      json.writeStringField("why", correction.why());
      json.writeEndObject();
    }
    out.println();
  }
}

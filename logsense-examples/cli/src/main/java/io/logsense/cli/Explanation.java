package io.logsense.cli;

import io.logsense.api.cluster.Correction;
import io.logsense.api.cluster.Difference;
import io.logsense.api.cluster.Difference.Part;
import io.logsense.api.cluster.Explanation.Reason;
import io.logsense.api.cluster.Explanation.Step;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.StackTrace;
import io.logsense.api.fingerprint.StackFingerprint;
import io.logsense.api.fingerprint.StackFingerprint.Level;
import io.logsense.api.group.Group;
import io.logsense.api.group.GroupKind;
import io.logsense.api.triage.StatusChange;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The facts that made a group, or that keep two apart, in words. */
final class Explanation {
  private static final String VARIABLE = "<*>";

  private final PrintWriter out;
  private final Paint paint;
  private final FrameJudge judge;
  private final int columns;

  Explanation(Console console, FrameJudge judge) {
    out = console.out();
    paint = new Paint(console.colour());
    columns = console.columns();
    this.judge = judge;
  }

  /** Why the events of one group belong together. */
  void print(Group group) {
    heading(group);
    out.println();
    StackTrace trace = group.representative().exception();
    StackFingerprint fingerprint = group.fingerprint().orElse(null);
    if (group.kind() == GroupKind.EXCEPTION && trace != null && fingerprint != null) {
      out.println("Together because of the stack trace: same root cause, same kept frames.");
      out.println("Lines, files, messages and dropped frames make no difference.");
      out.println();
      identities(fingerprint, group.id());
      frames(trace);
      doubt(trace, fingerprint);
    } else {
      out.println("Together because of the message: same words, variables taken out.");
      out.println();
    }
    message(group);
    counts("services", group.services());
    counts("versions", group.versions());
    if (group.variants().size() > 1) {
      field("variants", group.variants().size() + " different stack traces inside");
    }
  }

  /** What was decided about a group, oldest first. */
  void history(List<StatusChange> changes) {
    for (StatusChange change : changes) {
      field(
          "status",
          StatusText.words(change)
              + " by "
              + Printable.line(change.who())
              + ", "
              + change.when().truncatedTo(ChronoUnit.SECONDS)
              + (change.why().isEmpty() ? "" : ": " + Printable.line(change.why())));
    }
  }

  /** Why two groups are one problem, or two. */
  void print(Group one, Group two, io.logsense.api.cluster.Explanation why) {
    heading(one);
    heading(two);
    out.println();
    out.println(
        switch (why.reason()) {
          case SAME_GROUP -> "The same group.";
          case MERGED -> "Together because they were merged:";
          case ALIKE -> "Together because their texts mean the same:";
          case SPLIT -> "Apart because they were split:";
          case NOT_ALIKE -> "Apart: " + difference(one, two, why);
          case TOO_FEW -> "Apart: alike, but too few others are for a cluster.";
        });
    if (why.reason() == Reason.SAME_GROUP) {
      return;
    }
    if (why.split() != null) {
      decision(why.split());
    }
    why.path().forEach(this::step);
    field(
        "alike",
        String.format(
            Locale.ROOT,
            "%.3f, joined from %.3f on (%s)",
            why.score(),
            why.threshold(),
            why.model()));
    levels(why.levels());
    differences("Kept frames", why.frames());
    differences("Words", why.words());
  }

  private static String difference(Group one, Group two, io.logsense.api.cluster.Explanation why) {
    boolean trace = one.fingerprint().isPresent();
    if (trace != two.fingerprint().isPresent()) {
      return "only one of them has a stack trace.";
    }
    if (!trace) {
      return "the words of the messages differ.";
    }
    return why.frames().isEqual() ? "the types differ." : "the stack traces differ.";
  }

  private void step(Step step) {
    if (step.decision() != null) {
      decision(step.decision());
    } else {
      field(
          "link",
          String.format(
              Locale.ROOT, "%s and %s are alike by %.3f", step.a(), step.b(), step.score()));
    }
  }

  private void decision(Correction decision) {
    field(
        decision.kind().name().toLowerCase(Locale.ROOT),
        "by "
            + Printable.line(decision.who())
            + ", "
            + decision.when().truncatedTo(ChronoUnit.SECONDS)
            + (decision.why().isEmpty() ? "" : ": " + Printable.line(decision.why()))
            + paint.dim("  " + decision.id()));
  }

  private void heading(Group group) {
    out.println(paint.bold(Printable.fit(Printable.line(group.title()), columns)));
    out.println(
        paint.dim(
            "  %s · %,d events%s · %s"
                .formatted(
                    group.id(), group.count(), group.isNew() ? " · NEW" : "", group.severity())));
  }

  private void identities(StackFingerprint fingerprint, String id) {
    field("quality", fingerprint.quality().name().toLowerCase(Locale.ROOT));
    for (Level level : Level.values()) {
      String identity = fingerprint.at(level).toString();
      String use = identity.equals(id) ? "  ← makes the group" : "";
      field(name(level), identity + paint.dim("  " + meaning(level)) + use);
    }
    out.println();
  }

  private void frames(StackTrace trace) {
    for (JudgedError error : judge.errors(trace)) {
      String relation = error.suppressed() ? "suppressed " : "";
      out.println("  " + Printable.fit(Printable.line(relation + error.error()), columns - 2));
      int dropped = 0;
      for (JudgedFrame frame : error.frames()) {
        if (frame.kept()) {
          dropped(dropped);
          dropped = 0;
          String text = Printable.fit(Printable.line(frame.frame().toString()), columns - 13);
          out.println("    kept     " + (frame.inApp() ? paint.bold(text) : text));
        } else {
          dropped++;
        }
      }
      dropped(dropped);
    }
    out.println();
  }

  /** Says so when the frames shown are not those that the stored fingerprint was made of. */
  private void doubt(StackTrace trace, StackFingerprint stored) {
    String doubt = "";
    if (trace.truncated()) {
      doubt = "The trace is cut; its fingerprints are those of all that was read of it.";
    } else if (!judge.fingerprint(trace).strict().equals(stored.strict())) {
      doubt = "The run judged frames by other packages; give the same --in-app.";
    }
    if (!doubt.isEmpty()) {
      out.println(paint.dim("  " + doubt));
      out.println();
    }
  }

  private void dropped(int frames) {
    if (frames > 0) {
      out.println(paint.dim("    dropped  %d frame%s".formatted(frames, frames == 1 ? "" : "s")));
    }
  }

  private void message(Group group) {
    field("template", Printable.fit(Printable.line(group.template()), columns - 12));
    for (LogEvent example : group.examples()) {
      field("example", Printable.fit(Printable.line(example.message()), columns - 12));
    }
    long variables =
        words(group.template()).stream().filter(word -> word.contains(VARIABLE)).count();
    field("variables", variables + " of " + words(group.template()).size() + " words");
  }

  private void levels(Map<Level, Boolean> agree) {
    for (Level level : Level.values()) {
      if (agree.containsKey(level)) {
        boolean equal = agree.getOrDefault(level, false);
        field(name(level), (equal ? "= agree    " : "≠ differ   ") + paint.dim(meaning(level)));
      }
    }
  }

  private static String name(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }

  private static String meaning(Level level) {
    return switch (level) {
      case EXACT -> "everything, lines included";
      case STRICT -> "all kept frames";
      case SITE -> "root cause, first kept frames";
      case ROOT -> "root cause, first kept frame";
    };
  }

  private void differences(String what, Difference difference) {
    if (difference.parts().isEmpty()) {
      return;
    }
    out.println();
    if (difference.isEqual()) {
      out.println(what + ": the same on both sides.");
      return;
    }
    out.println(what + " (= in both, - only in the first, + only in the second)");
    for (Part part : difference.parts()) {
      String mark =
          switch (part.side()) {
            case BOTH -> "= ";
            case FIRST -> "- ";
            case SECOND -> "+ ";
          };
      String text = part.text().stripLeading();
      String indent = " ".repeat(part.text().length() - text.length());
      out.println("  " + Printable.fit(mark + indent + Printable.line(text), columns - 2));
    }
  }

  private static List<String> words(String template) {
    return Printable.line(template).lines().flatMap(l -> List.of(l.split(" +")).stream()).toList();
  }

  private void counts(String name, Map<String, Long> counts) {
    if (!counts.isEmpty()) {
      field(
          name,
          Printable.line(
              counts.entrySet().stream()
                  .limit(8)
                  .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                  .collect(Collectors.joining(", "))));
    }
  }

  private void field(String name, String value) {
    out.println("  " + Printable.pad(name, 10) + value);
  }
}

package io.logsense.cli;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.StackTrace;
import io.logsense.api.fingerprint.StackFingerprint;
import io.logsense.api.fingerprint.StackFingerprint.Level;
import io.logsense.api.group.Group;
import io.logsense.api.group.GroupKind;
import java.io.PrintWriter;
import java.util.ArrayList;
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

  /** Why two groups are apart, and where they agree. */
  void print(Group one, Group two) {
    heading(one);
    heading(two);
    out.println();
    if (one.id().equals(two.id())) {
      out.println("The same group.");
      return;
    }
    StackTrace first = one.representative().exception();
    StackTrace second = two.representative().exception();
    StackFingerprint left = one.fingerprint().orElse(null);
    StackFingerprint right = two.fingerprint().orElse(null);
    if (first != null && second != null && left != null && right != null) {
      levels(left, right);
      differences(
          "Kept frames",
          kept(first),
          kept(second),
          first.truncated() || second.truncated()
              ? "As far as the traces are kept here, both keep the same frames; they are cut."
              : "Both keep the same frames; the types differ.");
    } else if (left == null && right == null) {
      out.println("Apart because of the message: the words differ.");
    } else {
      out.println("Apart because only one of them has a stack trace.");
    }
    differences(
        "Words", words(one.template()), words(two.template()), "The templates are the same.");
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

  private void levels(StackFingerprint left, StackFingerprint right) {
    for (Level level : Level.values()) {
      boolean equal = left.at(level).equals(right.at(level));
      field(name(level), (equal ? "= agree    " : "≠ differ   ") + paint.dim(meaning(level)));
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

  private void differences(String what, List<String> left, List<String> right, String whenEqual) {
    out.println();
    if (left.equals(right)) {
      out.println(whenEqual);
      return;
    }
    out.println(what + " (= in both, - only in the first, + only in the second)");
    for (String line : LineDiff.between(left, right)) {
      out.println("  " + Printable.fit(line, columns - 2));
    }
  }

  private List<String> kept(StackTrace trace) {
    List<String> kept = new ArrayList<>();
    for (JudgedError error : judge.errors(trace)) {
      if (!error.suppressed()) {
        kept.add(error.error().type());
        error.frames().stream()
            .filter(JudgedFrame::kept)
            .map(frame -> "  " + frame.frame().className() + "." + frame.frame().method())
            .forEach(kept::add);
      }
    }
    return kept;
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

package io.logsense.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.logsense.Analysis;
import io.logsense.api.event.LogEvent;
import io.logsense.api.group.Group;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code logsense patterns}: what a log consists of, by template. */
@Command(
    name = "patterns",
    mixinStandardHelpOptions = true,
    description = "Lists the message templates of logs, most frequent first.")
final class PatternsCommand implements Callable<Integer> {
  private static final int DEFAULT_TOP = 50;

  private final Console console;
  private final Paint paint;

  @Mixin private final Inputs inputs = new Inputs();

  @Option(names = "--json", description = "All templates as JSON on standard output.")
  private boolean json;

  @Option(names = "--top", paramLabel = "N", description = "How many templates (default 50).")
  private @Nullable Integer top;

  @Option(
      names = "--examples",
      paramLabel = "N",
      defaultValue = "1",
      description = "Example messages of each template (default ${DEFAULT-VALUE}).")
  private int examples;

  PatternsCommand(Console console) {
    this.console = console;
    paint = new Paint(console.colour());
  }

  @Override
  public Integer call() throws IOException {
    Inputs.atLeast(1, "--top", top);
    Inputs.atLeast(0, "--examples", examples);
    Analysis analysis;
    try (ProgressDisplay progress = ProgressDisplay.on(console, inputs.quiet())) {
      analysis = inputs.engine().onProgress(progress).analyze();
    }
    inputs.report(analysis, console);
    List<Group> groups =
        analysis.groups().stream()
            .sorted(Comparator.comparingLong(Group::count).reversed().thenComparing(Group::id))
            .limit(top != null ? top : json ? Integer.MAX_VALUE : DEFAULT_TOP)
            .toList();
    TimeSpan span = TimeSpan.of(analysis.groups());
    if (json) {
      write(analysis, groups, span);
    } else {
      print(analysis, groups, span);
    }
    return inputs.exitCode(analysis);
  }

  private void print(Analysis analysis, List<Group> groups, TimeSpan span) {
    int width = console.columns() - 18;
    for (Group group : groups) {
      console
          .out()
          .printf(
              "%,8d %6s  %s%n",
              group.count(),
              percent(group, analysis),
              paint.bold(Printable.fit(text(group), width)));
      String trend = Sparkline.draw(span.counts(group, Sparkline.BUCKETS));
      console
          .out()
          .printf(
              "%17s%s  %s%n",
              "",
              paint.severity(group.severity(), trend),
              paint.dim(group.severity() + " · " + ProblemTable.shortId(group, analysis)));
      for (LogEvent example : group.examples().stream().limit(examples).toList()) {
        console
            .out()
            .printf(
                "%17s%s%n", "", paint.dim(Printable.fit(Printable.line(example.message()), width)));
      }
    }
    long rest = analysis.groups().size() - (long) groups.size();
    if (rest > 0) {
      console.out().println(rest + " more: --top " + analysis.groups().size());
    }
  }

  private void write(Analysis analysis, List<Group> groups, TimeSpan span) throws IOException {
    try (JsonGenerator out = JsonReport.generator(console.out())) {
      out.writeStartObject();
      out.writeNumberField("records", analysis.records());
      out.writeNumberField("events", analysis.events());
      out.writeArrayFieldStart("patterns");
      for (Group group : groups) {
        out.writeStartObject();
        out.writeStringField("id", group.id());
        out.writeStringField("template", text(group));
        out.writeNumberField("count", group.count());
        out.writeNumberField("share", (double) group.count() / analysis.events());
        out.writeStringField("severity", group.severity().name());
        JsonReport.sparkline(out, group, span);
        JsonReport.examples(out, group.examples().stream().limit(examples).toList());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    console.out().println();
  }

  /** An exception without a message still has a name. */
  private static String text(Group group) {
    boolean exception = group.fingerprint().isPresent();
    return Printable.line(
        exception || group.template().isEmpty() ? group.title() : group.template());
  }

  private static String percent(Group group, Analysis analysis) {
    double share = 100.0 * group.count() / Math.max(1, analysis.events());
    return share < 0.1 ? "<0.1%" : "%.1f%%".formatted(share);
  }
}

package io.logsense.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.logsense.api.group.Group;
import io.logsense.code.HeatMap;
import io.logsense.code.HeatMap.Spot;
import io.logsense.code.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code logsense heatmap}: the files and methods where failures come from. */
@Command(
    name = "heatmap",
    mixinStandardHelpOptions = true,
    description = {
      "Shows which files and methods the failures of earlier runs of 'logsense analyze' come from:",
      "each group counts where its root cause is in your code."
    })
final class HeatmapCommand implements Callable<Integer> {
  private static final int SHOWN = 20;
  private static final int BAR = 24;

  private final Console console;

  @Option(
      names = "--src",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "The root of the source code, or a jar with an index. Default: this directory.")
  private Path source = Path.of(".");

  @Option(
      names = "--commit",
      paramLabel = "REV",
      description = "The commit, tag or branch that was deployed; it need not be checked out.")
  private @Nullable String commit;

  @Option(names = "--html", paramLabel = "FILE", description = "Also draw it, on one page.")
  private @Nullable Path html;

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  HeatmapCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    List<Group> groups = GroupArchive.in(console.home()).load();
    if (groups.isEmpty()) {
      console.complain("no groups of earlier runs; run 'logsense analyze' first");
    }
    HeatMap map;
    try (SourceTree tree = SourceIndexes.tree(source, commit)) {
      map = HeatMap.of(groups, new SourceIndexes(console).index(source, tree));
    }
    if (html != null) {
      Files.writeString(html, HeatPage.of(map));
    }
    if (json) {
      write(map);
    } else {
      print(map);
    }
    return 0;
  }

  private void print(HeatMap map) {
    long hottest = map.methods().isEmpty() ? 1 : map.methods().get(0).failures();
    for (Spot spot : map.methods().stream().limit(SHOWN).toList()) {
      String bar = "█".repeat((int) Math.max(1, BAR * spot.failures() / hottest));
      String line =
          "%8d  %-24s  %s  %s:%d%s"
              .formatted(
                  spot.failures(),
                  bar,
                  HeatPage.method(spot),
                  spot.file().substring(spot.file().lastIndexOf('/') + 1),
                  spot.line(),
                  HeatPage.versions(spot));
      console.out().println(Printable.fit(line, console.columns()));
    }
    int more = map.methods().size() - SHOWN;
    if (more > 0) {
      console.out().println(more + " more methods with --json");
    }
    if (map.elsewhere() > 0) {
      console.out().println("%8d  lead to no place in this source".formatted(map.elsewhere()));
    }
  }

  private void write(HeatMap map) throws IOException {
    try (JsonGenerator out = JsonReport.generator(console.out())) {
      out.writeStartObject();
      out.writeArrayFieldStart("files");
      for (Spot spot : map.files()) {
        write(out, spot);
      }
      out.writeEndArray();
      out.writeArrayFieldStart("methods");
      for (Spot spot : map.methods()) {
        write(out, spot);
      }
      out.writeEndArray();
      out.writeNumberField("elsewhere", map.elsewhere());
      out.writeEndObject();
    }
    console.out().println();
  }

  private static void write(JsonGenerator out, Spot spot) throws IOException {
    out.writeStartObject();
    out.writeStringField("file", spot.file());
    if (!spot.symbol().isEmpty()) {
      out.writeStringField("symbol", spot.symbol());
      out.writeNumberField("line", spot.line());
    }
    out.writeNumberField("failures", spot.failures());
    out.writeNumberField("groups", spot.groups());
    out.writeObjectFieldStart("versions");
    for (Map.Entry<String, Long> version : spot.versions().entrySet()) {
      out.writeNumberField(version.getKey(), version.getValue());
    }
    out.writeEndObject();
    out.writeEndObject();
  }
}

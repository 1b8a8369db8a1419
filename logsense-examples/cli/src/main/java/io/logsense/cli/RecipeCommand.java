package io.logsense.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.logsense.Analysis;
import io.logsense.Recipes;
import io.logsense.api.recipe.Recipe;
import io.logsense.api.recipe.RecipeReport;
import io.logsense.api.recipe.RecipeReport.Section;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code logsense recipe}: lists the predefined questions; each is a command below it. */
@Command(
    name = "recipe",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "[NAME INPUT...]",
    description = "Answers a predefined question about logs; without a NAME lists the questions.")
final class RecipeCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(hidden = true)
  private List<String> unknown = List.of();

  private RecipeCommand(Console console) {
    this.console = console;
  }

  /** The command, with a command for each recipe. */
  static CommandLine on(Console console) {
    CommandLine command = new CommandLine(new RecipeCommand(console));
    for (Recipe recipe : Recipes.all().values()) {
      CommandLine question = new CommandLine(new Question(console, recipe));
      question.getCommandSpec().usageMessage().description(recipe.description());
      command.addSubcommand(recipe.name(), question);
    }
    return command;
  }

  @Override
  public Integer call() {
    if (!unknown.isEmpty()) {
      throw new IllegalStateException(Recipes.named(unknown.get(0)).name());
    }
    for (Recipe recipe : Recipes.all().values()) {
      console.out().printf("%-14s %s%n", recipe.name(), recipe.description());
    }
    return 0;
  }

  /** One recipe. */
  @Command(mixinStandardHelpOptions = true)
  private static final class Question implements Callable<Integer> {
    private final Console console;
    private final Recipe recipe;

    @Mixin private final Inputs inputs = new Inputs();

    @Option(names = "--json", description = "The answer as JSON on standard output.")
    private boolean json;

    Question(Console console, Recipe recipe) {
      this.console = console;
      this.recipe = recipe;
    }

    @Override
    public Integer call() throws IOException {
      Analysis analysis;
      try (ProgressDisplay progress = ProgressDisplay.on(console, inputs.quiet())) {
        analysis = inputs.engine().onProgress(progress).analyze();
      }
      inputs.report(analysis, console);
      RecipeReport report = recipe.run(analysis.groups(), analysis.findings());
      if (json) {
        write(recipe.name(), report, console.out());
      } else {
        report.text().lines().forEach(line -> console.out().println(printable(line)));
      }
      console.out().flush();
      return inputs.exitCode(analysis);
    }
  }

  private static String printable(String line) {
    int indent = line.length() - line.stripLeading().length();
    return line.substring(0, indent) + Printable.line(line);
  }

  private static void write(String recipe, RecipeReport report, PrintWriter to) throws IOException {
    try (JsonGenerator out = JsonReport.generator(to)) {
      out.writeStartObject();
      out.writeStringField("recipe", recipe);
      out.writeStringField("summary", report.summary());
      out.writeArrayFieldStart("sections");
      for (Section section : report.sections()) {
        out.writeStartObject();
        out.writeStringField("title", section.title());
        out.writeFieldName("columns");
        row(out, section.columns());
        out.writeArrayFieldStart("rows");
        for (List<String> row : section.rows()) {
          row(out, row);
        }
        out.writeEndArray();
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    to.println();
  }

  private static void row(JsonGenerator out, List<String> cells) throws IOException {
    out.writeStartArray();
    for (String cell : cells) {
      out.writeString(cell);
    }
    out.writeEndArray();
  }
}

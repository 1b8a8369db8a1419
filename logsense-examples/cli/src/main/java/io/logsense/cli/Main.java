package io.logsense.cli;

import io.logsense.api.LogSenseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/**
 * The {@code logsense} command: hands over to its subcommands and turns failures into exit codes.
 */
@Command(
    name = "logsense",
    description = "Turns logs into a short list of problems.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:found what --fail-on names",
      "2:wrong usage",
      "3:an input could not be read or an output could not be written"
    })
public final class Main implements Runnable {
  /** The exit code of a failed input or output. */
  static final int FAILED = 3;

  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  private Main() {}

  /** Runs the command and exits with its code. */
  public static void main(String[] args) {
    System.exit(run(Console.system(), args));
  }

  /** Runs the command against {@code console} and returns its exit code. */
  static int run(Console console, String... args) {
    CommandLine command =
        new CommandLine(new Main())
            .addSubcommand(new AnalyzeCommand(console))
            .addSubcommand(new PatternsCommand(console))
            .addSubcommand(new DiffCommand(console))
            .addSubcommand(RecipeCommand.on(console))
            .addSubcommand(new FingerprintCommand(console))
            .addSubcommand(new DetectCommand(console))
            .addSubcommand(new ExplainCommand(console))
            .addSubcommand(new WhyCommand(console))
            .addSubcommand(new FeedbackCommand(console))
            .addSubcommand(new HeatmapCommand(console))
            .addSubcommand(new IndexCommand(console))
            .addSubcommand(new SimilarCommand(console))
            .addSubcommand(new SearchCommand(console))
            .addSubcommand(new MergeCommand(console))
            .addSubcommand(new SplitCommand(console))
            .addSubcommand(new StatusCommand.Investigate(console))
            .addSubcommand(new StatusCommand.Resolve(console))
            .addSubcommand(new StatusCommand.Ignore(console))
            .addSubcommand(new StatusCommand.Reopen(console))
            .addSubcommand(new UndoCommand(console))
            .addSubcommand(new HistoryCommand(console))
            .addSubcommand(new PurgeCommand(console))
            .setOut(console.out())
            .setErr(console.err())
            .setColorScheme(
                CommandLine.Help.defaultColorScheme(console.colour() ? Ansi.ON : Ansi.OFF))
            .setUsageHelpAutoWidth(false)
            .setUsageHelpWidth(Math.max(60, Math.min(console.columns(), 120)))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler((e, line, parsed) -> report(e, line, console));
    int code = execute(command, console, args);
    console.out().flush();
    console.err().flush();
    return code;
  }

  private static int execute(CommandLine command, Console console, String... args) {
    try {
      return command.execute(args);
    } catch (OutOfMemoryError e) {
      console.complain("not enough memory; give more, as in LOGSENSE_JAVA_OPTS=-Xmx4g");
      return FAILED;
    }
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new CommandLine.ParameterException(spec.commandLine(), "Which command?");
    }
  }

  private static int report(Exception failure, CommandLine line, Console console) {
    if (failure instanceof LogSenseException known
        && known.category() == LogSenseException.Category.USAGE) {
      console.complain(String.valueOf(known.getMessage()));
      console.complain("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
      return line.getCommandSpec().exitCodeOnInvalidInput();
    }
    console.complain(words(failure));
    return FAILED;
  }

  private static String words(Exception failure) {
    if (failure instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
      return words(unchecked.getCause());
    }
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof FileSystemException file && file.getReason() == null) {
      return message
          + (file instanceof AccessDeniedException
              ? ": permission denied"
              : file instanceof NoSuchFileException ? ": no such file or directory" : ": failed");
    }
    if (failure instanceof LogSenseException || failure instanceof IOException) {
      return message;
    }
    return "LogSense failed, please report this: " + failure;
  }

  /** The version in the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"logsense " + (version == null ? "(not packaged)" : version)};
    }
  }
}

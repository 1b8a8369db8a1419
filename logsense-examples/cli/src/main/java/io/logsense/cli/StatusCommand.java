package io.logsense.cli;

import io.logsense.Triage;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.group.Group;
import io.logsense.api.triage.StatusChange;
import io.logsense.api.triage.Until;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that change the status of a group. */
abstract class StatusCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "ID", description = "A group's id or the beginning of it.")
  private String id = "";

  @Option(
      names = {"--why", "--reason"},
      paramLabel = "TEXT",
      description = "The reason, for the history.")
  private String why = "";

  @Option(
      names = "--who",
      paramLabel = "NAME",
      description = "Who decides (default: the name of the user).")
  private String who = "";

  private StatusCommand(Console console) {
    this.console = console;
  }

  abstract StatusChange decide(Triage triage, Group group, String by, String reason);

  @Override
  public Integer call() {
    try (KnownGroups known = KnownGroups.open(console, List.of())) {
      Group group = known.find(id);
      StatusChange change =
          decide(known.triage(), group, who.isEmpty() ? console.user() : who, why);
      new StatusText(console).line(change);
    }
    return 0;
  }

  /** {@code logsense investigate}. */
  @Command(
      name = "investigate",
      mixinStandardHelpOptions = true,
      description = "Says that somebody looks into a group.")
  static final class Investigate extends StatusCommand {
    Investigate(Console console) {
      super(console);
    }

    @Override
    StatusChange decide(Triage triage, Group group, String by, String reason) {
      return triage.investigate(group, by, reason);
    }
  }

  /** {@code logsense resolve}. */
  @Command(
      name = "resolve",
      mixinStandardHelpOptions = true,
      description = "Says that a group should not come back; when it does, that is a finding.")
  static final class Resolve extends StatusCommand {
    @Option(
        names = "--in",
        paramLabel = "VERSION",
        description = "Only events of this version or a later one count.")
    private @Nullable String version;

    Resolve(Console console) {
      super(console);
    }

    @Override
    StatusChange decide(Triage triage, Group group, String by, String reason) {
      if (version == null) {
        return triage.resolve(group, by, reason);
      }
      if (group.versions().isEmpty()) {
        throw new LogSenseException(
            Category.USAGE,
            "no event of "
                + group.id()
                + " names a version, so none could prove it back;"
                + " leave --in out");
      }
      return triage.resolve(group, version, by, reason);
    }
  }

  /** {@code logsense ignore}. */
  @Command(
      name = "ignore",
      mixinStandardHelpOptions = true,
      description = "Makes a group give no findings, until something happens.")
  static final class Ignore extends StatusCommand {
    @Option(
        names = "--until",
        paramLabel = "CONDITION",
        description =
            "A time such as 2026-03-01T12:00:00Z, '100 events', '10 events in PT1H' or"
                + " 'another version' (default: forever).")
    private String until = "forever";

    Ignore(Console console) {
      super(console);
    }

    @Override
    StatusChange decide(Triage triage, Group group, String by, String reason) {
      try {
        return triage.ignore(group, Until.parse(until), by, reason);
      } catch (IllegalArgumentException e) {
        throw new LogSenseException(Category.USAGE, "--until " + e.getMessage(), e);
      }
    }
  }

  /** {@code logsense reopen}. */
  @Command(
      name = "reopen",
      mixinStandardHelpOptions = true,
      description = "Makes a group new again, whatever was said about it.")
  static final class Reopen extends StatusCommand {
    Reopen(Console console) {
      super(console);
    }

    @Override
    StatusChange decide(Triage triage, Group group, String by, String reason) {
      return triage.reopen(group, by, reason);
    }
  }
}

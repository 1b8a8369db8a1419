package io.logsense.cli;

import io.logsense.Proposal;
import picocli.CommandLine.Option;

/** The options of a command that decides something about groups. */
final class Decision {
  @Option(names = "--why", paramLabel = "TEXT", description = "The reason, for the history.")
  private String why = "";

  @Option(
      names = "--who",
      paramLabel = "NAME",
      description = "Who decides (default: the name of the user).")
  private String who = "";

  @Option(names = "--preview", description = "Only show what would change.")
  private boolean preview;

  /** Shows what changes, and makes it so unless that is all that was asked for. */
  void take(Proposal proposal, ClusterText text, Console console) {
    text.change(proposal.effect());
    if (!preview) {
      proposal.apply(who.isEmpty() ? console.user() : who, why);
    }
  }
}

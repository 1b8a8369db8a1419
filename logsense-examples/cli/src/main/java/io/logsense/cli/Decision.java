package io.logsense.cli;

import io.logsense.Proposal;
import io.logsense.Triage;
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

  /** Takes a change of status back, and shows what is said instead. */
  void undo(Triage triage, String change, Console console) {
    if (preview) {
      console.out().println("Takes back " + change + ".");
    } else {
      new StatusText(console).line(triage.undo(change, who.isEmpty() ? console.user() : who, why));
    }
  }

  /** Shows what changes, and makes it so unless that is all that was asked for. */
  void take(Proposal proposal, ClusterText text, Console console) {
    text.change(proposal.effect());
    if (!preview) {
      proposal.apply(who.isEmpty() ? console.user() : who, why);
    }
  }
}

package io.logsense.api.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a problem happens, or why that cannot be said.
 *
 * <p>Whatever the mode, everything that is cited exists: files, symbols and lines in the index of
 * the source code, events in the incident.
 *
 * @param incident id of the incident
 * @param mode who named the cause
 * @param rootCause the cause; null when none could be named
 * @param evidence what speaks for it
 * @param parameters values in the events that matter
 * @param fixes what could be done
 * @param tests what should be tested
 * @param inconclusive why no cause could be named; empty when one was
 * @param cost what it took
 */
public record RootCauseReport(
    String incident,
    Mode mode,
    @Nullable RootCause rootCause,
    List<Evidence> evidence,
    List<InvolvedParameter> parameters,
    List<String> fixes,
    List<String> tests,
    String inconclusive,
    Cost cost) {
  /** Copies the lists. */
  public RootCauseReport {
    evidence = List.copyOf(evidence);
    parameters = List.copyOf(parameters);
    fixes = List.copyOf(fixes);
    tests = List.copyOf(tests);
  }

  /** Whether no cause could be named. */
  public boolean isInconclusive() {
    return rootCause == null;
  }

  /** The same report at another cost. */
  public RootCauseReport at(Cost newCost) {
    return new RootCauseReport(
        incident, mode, rootCause, evidence, parameters, fixes, tests, inconclusive, newCost);
  }

  /** Who named the cause. */
  public enum Mode {
    /** The ranking of candidates. */
    DETERMINISTIC,
    /** A language model, whose answer was checked. */
    MODEL
  }

  /**
   * Where the problem starts.
   *
   * @param file path in the index
   * @param symbol the block, as the index names it
   * @param startLine first line, 1-based
   * @param endLine last line
   * @param confidence in [0, 1]; not a probability: a ranking gives the candidate's share of the
   *     scores, a model what it says of itself
   * @param reasoning why, in words
   */
  public record RootCause(
      String file,
      String symbol,
      int startLine,
      int endLine,
      double confidence,
      String reasoning) {}

  /**
   * Something that speaks for the cause: an event, or a line of code.
   *
   * @param event id of the event; empty for code
   * @param file path in the index; empty for an event
   * @param line line of the file, 1-based; 0 for an event
   * @param quote words of that event or line; may be empty
   */
  public record Evidence(String event, String file, int line, String quote) {}

  /**
   * A value that matters.
   *
   * @param name its name in the events
   * @param value its value there, masked
   * @param why why it matters
   */
  public record InvolvedParameter(String name, String value, String why) {}

  /**
   * What a report took.
   *
   * @param model id of the model; empty when none was asked
   * @param inputTokens tokens of all prompts
   * @param outputTokens tokens of all answers
   * @param note why no model was asked, or why its answer was not used; empty when it was
   */
  public record Cost(String model, long inputTokens, long outputTokens, String note) {
    /** Nothing was asked of a model, because of {@code note}. */
    public static Cost none(String note) {
      return new Cost("", 0, 0, note);
    }
  }
}

package io.logsense.analysis;

import io.logsense.analysis.AnswerReader.Answer;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.analysis.Incident;
import io.logsense.api.analysis.RootCauseAnalyzer;
import io.logsense.api.analysis.RootCauseReport;
import io.logsense.api.analysis.RootCauseReport.Cost;
import io.logsense.api.analysis.RootCauseReport.Mode;
import io.logsense.api.llm.Completion;
import io.logsense.api.llm.Prompt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a language model for the root cause, and checks what it answers.
 *
 * <p>What is sent is masked, and only fields that are allowed. The answer must follow a schema and
 * cite only what was sent; where it does not, the model is told what is wrong and asked once more,
 * and then the report is inconclusive. Where no model can be asked (no money left, refused, failed)
 * the report is that of {@link RankingAnalyzer}, and says why. Thread-safe.
 */
public final class ModelAnalyzer implements RootCauseAnalyzer {
  /** How many times the score of the second candidate the first one needs to be a simple case. */
  private static final double SIMPLE_LEAD = 2;

  private final GuardedModel model;
  private final @Nullable GuardedModel smaller;
  private final @Nullable ReportCache cache;
  private final long mostInput;
  private final int mostOutput;
  private final Duration timeout;
  private final RankingAnalyzer ranking = new RankingAnalyzer();

  private ModelAnalyzer(Builder b) {
    model = b.model;
    smaller = b.smaller;
    cache = b.cache;
    mostInput = b.mostInput;
    mostOutput = b.mostOutput;
    timeout = b.timeout;
  }

  /** A builder for an analyzer that asks {@code model}. */
  public static Builder builder(GuardedModel model) {
    return new Builder(model);
  }

  @Override
  public RootCauseReport analyze(Incident incident) throws InterruptedException {
    GuardedModel chosen = smaller != null && isSimple(incident) ? smaller : model;
    Optional<RootCauseReport> known =
        cache == null
            ? Optional.empty()
            : cache.find(incident, RootCausePrompt.VERSION, chosen.modelId());
    if (known.isPresent()) {
      return known.get().at(new Cost(chosen.modelId(), 0, 0, "answered before"));
    }
    return new Conversation(incident, chosen).report();
  }

  /** Whether the ranking has one clear answer. */
  private static boolean isSimple(Incident incident) {
    List<Double> scores =
        incident.snippets().stream().map(snippet -> snippet.candidate().score()).toList();
    return !scores.isEmpty()
        && scores.get(0) > 0
        && (scores.size() == 1 || scores.get(0) >= SIMPLE_LEAD * scores.get(1));
  }

  private record Checked(@Nullable Answer answer, List<String> problems) {}

  /** One incident and one model. */
  private final class Conversation {
    private final Incident incident;
    private final GuardedModel asked;
    private final GuardedModel.Topic topic;
    private final EvidencePack pack;
    private long inputTokens;
    private long outputTokens;

    Conversation(Incident incident, GuardedModel asked) {
      this.incident = incident;
      this.asked = asked;
      topic = new GuardedModel.Topic(incident.id(), incident.group().id(), RootCausePrompt.VERSION);
      pack = new EvidencePack(incident, asked.gate(), mostInput - RootCausePrompt.tokens());
    }

    RootCauseReport report() throws InterruptedException {
      try {
        Checked first = ask(RootCausePrompt.ask(pack, mostOutput, timeout));
        if (first.answer() != null) {
          return accepted(first.answer());
        }
        Checked second = ask(RootCausePrompt.repair(pack, first.problems(), mostOutput, timeout));
        return second.answer() == null
            ? inconclusive(second.problems())
            : accepted(second.answer());
      } catch (LogSenseException e) {
        String why = "model " + asked.modelId() + " was of no use: " + e.getMessage();
        return ranking.analyze(incident).at(cost(why));
      }
    }

    private Checked ask(Prompt prompt) throws InterruptedException {
      GuardedModel.Answered answered = asked.ask(topic, prompt);
      inputTokens += answered.inputTokens();
      outputTokens += answered.outputTokens();
      if (answered.completion().end() == Completion.End.LENGTH) {
        return new Checked(null, List.of("the answer was cut: it must be shorter"));
      }
      AnswerReader reader = new AnswerReader();
      Answer answer = reader.read(answered.completion().text());
      if (answer == null) {
        return new Checked(null, reader.problems());
      }
      List<String> problems = AnswerCheck.problems(answer, incident, pack, asked.gate());
      return new Checked(problems.isEmpty() ? answer : null, problems);
    }

    private RootCauseReport accepted(Answer answer) {
      String note = pack.isComplete() ? "" : "not all that is known found room in the prompt";
      RootCauseReport report =
          new RootCauseReport(
              incident.id(),
              Mode.MODEL,
              answer.cause(),
              answer.evidence(),
              answer.parameters(),
              answer.fixes(),
              answer.tests(),
              answer.cause() == null ? answer.noCause() : "",
              cost(note));
      if (cache != null) {
        cache.keep(incident, RootCausePrompt.VERSION, asked.modelId(), report);
      }
      return report;
    }

    private RootCauseReport inconclusive(List<String> problems) {
      String why = "the answers of the model did not hold: " + String.join("; ", problems);
      return new RootCauseReport(
          incident.id(),
          Mode.MODEL,
          null,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          why,
          cost(why));
    }

    private Cost cost(String note) {
      return new Cost(asked.modelId(), inputTokens, outputTokens, note);
    }
  }

  /** Collects the parts of an analyzer. Not thread-safe. */
  public static final class Builder {
    private static final long LEAST_INPUT = 1000;

    private final GuardedModel model;
    private @Nullable GuardedModel smaller;
    private @Nullable ReportCache cache;
    private long mostInput = 12_000;
    private int mostOutput = 1500;
    private Duration timeout = Duration.ofMinutes(2);

    private Builder(GuardedModel model) {
      this.model = model;
    }

    /** Asks {@code value} instead where the ranking of candidates has one clear answer. */
    public Builder smaller(GuardedModel value) {
      smaller = value;
      return this;
    }

    /** Keeps reports, so that a problem is asked about once in each version. */
    public Builder cache(ReportCache value) {
      cache = value;
      return this;
    }

    /**
     * Sets about how many tokens a prompt may have, and how many an answer.
     *
     * @throws LogSenseException (usage) when a prompt of that size has no room for an incident
     */
    public Builder tokens(long input, int output) {
      long least = LEAST_INPUT + RootCausePrompt.tokens();
      if (input < least || output < 1) {
        throw new LogSenseException(
            Category.USAGE,
            "a prompt needs at least "
                + least
                + " tokens, an answer 1; given are "
                + input
                + " and "
                + output);
      }
      mostInput = input;
      mostOutput = output;
      return this;
    }

    /** Sets how long to wait for an answer. */
    public Builder timeout(Duration value) {
      timeout = value;
      return this;
    }

    /** The analyzer. */
    public ModelAnalyzer build() {
      return new ModelAnalyzer(this);
    }
  }
}

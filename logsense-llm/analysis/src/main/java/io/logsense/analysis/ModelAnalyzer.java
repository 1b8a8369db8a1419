package io.logsense.analysis;

import io.logsense.analysis.AnswerReader.Answer;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.analysis.AuditSink;
import io.logsense.api.analysis.Incident;
import io.logsense.api.analysis.RootCauseAnalyzer;
import io.logsense.api.analysis.RootCauseReport;
import io.logsense.api.analysis.RootCauseReport.Cost;
import io.logsense.api.analysis.RootCauseReport.Mode;
import io.logsense.api.llm.Completion;
import io.logsense.api.llm.LanguageModel;
import io.logsense.api.llm.Prompt;
import io.logsense.api.mask.Masker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks a language model for the root cause, and checks what it answers.
 *
 * <p>What is sent is masked, and only fields that are allowed. The answer must follow a schema and
 * cite only what was sent; where it does not, the model is told what is wrong and asked once more,
 * and then the report is inconclusive. Where no model can be asked (no money left, refused, failed)
 * the report is that of {@link RankingAnalyzer}, and says why. A failing sink for audits or prompts
 * stops the sending: what cannot be noted is not sent.
 *
 * <p>One call to a model is one attempt: wrap the model to try again or to break the circuit.
 * Thread-safe.
 */
public final class ModelAnalyzer implements RootCauseAnalyzer {
  private static final double SIMPLE_LEAD = 2;

  private final LanguageModel model;
  private final @Nullable LanguageModel smaller;
  private final Gate gate;
  private final Set<String> fields;
  private final @Nullable SpendingCap cap;
  private final @Nullable ReportCache cache;
  private final @Nullable PromptLog log;
  private final AuditSink audit;
  private final String tenant;
  private final long mostInput;
  private final int mostOutput;
  private final Duration timeout;
  private final InstantSource clock;
  private final RankingAnalyzer ranking = new RankingAnalyzer();

  private ModelAnalyzer(Builder b) {
    model = b.model;
    smaller = b.smaller;
    gate = new Gate(b.masker, b.fields);
    fields = Set.copyOf(b.fields.stream().map(Field::name).toList());
    cap = b.cap;
    cache = b.cache;
    log = b.log;
    audit = b.audit;
    tenant = b.tenant;
    mostInput = b.mostInput;
    mostOutput = b.mostOutput;
    timeout = b.timeout;
    clock = b.clock;
  }

  /**
   * A builder for an analyzer that asks {@code model}.
   *
   * @param masker is applied to all that is sent, and to all that comes back to see whether it
   *     holds what must not be there
   */
  public static Builder builder(LanguageModel model, Masker masker) {
    return new Builder(model, masker);
  }

  @Override
  public RootCauseReport analyze(Incident incident) throws InterruptedException {
    LanguageModel chosen = smaller != null && isSimple(incident) ? smaller : model;
    Optional<RootCauseReport> known =
        cache == null
            ? Optional.empty()
            : cache.find(incident, RootCausePrompt.VERSION, chosen.modelId());
    if (known.isPresent()) {
      return known.get().at(new Cost(chosen.modelId(), 0, 0, "answered before"));
    }
    EvidencePack pack =
        new EvidencePack(incident, gate, mostInput - RootCausePrompt.tokens() - Tokens.FRAME);
    return new Conversation(incident, chosen, pack).report();
  }

  /** Whether the ranking has one clear answer, with its code. */
  private static boolean isSimple(Incident incident) {
    List<Double> scores =
        incident.snippets().stream().map(snippet -> snippet.candidate().score()).toList();
    return !scores.isEmpty()
        && scores.get(0) > 0
        && (scores.size() == 1 || scores.get(0) >= SIMPLE_LEAD * scores.get(1));
  }

  /** One incident and one model. */
  private final class Conversation {
    private final Incident incident;
    private final LanguageModel asked;
    private final EvidencePack pack;
    private long inputTokens;
    private long outputTokens;

    Conversation(Incident incident, LanguageModel asked, EvidencePack pack) {
      this.incident = incident;
      this.asked = asked;
      this.pack = pack;
    }

    RootCauseReport report() throws InterruptedException {
      try {
        Prompt prompt = RootCausePrompt.ask(pack, mostOutput, timeout);
        Checked first = ask(prompt);
        if (first.problems().isEmpty()) {
          return accepted(first);
        }
        Checked second = ask(RootCausePrompt.repair(pack, first.problems(), mostOutput, timeout));
        if (second.problems().isEmpty()) {
          return accepted(second);
        }
        return inconclusive(second.problems());
      } catch (LogSenseException e) {
        String why = "model " + asked.modelId() + " was not of use: " + e.getMessage();
        return ranking
            .analyze(incident, why)
            .at(new Cost(inputTokens == 0 ? "" : asked.modelId(), inputTokens, outputTokens, why));
      }
    }

    /** Asks once, and checks the answer. */
    private Checked ask(Prompt prompt) throws InterruptedException {
      Instant now = clock.instant();
      SpendingCap.Reservation reserved = reserve(prompt);
      String id = null;
      boolean sent = false;
      try {
        audit.sending(
            new AuditSink.Entry(
                now,
                tenant,
                incident.id(),
                asked.modelId(),
                RootCausePrompt.VERSION,
                fields,
                (int) (Tokens.atMost(prompt.system()) + Tokens.atMost(prompt.user()))));
        if (log != null) {
          id = log.sending(now, incident.id(), asked.modelId(), RootCausePrompt.VERSION, prompt);
        }
        sent = true;
        Completion answer = asked.complete(prompt);
        settle(reserved, prompt, answer);
        Checked checked = check(answer);
        note(id, now, prompt, answer, String.join("; ", checked.problems()));
        return checked;
      } catch (LogSenseException e) {
        boolean taken = sent && e.category() == Category.TRANSIENT; // it may have been worked on
        if (reserved != null && !taken) {
          reserved.settle(0, 0);
        }
        note(id, now, prompt, null, String.valueOf(e.getMessage()));
        throw e;
      } catch (RuntimeException e) { // of a sink or of a model that does not keep to its contract
        if (reserved != null && !sent) {
          reserved.settle(0, 0);
        }
        throw new LogSenseException(Category.DEFECT, "it, or what notes prompts, threw " + e, e);
      }
    }

    private SpendingCap.@Nullable Reservation reserve(Prompt prompt) {
      if (cap == null) {
        return null;
      }
      return cap.reserve(
          tenant,
          incident.group().id(),
          asked.modelId(),
          mostInput(prompt),
          prompt.maxOutputTokens());
    }

    private static long mostInput(Prompt prompt) {
      String schema = prompt.schema();
      return Tokens.atMost(prompt.system())
          + Tokens.atMost(prompt.user())
          + (schema == null ? 0 : Tokens.atMost(schema))
          + Tokens.FRAME;
    }

    private void settle(
        SpendingCap.@Nullable Reservation reserved, Prompt prompt, Completion answer) {
      boolean told = answer.inputTokens() >= 0 && answer.outputTokens() >= 0;
      long input = told ? answer.inputTokens() : mostInput(prompt);
      long output = told ? answer.outputTokens() : prompt.maxOutputTokens();
      inputTokens += input;
      outputTokens += output;
      if (reserved != null && told) {
        reserved.settle(input, output);
      }
    }

    private void note(
        @Nullable String id,
        Instant time,
        Prompt prompt,
        @Nullable Completion answer,
        String outcome) {
      if (log != null && id != null) {
        log.answered(
            id,
            time,
            incident.id(),
            asked.modelId(),
            RootCausePrompt.VERSION,
            prompt,
            answer,
            outcome.isEmpty() ? "accepted" : outcome);
      }
    }

    private Checked check(Completion completion) {
      if (completion.end() == Completion.End.REFUSED) {
        throw new LogSenseException(Category.EXTERNAL, "it refused to answer");
      }
      if (completion.end() == Completion.End.LENGTH) {
        return new Checked(null, List.of("the answer was cut: it must be shorter"));
      }
      AnswerReader reader = new AnswerReader();
      Answer answer = reader.read(completion.text());
      return answer == null
          ? new Checked(null, reader.problems())
          : new Checked(answer, AnswerCheck.problems(answer, incident, pack, gate));
    }

    private RootCauseReport accepted(Checked checked) {
      Answer answer = checked.answer();
      if (answer == null) {
        throw new LogSenseException(Category.DEFECT, "an answer without problems is missing");
      }
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
              new Cost(asked.modelId(), inputTokens, outputTokens, note));
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
          new Cost(asked.modelId(), inputTokens, outputTokens, why));
    }
  }

  private record Checked(@Nullable Answer answer, List<String> problems) {}

  /** Collects the parts of an analyzer. Not thread-safe. */
  public static final class Builder {
    private static final long LEAST_INPUT = 1000;

    private final LanguageModel model;
    private final Masker masker;
    private @Nullable LanguageModel smaller;
    private Set<Field> fields = EnumSet.complementOf(EnumSet.of(Field.ATTRIBUTES));
    private @Nullable SpendingCap cap;
    private @Nullable ReportCache cache;
    private @Nullable PromptLog log;
    private AuditSink audit = entry -> {};
    private String tenant = "default";
    private long mostInput = 12_000;
    private int mostOutput = 1500;
    private Duration timeout = Duration.ofMinutes(2);
    private InstantSource clock = InstantSource.system();

    private Builder(LanguageModel model, Masker masker) {
      this.model = model;
      this.masker = masker;
    }

    /** Asks {@code value} instead where the ranking of candidates has one clear answer. */
    public Builder smaller(LanguageModel value) {
      smaller = value;
      return this;
    }

    /** Sets what may be sent. Default: all but the attributes of events. */
    public Builder fields(Set<Field> allowed) {
      fields = Set.copyOf(allowed);
      return this;
    }

    /** Sets what it may cost. Default: anything. */
    public Builder cap(SpendingCap value) {
      cap = value;
      return this;
    }

    /** Keeps reports, so that a problem is asked about once in each version. */
    public Builder cache(ReportCache value) {
      cache = value;
      return this;
    }

    /** Keeps prompts and answers. */
    public Builder log(PromptLog value) {
      log = value;
      return this;
    }

    /** Tells {@code value} of all that is sent, before it is. */
    public Builder audit(AuditSink value) {
      audit = value;
      return this;
    }

    /** Sets on whose account. */
    public Builder tenant(String value) {
      tenant = value;
      return this;
    }

    /**
     * Sets about how many tokens a prompt may have, and how many an answer.
     *
     * @throws IllegalArgumentException when a prompt of that size has no room for an incident
     */
    public Builder tokens(long input, int output) {
      if (input < LEAST_INPUT + RootCausePrompt.tokens() || output < 1) {
        throw new IllegalArgumentException(
            "a prompt needs at least "
                + (LEAST_INPUT + RootCausePrompt.tokens())
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

    /** Sets the clock that audits and logs are stamped by. */
    public Builder clock(InstantSource value) {
      clock = value;
      return this;
    }

    /** The analyzer. */
    public ModelAnalyzer build() {
      return new ModelAnalyzer(this);
    }
  }
}

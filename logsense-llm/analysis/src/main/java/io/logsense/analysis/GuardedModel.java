package io.logsense.analysis;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.analysis.AuditSink;
import io.logsense.api.llm.Completion;
import io.logsense.api.llm.LanguageModel;
import io.logsense.api.llm.Prompt;
import io.logsense.api.mask.Masker;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A language model with the rules by which it may be asked: what may be sent, what it may cost, who
 * is told, and where prompts are kept. A sink or a log that fails stops the sending: what cannot be
 * noted is not sent.
 *
 * <p>One question is one attempt, for which the most that it can take is reserved: give it a model
 * that does not try again by itself, or its further attempts escape the cap. Thread-safe.
 */
public final class GuardedModel {
  private final LanguageModel model;
  private final Gate gate;
  private final Set<String> fields;
  private final @Nullable SpendingCap cap;
  private final @Nullable PromptLog log;
  private final AuditSink audit;
  private final String tenant;
  private final InstantSource clock;

  private GuardedModel(Builder b) {
    model = b.model;
    gate = new Gate(b.masker, b.fields);
    fields = b.fields.stream().map(Field::name).collect(Collectors.toUnmodifiableSet());
    cap = b.cap;
    log = b.log;
    audit = b.audit;
    tenant = b.tenant;
    clock = b.clock;
  }

  /**
   * A builder for {@code model} under rules.
   *
   * @param masker is applied to all that is sent, and to all that comes back to see whether it
   *     holds what must not be there
   */
  public static Builder builder(LanguageModel model, Masker masker) {
    return new Builder(model, masker);
  }

  /** Id of the model. */
  public String modelId() {
    return model.modelId();
  }

  Gate gate() {
    return gate;
  }

  /**
   * Asks once.
   *
   * @param topic what the prompt is about, and what is to be noted with it
   * @throws LogSenseException when there is no answer: the cap is reached, the model failed or
   *     refused, or the question could not be noted
   */
  Answered ask(Topic topic, Prompt prompt) throws InterruptedException {
    Instant now = clock.instant();
    long input = mostInput(prompt);
    SpendingCap.Reservation reserved =
        cap == null
            ? null
            : cap.reserve(tenant, topic.cluster(), modelId(), input, prompt.maxOutputTokens());
    String id = null;
    boolean sent = false;
    try {
      audit.sending(
          new AuditSink.Entry(
              now,
              tenant,
              topic.subject(),
              modelId(),
              topic.template(),
              fields,
              (int) (Tokens.atMost(prompt.system()) + Tokens.atMost(prompt.user()))));
      id = log == null ? null : log.sending(now, topic, modelId(), prompt);
      sent = true;
      Completion answer = model.complete(prompt);
      boolean told = answer.inputTokens() >= 0 && answer.outputTokens() >= 0;
      Answered answered =
          new Answered(
              answer,
              told ? answer.inputTokens() : input,
              told ? answer.outputTokens() : prompt.maxOutputTokens());
      if (reserved != null) {
        reserved.settle(answered.inputTokens(), answered.outputTokens());
      }
      if (log != null && id != null) {
        log.answered(id, now, topic, modelId(), prompt, answer, "");
      }
      if (answer.end() == Completion.End.REFUSED) {
        throw new LogSenseException(Category.EXTERNAL, "the model refused to answer");
      }
      return answered;
    } catch (LogSenseException e) {
      boolean refused = e.category() == Category.EXTERNAL || e.category() == Category.LIMIT;
      boolean taken = sent && !refused; // it may have been worked on
      if (reserved != null && !taken) {
        reserved.settle(0, 0);
      }
      if (log != null && id != null) {
        log.answered(id, now, topic, modelId(), prompt, null, String.valueOf(e.getMessage()));
      }
      throw e;
    } catch (RuntimeException e) { // of a sink, or of a model that does not keep to its contract
      if (reserved != null && !sent) {
        reserved.settle(0, 0);
      }
      throw new LogSenseException(
          Category.DEFECT, "the model, or what notes its prompts, threw " + e, e);
    }
  }

  private static long mostInput(Prompt prompt) {
    String schema = prompt.schema();
    return Tokens.atMost(prompt.system())
        + Tokens.atMost(prompt.user())
        + (schema == null ? 0 : Tokens.atMost(schema))
        + Tokens.FRAME;
  }

  /**
   * What a prompt is about.
   *
   * @param subject id of the incident, or another name for it
   * @param cluster on whose account it goes
   * @param template version of the words of the prompt
   */
  record Topic(String subject, String cluster, String template) {}

  /**
   * An answer and what it took, at most where the model does not say.
   *
   * @param completion the answer
   * @param inputTokens of the prompt
   * @param outputTokens of the answer
   */
  record Answered(Completion completion, long inputTokens, long outputTokens) {}

  /** Collects rules. Not thread-safe. */
  public static final class Builder {
    private final LanguageModel model;
    private final Masker masker;
    private Set<Field> fields = EnumSet.complementOf(EnumSet.of(Field.ATTRIBUTES));
    private @Nullable SpendingCap cap;
    private @Nullable PromptLog log;
    private AuditSink audit = entry -> {};
    private String tenant = "default";
    private InstantSource clock = InstantSource.system();

    private Builder(LanguageModel model, Masker masker) {
      this.model = model;
      this.masker = masker;
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

    /** Sets the clock that audits and logs are stamped by. */
    public Builder clock(InstantSource value) {
      clock = value;
      return this;
    }

    /** The model under these rules. */
    public GuardedModel build() {
      return new GuardedModel(this);
    }
  }
}

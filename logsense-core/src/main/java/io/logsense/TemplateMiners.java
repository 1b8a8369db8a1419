package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.template.TemplateMiner;
import io.logsense.internal.template.NamedPatterns;
import io.logsense.internal.template.SignatureTemplateMiner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Miners of message templates. */
public final class TemplateMiners {
  private static final int MOST_TEMPLATES = 500_000;

  private TemplateMiners() {}

  /** An empty miner of scheme {@code tm1} that keeps up to 10,000 templates. */
  public static TemplateMiner bySignature() {
    return builder().build();
  }

  /**
   * An empty miner of scheme {@code tm1} that keeps up to {@code maxTemplates} templates and
   * assigns what is left to the catch-all {@code <*>}.
   *
   * @param maxTemplates 1 to {@value #MOST_TEMPLATES}
   * @throws LogSenseException (usage) when {@code maxTemplates} is out of range
   */
  public static TemplateMiner bySignature(int maxTemplates) {
    return builder().maxTemplates(maxTemplates).build();
  }

  /** A builder of a miner of scheme {@code tm1}. */
  public static Builder builder() {
    return new Builder();
  }

  /** Says what a miner should know beforehand. One use, one thread. */
  public static final class Builder {
    private final Map<String, Pattern> variables = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private int maxTemplates = Limits.defaults().templates();
    private Consumer<String> onOverrun = name -> {};

    private Builder() {}

    /**
     * Sets how many templates are kept; what is left is assigned to the catch-all {@code <*>}.
     *
     * @param count 1 to {@value #MOST_TEMPLATES}; 10,000 if this is not called
     */
    public Builder maxTemplates(int count) {
      if (count < 1 || count > MOST_TEMPLATES) {
        problems.add(
            "maxTemplates is "
                + count
                + "; give 1 to "
                + MOST_TEMPLATES
                + ", or leave it out for the default");
      }
      maxTemplates = count;
      return this;
    }

    /**
     * Makes every match of {@code pattern} a variable, whatever it looks like, and a parameter of
     * that name. Patterns are searched in the order given, each between the matches of those before
     * it, in the first line of a message that is not blank. A match inside the value of a key is a
     * parameter beside that value.
     *
     * <p>The pattern may read a line 64 times on average. What a slower one leaves unread is mined
     * without it, reported to {@link #onOverrun} and logged once. With patterns, every message
     * costs a search for each of them and some allocation; without any, nothing.
     *
     * <p>{@link TemplateMiner#snapshot Snapshots} hold templates, not patterns: give a restored
     * miner the same ones. When miners with different patterns are merged nothing is lost, but a
     * message that they read differently may have a template, and an id, from each of them; the
     * miner that is merged into goes on with its own patterns.
     *
     * @param name not empty, and not given before
     */
    public Builder variable(String name, Pattern pattern) {
      if (name.isBlank()) {
        problems.add("the variable of the pattern '" + pattern + "' has no name; give one");
      }
      if (variables.put(name, Objects.requireNonNull(pattern, "pattern")) != null) {
        problems.add("the variable '" + name + "' exists already; choose another name");
      }
      return this;
    }

    /**
     * Sets who is told the name of a variable whose pattern could not finish a line; called by the
     * thread that mines.
     */
    public Builder onOverrun(Consumer<String> listener) {
      onOverrun = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * The miner, empty.
     *
     * @throws LogSenseException (usage) that lists everything that is wrong
     */
    public TemplateMiner build() {
      if (!problems.isEmpty()) {
        throw new LogSenseException(
            LogSenseException.Category.USAGE, "template miner: " + String.join("; ", problems));
      }
      return new SignatureTemplateMiner(
          maxTemplates, variables.isEmpty() ? null : new NamedPatterns(variables, onOverrun));
    }
  }
}

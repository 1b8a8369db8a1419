package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.mask.Masker;
import io.logsense.internal.mask.PatternRule;
import io.logsense.internal.mask.Rule;
import io.logsense.internal.mask.StandardMasker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Maskers of personal data and secrets. The instances are immutable and used by many threads. */
public final class Maskers {
  private static final Masker STANDARD = builder().build();

  private Maskers() {}

  /** All standard rules: one linear scan without regular expressions. */
  public static Masker standard() {
    return STANDARD;
  }

  /** A builder that starts with all standard rules. */
  public static Builder builder() {
    return new Builder();
  }

  /** Names of the standard rules, such as {@code credit-card}. */
  public static List<String> ruleNames() {
    return Arrays.stream(Rule.values()).map(Rule::configName).toList();
  }

  /** Chooses rules. One use, one thread. */
  public static final class Builder {
    private static final Pattern TOKEN = Pattern.compile("<[A-Z0-9_]{1,24}_REDACTED>");

    private final EnumSet<Rule> rules = EnumSet.allOf(Rule.class);
    private final List<UserRule> userRules = new ArrayList<>();
    private final Set<String> userNames = new HashSet<>();
    private final List<String> problems = new ArrayList<>();
    private Consumer<String> onOverrun = name -> {};
    private boolean chosen;

    private Builder() {}

    /** Keeps these standard rules only. */
    public Builder only(String... names) {
      if (chosen) {
        problems.add("only(...) was called twice");
      }
      chosen = true;
      rules.retainAll(named(names));
      return this;
    }

    /** Leaves these standard rules out. */
    public Builder without(String... names) {
      rules.removeAll(named(names));
      return this;
    }

    /**
     * Adds a rule that runs behind the standard ones.
     *
     * <p>The pattern may read a text 64 times on average; what a slower one leaves unread is hidden
     * as a whole, reported to {@link #onOverrun} and logged once. Tokens are never searched.
     *
     * @param token what to put in the place of a match, of the form {@code <NAME_REDACTED>}
     */
    public Builder rule(String name, Pattern pattern, String token) {
      if (ruleNames().contains(name) || !userNames.add(name)) {
        problems.add("the rule '" + name + "' exists already; choose another name");
      }
      if (!TOKEN.matcher(token).matches()) {
        problems.add("the token '" + token + "' of rule '" + name + "' is not <NAME_REDACTED>");
      }
      userRules.add(new UserRule(name, pattern, token));
      return this;
    }

    /** Sets who is told the name of a rule whose pattern could not finish a text. */
    public Builder onOverrun(Consumer<String> listener) {
      onOverrun = listener;
      return this;
    }

    /**
     * The masker.
     *
     * @throws LogSenseException (usage) that lists everything that is wrong
     */
    public Masker build() {
      if (!problems.isEmpty()) {
        throw new LogSenseException(
            LogSenseException.Category.USAGE, "masking: " + String.join("; ", problems));
      }
      List<PatternRule> patterns =
          userRules.stream()
              .map(rule -> new PatternRule(rule.name(), rule.pattern(), rule.token(), onOverrun))
              .toList();
      return new StandardMasker(rules, patterns);
    }

    private Set<Rule> named(String... names) {
      EnumSet<Rule> found = EnumSet.noneOf(Rule.class);
      for (String name : names) {
        Arrays.stream(Rule.values())
            .filter(rule -> rule.configName().equals(name))
            .findFirst()
            .ifPresentOrElse(
                found::add,
                () -> problems.add("no rule is called '" + name + "'; there are " + ruleNames()));
      }
      return found;
    }

    private record UserRule(String name, Pattern pattern, String token) {}
  }
}

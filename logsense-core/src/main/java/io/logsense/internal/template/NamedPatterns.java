package io.logsense.internal.template;

import io.logsense.internal.text.BudgetedSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The patterns of a user whose matches are variables of a name. Immutable, for any thread.
 *
 * <p>Patterns are searched one after the other, each between the matches of those before it and
 * within the first line of a message that is not blank, up to {@link Line#MAX_CHARS} characters.
 *
 * <p>A pattern that is slower than {@link BudgetedSearch} allows <b>fails open</b>: behind its last
 * match the line is mined without it. Each such overrun is told to a listener, the first one is
 * logged.
 */
public final class NamedPatterns {
  private static final Logger LOG = LoggerFactory.getLogger(NamedPatterns.class);

  private final List<Rule> rules;
  private final Consumer<String> onOverrun;

  private record Rule(String name, Pattern pattern, AtomicBoolean logged) {}

  /**
   * Patterns by name, in the order in which they are searched.
   *
   * @param onOverrun told the name of the pattern at every overrun, by the thread that mines
   */
  public NamedPatterns(Map<String, Pattern> patterns, Consumer<String> onOverrun) {
    rules =
        patterns.entrySet().stream()
            .map(entry -> new Rule(entry.getKey(), entry.getValue(), new AtomicBoolean()))
            .toList();
    this.onOverrun = onOverrun;
  }

  /** The matches in {@code message}; null when there are none. */
  @Nullable NamedMatches in(String message) {
    int from = Line.start(message);
    int to = Line.end(message, from);
    String line = message.substring(from, to);
    List<NamedMatches.Match> found = new ArrayList<>();
    for (Rule rule : rules) {
      found = with(rule, line, found);
    }
    if (found.isEmpty()) {
      return null;
    }
    if (Line.isCut(message, from, to)) {
      found.add(NamedMatches.rest(line.length()));
    }
    return new NamedMatches(line, from, found);
  }

  /** {@code found} and the matches of {@code rule} between them, from left to right. */
  private List<NamedMatches.Match> with(Rule rule, String line, List<NamedMatches.Match> found) {
    BudgetedSearch search = new BudgetedSearch(rule.pattern, line);
    List<NamedMatches.Match> all = new ArrayList<>();
    int from = 0;
    for (NamedMatches.Match known : found) {
      search(search, from, known.start(), rule.name, all);
      all.add(known);
      from = known.end();
    }
    search(search, from, line.length(), rule.name, all);
    if (search.isExhausted()) {
      report(rule, line.length());
    }
    return all;
  }

  private static void search(
      BudgetedSearch search, int from, int to, String name, List<NamedMatches.Match> all) {
    search.region(from, to);
    while (search.find()) {
      if (search.end() > search.start()) {
        all.add(new NamedMatches.Match(name, search.start(), search.end()));
      }
    }
  }

  private void report(Rule rule, int length) {
    if (!rule.logged.getAndSet(true)) {
      LOG.warn(
          "the pattern of the variable '{}' ({}) gave up on a line of {} characters, which is mined"
              + " without it; rewrite the pattern without nested repetition",
          rule.name,
          rule.pattern,
          length);
    }
    try {
      onOverrun.accept(rule.name);
    } catch (RuntimeException e) {
      LOG.warn("the listener for overruns of variable patterns failed", e);
    }
  }
}

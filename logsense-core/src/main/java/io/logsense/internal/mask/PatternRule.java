package io.logsense.internal.mask;

import io.logsense.internal.text.BudgetedSearch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pattern of the user and the token it leaves behind.
 *
 * <p>A pattern that is slower than {@link BudgetedSearch} allows <b>fails closed</b>: the text
 * behind its last match is replaced by the token as a whole, because it may hold what the pattern
 * was meant to hide. Each such overrun is counted, the first one is logged. The rule is never
 * switched off: that would let secrets through, and the result would depend on the order in which
 * threads came.
 */
public final class PatternRule {
  private static final Logger LOG = LoggerFactory.getLogger(PatternRule.class);

  private final String name;
  private final Pattern pattern;
  private final String token;
  private final Consumer<String> onOverrun;
  private final AtomicLong overruns = new AtomicLong();

  /**
   * A rule.
   *
   * @param onOverrun told the name of the rule at every overrun
   */
  public PatternRule(String name, Pattern pattern, String token, Consumer<String> onOverrun) {
    this.name = name;
    this.pattern = pattern;
    this.token = token;
    this.onOverrun = onOverrun;
  }

  /** How many texts the pattern could not finish. */
  long overruns() {
    return overruns.get();
  }

  /** The text with the token for every match; the same instance without a match. */
  String apply(String text) {
    BudgetedSearch search = new BudgetedSearch(pattern, text);
    StringBuilder out = new StringBuilder(0);
    int copied = 0;
    int from = 0;
    while (from < text.length()) {
      int to = tokenStart(text, from);
      search.region(from, to);
      while (search.find()) {
        if (search.end() > search.start()) {
          out.append(text, copied, search.start()).append(token);
          copied = search.end();
        }
      }
      if (search.isExhausted()) {
        report(text.length());
        return out.append(token).toString();
      }
      from = tokenEnd(text, to);
    }
    return copied == 0 ? text : out.append(text, copied, text.length()).toString();
  }

  /** Where the next token begins: tokens are never searched. */
  private static int tokenStart(String text, int from) {
    int i = text.indexOf('<', from);
    while (i >= 0 && !Chars.isToken(text, i)) {
      i = text.indexOf('<', i + 1);
    }
    return i < 0 ? text.length() : i;
  }

  private static int tokenEnd(String text, int tokenStart) {
    int end = text.indexOf('>', tokenStart);
    return end < 0 ? text.length() : end + 1;
  }

  private void report(int length) {
    if (overruns.getAndIncrement() == 0) {
      LOG.warn(
          "masking rule '{}' ({}) gave up on a text of {} characters, which is now hidden behind {};"
              + " rewrite the pattern without nested repetition",
          name,
          pattern,
          length,
          token);
    }
    try {
      onOverrun.accept(name);
    } catch (RuntimeException e) {
      LOG.warn("the listener for overruns of masking rules failed", e);
    }
  }
}

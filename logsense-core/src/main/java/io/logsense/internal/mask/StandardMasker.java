package io.logsense.internal.mask;

import io.logsense.api.mask.Masker;
import java.util.List;
import java.util.Set;

/**
 * The standard rules in one scan from left to right, then the patterns of the user.
 *
 * <p>Where two rules would hide the same characters, the one that is noticed first wins. The time
 * is linear in the text. Nothing is allocated for a text without findings.
 *
 * <p>Masking twice is the same as masking once: where a token might let a rule succeed that failed
 * before, because it ends a word that went on, the masked text is masked again until nothing more
 * is found.
 */
public final class StandardMasker implements Masker {
  private static final int PASSES = 8;

  private final TriggerScan scan;
  private final PatternRule[] patterns;

  /** A masker that applies {@code rules} and then {@code patterns} in their order. */
  public StandardMasker(Set<Rule> rules, List<PatternRule> patterns) {
    this.scan = new TriggerScan(rules);
    this.patterns = patterns.toArray(new PatternRule[0]);
  }

  @Override
  public String mask(String text) {
    if (text.length() > Span.MAX_TEXT) {
      return mask(text.substring(0, Span.MAX_TEXT));
    }
    String masked = text;
    boolean settled = false;
    for (int pass = 0; pass < PASSES && !settled; pass++) {
      settled = true;
      long span = scan.next(masked, 0);
      if (span != Span.NONE) {
        MaskedText out = new MaskedText(masked);
        while (span != Span.NONE) {
          settled &= Span.isSettled(span);
          out.replace(span);
          span = scan.next(masked, Span.end(span));
        }
        masked = out.finish();
      }
      for (PatternRule pattern : patterns) {
        String next = pattern.apply(masked);
        settled &= next.equals(masked);
        masked = next;
      }
    }
    return masked;
  }
}

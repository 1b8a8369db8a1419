package io.logsense.api.mask;

/**
 * Takes personal data and secrets out of text. Implemented by plugins; used by many threads.
 *
 * <p>Idempotent and linear in its input.
 */
@FunctionalInterface
public interface Masker {
  /**
   * The text with tokens such as {@code <EMAIL_REDACTED>}; the same instance if nothing changed.
   */
  String mask(String text);
}

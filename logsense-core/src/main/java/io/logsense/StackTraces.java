package io.logsense;

import io.logsense.api.stack.StackTraceExtractor;
import io.logsense.internal.stack.TextStackTraceExtractor;

/**
 * Stack traces out of text, of Java and other JVM languages, Python, JavaScript, Go, .NET, Ruby,
 * PHP and Rust.
 */
public final class StackTraces {
  private static final StackTraceExtractor EXTRACTOR = new TextStackTraceExtractor();

  private StackTraces() {}

  /** The extractor for all languages; stateless, for many threads. */
  public static StackTraceExtractor extractor() {
    return EXTRACTOR;
  }
}

package io.logsense.api.stack;

import io.logsense.api.event.StackTrace;
import java.util.List;

/**
 * Finds stack traces in text. Implemented by plugins; instances are stateless and used by many
 * threads. Linear in its input; never throws on malformed bytes.
 */
@FunctionalInterface
public interface StackTraceExtractor {
  /**
   * The stack traces in a text of one or more lines, in order; empty when there are none.
   *
   * @param text UTF-8 or any superset of ASCII
   * @param offset first byte
   * @param length number of bytes
   */
  List<StackTrace> extract(byte[] text, int offset, int length);
}

package io.logsense.internal.stack;

import io.logsense.api.event.StackTrace;
import io.logsense.api.stack.StackTraceExtractor;
import java.util.List;

/**
 * Finds the stack traces of all supported languages in a text and parses them.
 *
 * <p>Uses the same state machine as {@link RecordAssembler}, so the two agree on what a trace is. A
 * text without a trace costs one pass and no more than a few small objects. Frames that were read
 * before are the same objects, whichever text they come from.
 */
public final class TextStackTraceExtractor implements StackTraceExtractor {
  private final LineMemo memo = new LineMemo();

  /** A stack trace extractor. */
  public TextStackTraceExtractor() {}

  @Override
  public List<StackTrace> extract(byte[] text, int offset, int length) {
    return new TraceWalk(memo, text, offset, offset + length, 0).run();
  }
}

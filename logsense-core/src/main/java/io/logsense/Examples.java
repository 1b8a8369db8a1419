package io.logsense;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts events down to what an example may hold, so that a group's memory is bounded. */
final class Examples {
  private static final int MAX_FRAMES = 64;
  private static final int MAX_THROWABLES = 8;
  private static final int MAX_ATTRIBUTES = 32;
  private static final int MAX_LINE = 240;

  private Examples() {}

  static LogEvent trim(LogEvent event, Limits limits) {
    int chars = limits.exampleChars();
    LogEvent.Builder out = event.toBuilder().message(cut(event.message(), chars));
    if (event.exception() != null) {
      out.exception(trim(event.exception(), chars));
    }
    if (!event.attributes().isEmpty()) {
      out.clearAttributes();
      event.attributes().entrySet().stream()
          .limit(MAX_ATTRIBUTES)
          .forEach(e -> out.attribute(cut(e.getKey(), MAX_LINE), cut(e.getValue(), MAX_LINE)));
    }
    return out.build();
  }

  /** The first line of a text, cut to what fits in a title. */
  static String line(String text) {
    int end = text.indexOf('\n');
    return cut((end < 0 ? text : text.substring(0, end)).strip(), MAX_LINE);
  }

  static String cut(String text, int chars) {
    if (text.length() <= chars) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(chars - 1)) ? chars - 1 : chars;
    return text.substring(0, end) + '…';
  }

  private static StackTrace trim(StackTrace trace, int chars) {
    Budget budget = new Budget();
    ThrownError error = trim(trace.error(), chars, budget);
    return error.equals(trace.error())
        ? trace
        : new StackTrace(
            trace.language(),
            error,
            trace.firstLine(),
            trace.lines(),
            trace.truncated() || budget.cut);
  }

  private static ThrownError trim(ThrownError error, int chars, Budget budget) {
    budget.throwables--;
    List<StackFrame> frames = error.frames();
    if (frames.size() > MAX_FRAMES) {
      frames = frames.subList(0, MAX_FRAMES);
      budget.cut = true;
    }
    ThrownError cause = null;
    if (error.cause() != null) {
      cause = budget.take() ? trim(error.cause(), chars, budget) : null;
    }
    List<ThrownError> suppressed = new ArrayList<>();
    for (ThrownError other : error.suppressed()) {
      if (budget.take()) {
        suppressed.add(trim(other, chars, budget));
      }
    }
    ThrownError trimmed =
        new ThrownError(
            cut(error.type(), MAX_LINE),
            cutOrNull(error.message(), chars),
            frames,
            error.framesInCommon(),
            cause,
            suppressed);
    return trimmed.equals(error) ? error : trimmed;
  }

  private static @Nullable String cutOrNull(@Nullable String text, int chars) {
    return text == null ? null : cut(text, chars);
  }

  private static final class Budget {
    private int throwables = MAX_THROWABLES;
    private boolean cut;

    boolean take() {
      if (throwables > 0) {
        return true;
      }
      cut = true;
      return false;
    }
  }
}

package io.logsense;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.SourcePosition;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import io.logsense.api.fingerprint.Fingerprinter;
import io.logsense.api.fingerprint.StackFingerprint;
import io.logsense.api.mask.Masker;
import io.logsense.api.parse.LogParser;
import io.logsense.api.source.DeadLetter;
import io.logsense.api.stack.StackTraceExtractor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The stages that need no memory of other records: parse, extract the stack trace, mask,
 * fingerprint. Used by many threads.
 *
 * <p>The order matters: no text leaves this class unmasked. Trace ids, versions, commits and the
 * names of attributes are left as they are.
 */
// A masker answers with the same instance when nothing changed, and so does mask() here.
@SuppressWarnings("ReferenceEquality")
final class RecordStage {
  /** The attribute that marks an event whose record a limit cut short. */
  static final String TRUNCATED = "logsense.truncated";

  private static final int MAX_CHAIN = 64;

  private final StackTraceExtractor extractor;
  private final Masker masker;
  private final MaskedNames names;
  private final Fingerprinter fingerprinter;
  private final @Nullable Fingerprinter earlier;

  /**
   * The stage.
   *
   * @param earlier the scheme that is being replaced; null without one
   */
  RecordStage(
      StackTraceExtractor extractor,
      Masker masker,
      Fingerprinter fingerprinter,
      @Nullable Fingerprinter earlier) {
    this.extractor = extractor;
    this.masker = masker;
    this.names = new MaskedNames(masker);
    this.fingerprinter = fingerprinter;
    this.earlier = earlier;
  }

  /**
   * An event or a dead letter.
   *
   * @param time what the source says of the record's time, for records that state none
   * @param truncated whether a limit cut the record short
   * @param labels what its source says of all records, {@linkplain #mask(Map) masked}
   */
  Prepared prepare(
      LogParser parser,
      byte[] buffer,
      int offset,
      int length,
      SourcePosition position,
      long time,
      boolean truncated,
      Map<String, String> labels) {
    if (!TextCheck.isText(buffer, offset, length)) {
      String excerpt = masker.mask(TextCheck.excerpt(buffer, offset, length));
      DeadLetter dead = new DeadLetter(position, "binary data, not text", excerpt);
      return new Prepared(position, null, null, null, dead);
    }
    LogEvent.Builder out = LogEvent.builder();
    int head = headEnd(buffer, offset, length, parser.headLines());
    if (!parser.parse(buffer, offset, head, out)) {
      out.reset().message(TextCheck.decode(buffer, offset, head));
    }
    if (out.timestamp() == LogEvent.NO_TIMESTAMP) {
      out.timestamp(time);
    }
    if (head < length) {
      out.message(
          out.message() + TextCheck.decode(buffer, offset + head, length - head).stripTrailing());
    }
    if (truncated) {
      out.attribute(TRUNCATED, "true");
    }
    return prepare(out.position(position), extract(out), position, labels);
  }

  /** What the source of some records says of all of them, as it may be shown. */
  Map<String, String> mask(Map<String, String> labels) {
    Map<String, String> masked = new TreeMap<>();
    labels.forEach(
        (name, value) -> masked.put(name, name.equals("version") ? value : maskValue(name, value)));
    return masked;
  }

  /** An event that is no text any more. */
  Prepared prepare(LogEvent event) {
    LogEvent.Builder out = event.toBuilder();
    StackTrace trace = event.exception() == null ? extract(out) : event.exception();
    return prepare(out, trace, event.position(), Map.of());
  }

  private Prepared prepare(
      LogEvent.Builder out,
      @Nullable StackTrace trace,
      SourcePosition position,
      Map<String, String> labels) {
    mask(out, trace);
    if (!labels.isEmpty()) {
      labels.forEach((name, value) -> fill(out, name, value));
    }
    LogEvent event = out.build();
    StackTrace masked = event.exception();
    if (masked == null) {
      return new Prepared(position, event, null, null, null);
    }
    StackFingerprint print = fingerprinter.fingerprint(masked);
    StackFingerprint former = earlier == null ? null : earlier.fingerprint(masked);
    return new Prepared(position, event, print, former, null);
  }

  /** Adds what the record itself does not say. */
  private static void fill(LogEvent.Builder out, String name, String value) {
    switch (name) {
      case "service" -> out.service(out.service().isEmpty() ? value : out.service());
      case "environment" ->
          out.environment(out.environment().isEmpty() ? value : out.environment());
      case "version" -> out.version(out.version().isEmpty() ? value : out.version());
      default -> out.attributeIfAbsent(name, value);
    }
  }

  private static int headEnd(byte[] buffer, int offset, int length, int lines) {
    int end = 0;
    for (int left = lines; end < length; end++) {
      if (buffer[offset + end] == '\n' && --left == 0) {
        break;
      }
    }
    return end;
  }

  /**
   * Takes the first stack trace out of the field that carries it, or else out of the message, which
   * then keeps the lines around it.
   */
  private @Nullable StackTrace extract(LogEvent.Builder out) {
    if (!out.stackText().isEmpty()) {
      List<StackTrace> traces = traces(out.stackText());
      if (!traces.isEmpty()) {
        return traces.get(0);
      }
    }
    String text = out.message();
    if (text.indexOf('\n') < 0 && !text.contains("\\n")) {
      return null;
    }
    List<StackTrace> traces = traces(text);
    StackTrace trace = traces.isEmpty() ? BareThrowable.find(text) : traces.get(0);
    if (trace == null) {
      return null;
    }
    out.message(around(text, trace));
    return trace;
  }

  private List<StackTrace> traces(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return extractor.extract(bytes, 0, bytes.length);
  }

  private static String around(String text, StackTrace trace) {
    String[] lines = text.split("\n", -1);
    StringBuilder rest = new StringBuilder();
    // A trace that begins in the first line shares it with the message.
    int keep = Math.max(1, trace.firstLine());
    for (int i = 0; i < lines.length; i++) {
      if (i < keep || i >= trace.firstLine() + trace.lines()) {
        rest.append(rest.length() > 0 ? "\n" : "").append(lines[i]);
      }
    }
    return rest.toString().stripTrailing();
  }

  private void mask(LogEvent.Builder out, @Nullable StackTrace trace) {
    out.message(masker.mask(out.message()))
        .logger(names.mask(out.logger()))
        .thread(names.mask(out.thread()))
        .service(names.mask(out.service()))
        .environment(names.mask(out.environment()))
        .requestId(masker.mask(out.requestId()))
        .replaceAttributes(this::maskValue);
    if (trace != null) {
      ThrownError error = mask(trace.error(), 0);
      out.exception(
          error == trace.error()
              ? trace
              : new StackTrace(
                  trace.language(), error, trace.firstLine(), trace.lines(), trace.truncated()));
    }
  }

  /**
   * Masks with the key in sight, so that {@code password} hides whatever its value looks like; in
   * quotes, so that it hides all of it.
   */
  private String maskValue(String key, String value) {
    String front = key + (value.indexOf('"') < 0 ? "=\"" : "='");
    String pair = front + value + front.charAt(front.length() - 1);
    String masked = masker.mask(pair);
    boolean hidden = !masked.equals(pair) && masked.startsWith(front);
    return hidden ? masked.substring(front.length(), masked.length() - 1) : masker.mask(value);
  }

  private ThrownError mask(ThrownError error, int depth) {
    if (depth >= MAX_CHAIN) {
      return new ThrownError(error.type(), null, error.frames(), 0, null, List.of());
    }
    String message = error.message() == null ? null : masker.mask(error.message());
    ThrownError cause = error.cause() == null ? null : mask(error.cause(), depth + 1);
    List<ThrownError> suppressed = new ArrayList<>(error.suppressed().size());
    boolean changed = message != error.message() || cause != error.cause();
    for (ThrownError other : error.suppressed()) {
      ThrownError masked = mask(other, depth + 1);
      changed |= masked != other;
      suppressed.add(masked);
    }
    return changed
        ? new ThrownError(
            error.type(), message, error.frames(), error.framesInCommon(), cause, suppressed)
        : error;
  }
}

package io.logsense.opentelemetry;

import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import io.logsense.api.finding.Finding;
import io.logsense.api.group.Group;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.context.Context;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records each finding as an event {@value #EVENT} with everything that is known of it, and counts
 * it in {@value #COUNTER} by kind, severity and type of exception.
 *
 * <pre>{@code
 * LogSense.builder().onFinding(new FindingRecorder(openTelemetry))
 * }</pre>
 *
 * <p>Both are recorded in the trace of the latest example event that names one, so that the event
 * and the counter's exemplar lead to a request that failed. Attributes have the names of the
 * semantic conventions where there is one ({@code exception.type}, {@code code.function.name}) and
 * begin with {@code logsense.} else. Thread-safe.
 */
public final class FindingRecorder implements Consumer<Finding> {
  static final String EVENT = "logsense.finding";
  static final String COUNTER = "logsense.findings.reported";

  private static final AttributeKey<String> KIND = stringKey("logsense.finding.kind");
  private static final AttributeKey<String> SEVERITY = stringKey("logsense.finding.severity");
  private static final AttributeKey<String> WHAT = stringKey("logsense.finding.what");
  private static final AttributeKey<Double> OBSERVED = doubleKey("logsense.finding.observed");
  private static final AttributeKey<Double> HIGH = doubleKey("logsense.finding.expected.high");
  private static final AttributeKey<String> FINGERPRINT = stringKey("logsense.fingerprint");
  private static final AttributeKey<String> TEMPLATE = stringKey("logsense.template");
  private static final AttributeKey<Long> COUNT = longKey("logsense.group.count");
  private static final AttributeKey<String> EXCEPTION_TYPE = stringKey("exception.type");
  private static final AttributeKey<String> EXCEPTION_MESSAGE = stringKey("exception.message");
  private static final AttributeKey<String> FUNCTION = stringKey("code.function.name");
  private static final AttributeKey<String> FILE = stringKey("code.file.path");
  private static final AttributeKey<Long> LINE = longKey("code.line.number");
  private static final AttributeKey<String> VERSION = stringKey("service.version");

  private final Logger logger;
  private final LongCounter counter;

  /** Records to the logger and the meter of {@code telemetry} that are named after LogSense. */
  public FindingRecorder(OpenTelemetry telemetry) {
    logger = telemetry.getLogsBridge().get("io.logsense");
    counter =
        telemetry
            .getMeter("io.logsense")
            .counterBuilder(COUNTER)
            .setUnit("{finding}")
            .setDescription("Findings by kind, severity and type of exception.")
            .build();
  }

  @Override
  public void accept(Finding finding) {
    Context context = EventTrace.of(finding.group().examples());
    counter.add(1, countedBy(finding), context);
    LogRecordBuilder record =
        logger
            .logRecordBuilder()
            .setEventName(EVENT)
            .setContext(context)
            .setSeverity(severity(finding))
            .setBody(finding.summary())
            .setAllAttributes(facts(finding));
    if (finding.time() != LogEvent.NO_TIMESTAMP) {
      record.setTimestamp(finding.time(), TimeUnit.NANOSECONDS);
    }
    record.emit();
  }

  private static Attributes countedBy(Finding finding) {
    AttributesBuilder out =
        Attributes.builder()
            .put(KIND, lowerCase(finding.kind()))
            .put(SEVERITY, lowerCase(finding.severity()));
    StackTrace trace = finding.group().representative().exception();
    if (trace != null) {
      put(out, EXCEPTION_TYPE, trace.error().type());
    }
    return out.build();
  }

  private static Attributes facts(Finding finding) {
    Group group = finding.group();
    AttributesBuilder out =
        countedBy(finding).toBuilder()
            .put(FINGERPRINT, group.id())
            .put(TEMPLATE, group.template())
            .put(COUNT, group.count())
            .put(OBSERVED, finding.observed());
    put(out, WHAT, finding.what());
    put(out, VERSION, finding.version());
    if (Double.isFinite(finding.high())) {
      out.put(HIGH, finding.high());
    }
    StackTrace trace = group.representative().exception();
    if (trace != null) {
      put(out, EXCEPTION_MESSAGE, trace.error().message());
      where(trace.error(), group.location()).ifPresent(frame -> put(out, frame));
    }
    return out.build();
  }

  /** The frame that the group was located at, of whichever throwable of the chain. */
  private static Optional<StackFrame> where(ThrownError outermost, String location) {
    for (ThrownError error = outermost; error != null; error = error.cause()) {
      for (StackFrame frame : error.frames()) {
        if (frame.toString().equals(location)) {
          return Optional.of(frame);
        }
      }
    }
    return Optional.empty();
  }

  private static void put(AttributesBuilder out, StackFrame frame) {
    String type = frame.className();
    put(out, FUNCTION, type.isEmpty() ? frame.method() : type + "." + frame.method());
    put(out, FILE, frame.file());
    if (frame.line() >= 0) {
      out.put(LINE, frame.line());
    }
  }

  private static void put(AttributesBuilder out, AttributeKey<String> key, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      out.put(key, text);
    }
  }

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static Severity severity(Finding finding) {
    return switch (finding.severity()) {
      case LOW -> Severity.INFO;
      case MEDIUM -> Severity.WARN;
      case HIGH -> Severity.ERROR;
      case CRITICAL -> Severity.ERROR4;
    };
  }
}

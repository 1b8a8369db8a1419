package io.logsense.internal.purge;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.SourcePosition;
import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import io.logsense.api.group.Group;
import io.logsense.api.purge.Subject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events and groups without a subject. What does not mention it comes back as the same instance.
 * Ids and counts stay: they name nobody, and they say what happened.
 */
public final class Redaction {
  private final Subject subject;

  /** Of that subject. */
  public Redaction(Subject subject) {
    this.subject = subject;
  }

  /** Whether any field of an event mentions it. */
  public boolean isIn(LogEvent event) {
    return !event(event).equals(event);
  }

  /** An event whose texts do not mention it. */
  public LogEvent event(LogEvent event) {
    SourcePosition at = event.position();
    LogEvent.Builder out =
        event.toBuilder()
            .service(subject.redact(event.service()))
            .environment(subject.redact(event.environment()))
            .version(subject.redact(event.version()))
            .commit(subject.redact(event.commit()))
            .logger(subject.redact(event.logger()))
            .thread(subject.redact(event.thread()))
            .message(subject.redact(event.message()))
            .traceId(subject.redact(event.traceId()))
            .requestId(subject.redact(event.requestId()))
            .clearAttributes()
            .position(
                new SourcePosition(
                    subject.redact(at.source()), at.offset(), at.line(), at.lines()));
    event
        .attributes()
        .forEach((name, value) -> out.attribute(subject.redact(name), subject.redact(value)));
    StackTrace trace = event.exception();
    if (trace != null) {
      out.exception(
          new StackTrace(
              trace.language(),
              error(trace.error()),
              trace.firstLine(),
              trace.lines(),
              trace.truncated()));
    }
    LogEvent redacted = out.build();
    return redacted.equals(event) ? event : redacted;
  }

  private ThrownError error(ThrownError error) {
    ThrownError cause = error.cause();
    return new ThrownError(
        subject.redact(error.type()),
        orNull(error.message()),
        error.frames().stream().map(this::frame).toList(),
        error.framesInCommon(),
        cause == null ? null : error(cause),
        error.suppressed().stream().map(this::error).toList());
  }

  private StackFrame frame(StackFrame frame) {
    return new StackFrame(
        subject.redact(frame.className()),
        subject.redact(frame.method()),
        orNull(frame.file()),
        frame.line());
  }

  private @Nullable String orNull(@Nullable String text) {
    return text == null ? null : subject.redact(text);
  }

  /** A group without examples that mention it; of the only one the words go. */
  public Group group(Group group) {
    List<LogEvent> examples = examples(group.examples());
    String title = subject.redact(group.title());
    String template = subject.redact(group.template());
    String location = subject.redact(group.location());
    Map<String, Long> services = counts(group.services());
    Map<String, Long> environments = counts(group.environments());
    Map<String, Long> versions = counts(group.versions());
    boolean same =
        examples.equals(group.examples())
            && title.equals(group.title())
            && template.equals(group.template())
            && location.equals(group.location())
            && services.equals(group.services())
            && environments.equals(group.environments())
            && versions.equals(group.versions());
    return same
        ? group
        : group.toBuilder()
            .words(title, template, location)
            .origins(services, environments, versions)
            .examples(examples)
            .build();
  }

  /** The examples that do not mention it; when all do, the first one in other words. */
  public List<LogEvent> examples(List<LogEvent> examples) {
    List<LogEvent> clean = examples.stream().filter(example -> !isIn(example)).toList();
    return clean.isEmpty() ? List.of(event(examples.get(0))) : clean;
  }

  private Map<String, Long> counts(Map<String, Long> counts) {
    Map<String, Long> redacted = new LinkedHashMap<>();
    counts.forEach((name, count) -> redacted.merge(subject.redact(name), count, Long::sum));
    return redacted;
  }
}

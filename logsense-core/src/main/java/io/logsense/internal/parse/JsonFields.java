package io.logsense.internal.parse;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the fields of JSON logs mean, for all dialects at once: dotted path to {@link Meaning}. */
final class JsonFields {
  /** What a field says. */
  enum Meaning {
    TIMESTAMP,
    SEVERITY,
    MESSAGE,
    TEMPLATE_MESSAGE,
    LOGGER,
    THREAD,
    SERVICE,
    ENVIRONMENT,
    VERSION,
    COMMIT,
    TRACE_ID,
    REQUEST_ID,
    STACK,
    ERROR_TYPE,
    ERROR_MESSAGE,
    IGNORED
  }

  private static final Map<String, Meaning> MEANINGS = new HashMap<>();

  static {
    put(Meaning.TIMESTAMP, "@timestamp", "timestamp", "time", "ts", "@t", "datetime", "date");
    put(Meaning.TIMESTAMP, "instant.epochsecond", "timemillis", "eventtime", "timestampmillis");
    put(
        Meaning.TIMESTAMP,
        "asctime",
        "created",
        "timestampseconds",
        "written_at",
        "logtime",
        "log_time",
        "t");
    put(Meaning.SEVERITY, "level", "severity", "log.level", "loglevel", "levelname", "lvl", "@l");
    put(Meaning.SEVERITY, "severitytext", "severity_text", "log_level", "priority", "log_severity");
    put(Meaning.SEVERITY, "levelname", "level_name", "s");
    put(Meaning.MESSAGE, "message", "msg", "short_message", "body", "@m", "event", "textpayload");
    put(Meaning.MESSAGE, "jsonpayload.message", "log", "@message", "text", "renderedmessage");
    put(Meaning.MESSAGE, "message.message", "fields.message", "data.message", "msg_text");
    put(Meaning.TEMPLATE_MESSAGE, "@mt", "messagetemplate");
    put(Meaning.LOGGER, "logger_name", "logger", "log.logger", "loggername", "_loggername", "name");
    put(Meaning.LOGGER, "_logger", "category", "sourcecontext", "scope.name", "target", "module");
    put(Meaning.LOGGER, "properties.sourcecontext", "instrumentation_scope.name", "component");
    put(
        Meaning.THREAD,
        "thread_name",
        "thread",
        "process.thread.name",
        "_threadname",
        "threadname");
    put(Meaning.THREAD, "_thread", "_thread_name", "thread.name");
    put(
        Meaning.SERVICE,
        "service",
        "service.name",
        "_service",
        "service_name",
        "servicename",
        "app");
    put(
        Meaning.SERVICE,
        "application",
        "app_name",
        "appname",
        "_app",
        "dd.service",
        "_service_name");
    put(Meaning.SERVICE, "application_name", "applicationname", "resource.service.name");
    put(Meaning.ENVIRONMENT, "environment", "env", "service.environment", "deployment.environment");
    put(Meaning.ENVIRONMENT, "dd.env", "deployment.environment.name", "_environment", "_env");
    put(Meaning.VERSION, "service.version", "app_version", "dd.version", "_service_version");
    put(Meaning.VERSION, "service_version", "appversion", "application_version");
    put(Meaning.COMMIT, "commit", "git.commit.id", "git_commit", "git.commit", "vcs.revision");
    put(
        Meaning.COMMIT,
        "git.sha",
        "git_sha",
        "commit_sha",
        "git.commit.sha",
        "vcs.ref.head.revision");
    put(
        Meaning.TRACE_ID,
        "trace.id",
        "traceid",
        "trace_id",
        "dd.trace_id",
        "_traceid",
        "x-b3-traceid");
    put(
        Meaning.TRACE_ID,
        "mdc.traceid",
        "contextmap.traceid",
        "context.traceid",
        "@tr",
        "_trace_id");
    put(
        Meaning.REQUEST_ID,
        "request_id",
        "requestid",
        "http.request.id",
        "reqid",
        "req.id",
        "req_id");
    put(
        Meaning.REQUEST_ID,
        "correlation_id",
        "correlationid",
        "mdc.requestid",
        "contextmap.requestid");
    put(Meaning.REQUEST_ID, "_requestid", "_request_id", "x-request-id", "context.requestid");
    put(Meaning.STACK, "stack_trace", "error.stack_trace", "exception.stacktrace", "stacktrace");
    put(Meaning.STACK, "full_message", "thrown", "exception", "throwable", "exc_info", "err.stack");
    put(Meaning.STACK, "error.stack", "exception.stack_trace", "@x", "stack", "stacktrace_text");
    put(
        Meaning.STACK,
        "thrown.extendedstacktrace",
        "thrown.stacktrace",
        "_exception",
        "_stack_trace");
    put(Meaning.STACK, "exception.stack", "throwable.stacktrace", "error_stack", "traceback");
    put(
        Meaning.STACK,
        "jsonpayload.stack_trace",
        "exception_stacktrace",
        "_stacktrace",
        "error.stacktrace");
    put(
        Meaning.ERROR_TYPE,
        "error.type",
        "exception.type",
        "exception.exception_class",
        "thrown.name");
    put(Meaning.ERROR_TYPE, "exception.class", "err.type", "exception.classname", "exception.name");
    put(Meaning.ERROR_TYPE, "throwable.classname", "error.class", "error.kind");
    put(Meaning.ERROR_MESSAGE, "error.message", "exception.message", "exception.exception_message");
    put(
        Meaning.ERROR_MESSAGE,
        "thrown.message",
        "err.message",
        "throwable.message",
        "thrown.localizedmessage");
    put(
        Meaning.IGNORED,
        "@version",
        "level_value",
        "ecs.version",
        "endofbatch",
        "threadpriority",
        "v");
    put(Meaning.IGNORED, "loggerfqcn", "sequencenumber", "_sequencenumber");
  }

  private JsonFields() {}

  private static void put(Meaning meaning, String... paths) {
    for (String path : paths) {
      MEANINGS.put(path, meaning);
    }
  }

  /** What the field at {@code path} means; null when it is an attribute. */
  static @Nullable Meaning of(String path) {
    Meaning meaning = MEANINGS.get(path);
    if (meaning != null) {
      return meaning;
    }
    String lower = path.toLowerCase(Locale.ROOT);
    meaning = MEANINGS.get(lower);
    int dot = lower.lastIndexOf('.');
    // Contexts have many names; the ids in them are called alike.
    Meaning inner = meaning == null && dot > 0 ? MEANINGS.get(lower.substring(dot + 1)) : null;
    return inner == Meaning.TRACE_ID || inner == Meaning.REQUEST_ID ? inner : meaning;
  }
}

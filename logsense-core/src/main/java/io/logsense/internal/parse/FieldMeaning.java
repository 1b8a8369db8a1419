package io.logsense.internal.parse;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the fields of structured logs say, found by dotted path, for all dialects at once. */
enum FieldMeaning {
  TIMESTAMP,
  /** The nanoseconds that the timestamp leaves out. */
  FRACTION,
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
  IGNORED;

  /** What Google's log entries wrap structured logs of any dialect in. */
  private static final String GOOGLE_PAYLOAD = "jsonpayload.";

  private static final Map<String, FieldMeaning> MEANINGS = new HashMap<>();

  static {
    put(TIMESTAMP, "@timestamp", "timestamp", "time", "ts", "@t", "datetime", "date");
    put(TIMESTAMP, "instant.epochsecond", "timemillis", "eventtime", "timestampmillis");
    put(
        TIMESTAMP,
        "asctime",
        "created",
        "timestampseconds",
        "written_at",
        "logtime",
        "log_time",
        "t");
    put(SEVERITY, "level", "severity", "log.level", "loglevel", "levelname", "lvl", "@l");
    put(SEVERITY, "severitytext", "severity_text", "log_level", "priority", "log_severity");
    put(SEVERITY, "levelname", "level_name", "s");
    put(MESSAGE, "message", "msg", "short_message", "body", "@m", "event", "textpayload");
    put(MESSAGE, "log", "@message", "text", "renderedmessage");
    put(MESSAGE, "message.message", "fields.message", "data.message", "msg_text");
    put(TEMPLATE_MESSAGE, "@mt", "messagetemplate");
    put(LOGGER, "logger_name", "logger", "log.logger", "loggername", "_loggername", "name");
    put(LOGGER, "_logger", "category", "sourcecontext", "scope.name", "target", "module");
    put(
        LOGGER,
        "properties.sourcecontext",
        "instrumentation_scope.name",
        "component",
        "logger.name");
    put(THREAD, "thread_name", "thread", "process.thread.name", "_threadname", "threadname");
    put(THREAD, "_thread", "_thread_name", "thread.name", "logger.thread_name");
    put(SERVICE, "service", "service.name", "_service", "service_name", "servicename", "app");
    put(SERVICE, "application", "app_name", "appname", "_app", "dd.service", "_service_name");
    put(SERVICE, "application_name", "applicationname", "resource.service.name");
    put(SERVICE, "resource.labels.service_name", "resource.labels.container_name");
    put(SERVICE, "resource.labels.function_name", "resource.labels.module_id");
    put(ENVIRONMENT, "environment", "env", "service.environment", "deployment.environment");
    put(ENVIRONMENT, "dd.env", "deployment.environment.name", "_environment", "_env");
    put(VERSION, "service.version", "app_version", "dd.version", "_service_version");
    put(VERSION, "service_version", "appversion", "application_version");
    put(COMMIT, "commit", "git.commit.id", "git_commit", "git.commit", "vcs.revision");
    put(COMMIT, "git.sha", "git_sha", "commit_sha", "git.commit.sha", "vcs.ref.head.revision");
    put(TRACE_ID, "trace.id", "traceid", "trace_id", "dd.trace_id", "_traceid", "x-b3-traceid");
    put(TRACE_ID, "mdc.traceid", "contextmap.traceid", "context.traceid", "@tr", "_trace_id");
    put(REQUEST_ID, "request_id", "requestid", "http.request.id", "reqid", "req.id", "req_id");
    put(REQUEST_ID, "correlation_id", "correlationid", "mdc.requestid", "contextmap.requestid");
    put(REQUEST_ID, "_requestid", "_request_id", "x-request-id", "context.requestid");
    put(STACK, "stack_trace", "error.stack_trace", "exception.stacktrace", "stacktrace");
    put(STACK, "full_message", "thrown", "exception", "throwable", "exc_info", "err.stack");
    put(STACK, "error.stack", "exception.stack_trace", "@x", "stack", "stacktrace_text");
    put(STACK, "thrown.extendedstacktrace", "thrown.stacktrace", "_exception", "_stack_trace");
    put(STACK, "exception.stack", "throwable.stacktrace", "error_stack", "traceback");
    put(STACK, "exception_stacktrace", "_stacktrace", "error.stacktrace");
    put(ERROR_TYPE, "error.type", "exception.type", "exception.exception_class", "thrown.name");
    put(ERROR_TYPE, "exception.class", "err.type", "exception.classname", "exception.name");
    put(ERROR_TYPE, "throwable.classname", "error.class", "error.kind");
    put(ERROR_MESSAGE, "error.message", "exception.message", "exception.exception_message");
    put(
        ERROR_MESSAGE,
        "thrown.message",
        "err.message",
        "throwable.message",
        "thrown.localizedmessage");
    put(IGNORED, "@version", "level_value", "ecs.version", "endofbatch", "threadpriority", "v");
    put(IGNORED, "loggerfqcn", "sequencenumber", "_sequencenumber");
  }

  private static void put(FieldMeaning meaning, String... paths) {
    for (String path : paths) {
      MEANINGS.put(path, meaning);
    }
  }

  /** What the field at {@code path} means; null when it is an attribute. */
  static @Nullable FieldMeaning of(String path) {
    if (path.equals("instant.nanoOfSecond") || path.equals("timestampNanos")) {
      return FRACTION;
    }
    FieldMeaning meaning = MEANINGS.get(path);
    if (meaning != null) {
      return meaning;
    }
    String lower = path.toLowerCase(Locale.ROOT);
    if (lower.startsWith(GOOGLE_PAYLOAD)) {
      lower = lower.substring(GOOGLE_PAYLOAD.length());
    }
    meaning = MEANINGS.get(lower);
    int dot = lower.lastIndexOf('.');
    // Contexts have many names; the ids in them are called alike.
    FieldMeaning inner = meaning == null && dot > 0 ? MEANINGS.get(lower.substring(dot + 1)) : null;
    return inner == TRACE_ID || inner == REQUEST_ID ? inner : meaning;
  }
}

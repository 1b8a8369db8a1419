package io.logsense.internal.parse;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of one JSON record while it is read, and the event they amount to. */
final class JsonEvent {
  private static final int MOST_ATTRIBUTES = 64;

  private final Timestamps timestamps;
  private final Map<JsonFields.Meaning, String> known = new LinkedHashMap<>();
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final StringBuilder frames = new StringBuilder();
  private String instantNanos = "";
  private boolean severityIsNumber;
  private boolean gelf;

  JsonEvent(Timestamps timestamps) {
    this.timestamps = timestamps;
  }

  /**
   * Takes a value; of several fields that mean the same the first wins, the others are attributes.
   */
  void field(String path, String value, boolean number) {
    JsonFields.Meaning meaning = JsonFields.of(path);
    if (path.equals("instant.nanoOfSecond")) {
      instantNanos = value;
      return;
    }
    gelf |= path.equals("short_message");
    if (meaning == JsonFields.Meaning.IGNORED) {
      return;
    }
    if (meaning == null || value.isEmpty() || !fits(meaning, value)) {
      attribute(path, value);
    } else if (known.putIfAbsent(meaning, value) != null) {
      attribute(path, value);
    } else if (meaning == JsonFields.Meaning.SEVERITY) {
      severityIsNumber = number;
    }
  }

  private boolean fits(JsonFields.Meaning meaning, String value) {
    return switch (meaning) {
      case TIMESTAMP -> time(value) != LogEvent.NO_TIMESTAMP;
      case SEVERITY -> SeverityWords.ofText(value) != Severity.UNSPECIFIED;
      default -> true;
    };
  }

  private void attribute(String path, String value) {
    if (attributes.size() < MOST_ATTRIBUTES) {
      attributes.put(path, value);
    }
  }

  /** Adds a frame of a stack trace that is an array of objects. */
  void frame(String type, String method, String file, String line) {
    frames.append("\tat ").append(type).append('.').append(method).append('(').append(file);
    frames.append(line.isEmpty() || line.startsWith("-") ? "" : ":" + line).append(")\n");
  }

  boolean hasMessage() {
    return known.containsKey(JsonFields.Meaning.MESSAGE)
        || known.containsKey(JsonFields.Meaning.TEMPLATE_MESSAGE)
        || known.containsKey(JsonFields.Meaning.STACK)
        || known.containsKey(JsonFields.Meaning.ERROR_MESSAGE);
  }

  boolean isEmpty() {
    return known.isEmpty() && attributes.isEmpty();
  }

  void into(LogEvent.Builder out) {
    String message = known(JsonFields.Meaning.MESSAGE);
    String stack = stack();
    if (gelf && stack.startsWith(message) && stack.indexOf('\n') < 0) {
      stack = "";
    }
    if (message.isEmpty()) {
      message = known(JsonFields.Meaning.TEMPLATE_MESSAGE);
    }
    if (message.isEmpty()) {
      message = known(JsonFields.Meaning.ERROR_MESSAGE);
    }
    if (message.isEmpty() && !stack.isEmpty()) {
      message = firstLine(stack);
    }
    out.message(message.stripTrailing());
    out.stackText(stack);
    time(out);
    String severity = known(JsonFields.Meaning.SEVERITY);
    out.severity(gelf && severityIsNumber ? syslog(severity) : SeverityWords.ofText(severity));
    out.logger(known(JsonFields.Meaning.LOGGER)).thread(known(JsonFields.Meaning.THREAD));
    out.service(known(JsonFields.Meaning.SERVICE)).version(known(JsonFields.Meaning.VERSION));
    out.environment(known(JsonFields.Meaning.ENVIRONMENT)).commit(known(JsonFields.Meaning.COMMIT));
    out.traceId(known(JsonFields.Meaning.TRACE_ID)).requestId(known(JsonFields.Meaning.REQUEST_ID));
    attributes.forEach(out::attribute);
  }

  private void time(LogEvent.Builder out) {
    String text = known(JsonFields.Meaning.TIMESTAMP);
    long nanos = text.isEmpty() ? LogEvent.NO_TIMESTAMP : time(text);
    if (nanos != LogEvent.NO_TIMESTAMP) {
      out.timestamp(nanos + Math.max(0, Ascii.number(instantNanos)));
    }
  }

  private long time(String text) {
    return timestamps.epochNanos(text);
  }

  private static Severity syslog(String number) {
    return number.length() == 1
        ? SeverityWords.ofSyslog(number.charAt(0) - '0')
        : Severity.UNSPECIFIED;
  }

  /** The stack trace's text, with a header line made of type and message where it has none. */
  private String stack() {
    String stack = known(JsonFields.Meaning.STACK);
    String type = known(JsonFields.Meaning.ERROR_TYPE);
    String message = known(JsonFields.Meaning.ERROR_MESSAGE);
    if (stack.isEmpty() && frames.isEmpty()) {
      if (!type.isEmpty()) {
        attribute("error.type", type);
      }
      return "";
    }
    String header = message.isEmpty() ? type : type + ": " + message;
    if (stack.isEmpty()) {
      return header + "\n" + frames;
    }
    boolean bare = stack.startsWith("\t") || stack.startsWith(" ") || stack.startsWith("at ");
    return bare && !type.isEmpty() ? header + "\n" + stack : stack;
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }

  private String known(JsonFields.Meaning meaning) {
    return known.getOrDefault(meaning, "");
  }
}

package io.logsense.internal.parse;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.internal.text.Ascii;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of one JSON record while it is read, and the event they amount to. */
final class JsonEvent {
  private static final int MOST_ATTRIBUTES = 64;

  private final Timestamps timestamps;
  private final Map<JsonFields.Meaning, String> known = new LinkedHashMap<>();
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final Map<String, StringBuilder> frames = new LinkedHashMap<>();
  private String instantNanos = "";
  private boolean severityIsNumber;
  private boolean gelf;
  private boolean compact;

  JsonEvent(Timestamps timestamps) {
    this.timestamps = timestamps;
  }

  /**
   * Takes a value; of several fields that mean the same the first wins, the others are attributes.
   */
  void field(String path, String value, boolean number) {
    JsonFields.Meaning meaning = JsonFields.of(path);
    if (path.equals("instant.nanoOfSecond") || path.equals("timestampNanos")) {
      instantNanos = value;
      return;
    }
    gelf |= path.equals("short_message");
    compact |= path.equals("@t");
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

  /** Adds a frame of a stack trace that is an array of objects in the throwable at {@code path}. */
  void frame(String path, String type, String method, String file, String line) {
    StringBuilder text = frames.computeIfAbsent(path, p -> new StringBuilder());
    text.append("\n\tat ").append(type).append('.').append(method).append('(').append(file);
    text.append(line.isEmpty() || line.startsWith("-") ? "" : ":" + line).append(')');
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
    int frame = message.indexOf("\n\tat ");
    if (frame >= 0) {
      int header = message.lastIndexOf('\n', frame - 1);
      stack = stack.isEmpty() ? message.substring(header + 1) : stack;
      message = header < 0 ? firstLine(message) : message.substring(0, header);
    }
    out.message(message.stripTrailing());
    out.stackText(stack);
    time(out);
    String severity = known(JsonFields.Meaning.SEVERITY);
    // Serilog's compact format leaves out the level "Information".
    severity = compact && severity.isEmpty() ? "info" : severity;
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
      return printed(header);
    }
    boolean bare = stack.startsWith("\t") || stack.startsWith(" ") || stack.startsWith("at ");
    return bare && !type.isEmpty() ? header + "\n" + stack : stack;
  }

  /** The stack trace of frames that came one by one, as the JDK prints it. */
  private String printed(String header) {
    StringBuilder text = new StringBuilder();
    frames.forEach(
        (path, lines) -> {
          text.append(text.isEmpty() ? header : "\nCaused by: " + cause(path)).append(lines);
        });
    return text.toString();
  }

  private String cause(String path) {
    String type = removed(path, "className", "name", "class", "type");
    String message = removed(path, "message", "localizedMessage");
    return message.isEmpty() ? type : type + ": " + message;
  }

  private String removed(String path, String... names) {
    String found = "";
    for (String name : names) {
      String value = attributes.remove(path + "." + name);
      found = value != null && found.isEmpty() ? value : found;
    }
    return found;
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }

  private String known(JsonFields.Meaning meaning) {
    return known.getOrDefault(meaning, "");
  }
}

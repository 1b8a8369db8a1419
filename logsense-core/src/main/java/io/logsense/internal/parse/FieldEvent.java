package io.logsense.internal.parse;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.internal.text.Ascii;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of one structured record while it is read, and the event they amount to. */
final class FieldEvent {
  private static final int MOST_ATTRIBUTES = 64;
  private static final int MEANINGS = FieldMeaning.values().length;

  private final Timestamps timestamps;
  private final @Nullable String[] known = new String[MEANINGS];
  private String[] attributes = new String[8];
  private int attributesEnd;
  private Map<String, StringBuilder> frames = Map.of();
  private String instantNanos = "";
  private long timestamp = LogEvent.NO_TIMESTAMP;
  private Severity severity = Severity.UNSPECIFIED;
  private boolean severityIsNumber;
  private boolean empty = true;
  private boolean gelf;
  private boolean compact;

  FieldEvent(Timestamps timestamps) {
    this.timestamps = timestamps;
  }

  /**
   * Takes a value; of several fields that mean the same the first wins, the others are attributes.
   */
  void field(FieldPath path, String value, boolean number) {
    FieldMeaning meaning = path.meaning();
    if (meaning == FieldMeaning.FRACTION) {
      instantNanos = value;
      return;
    }
    gelf |= path.isGelf();
    compact |= path.isCompact();
    if (meaning == FieldMeaning.IGNORED) {
      return;
    }
    empty = false;
    if (meaning == null
        || value.isEmpty()
        || known[meaning.ordinal()] != null
        || !fits(meaning, value)) {
      attribute(path.text(), value);
      return;
    }
    known[meaning.ordinal()] = value;
    if (meaning == FieldMeaning.SEVERITY) {
      severityIsNumber = number;
    }
  }

  private boolean fits(FieldMeaning meaning, String value) {
    return switch (meaning) {
      case TIMESTAMP -> {
        timestamp = timestamps.epochNanos(value);
        yield timestamp != LogEvent.NO_TIMESTAMP;
      }
      case SEVERITY -> {
        severity = SeverityWords.ofText(value);
        yield severity != Severity.UNSPECIFIED;
      }
      default -> true;
    };
  }

  /** Names and values by turns; a later value of a name replaces the earlier one. */
  private void attribute(String name, String value) {
    if (attributesEnd == 2 * MOST_ATTRIBUTES) {
      return;
    }
    int at = attributeIndex(name);
    if (at == attributesEnd) {
      if (at == attributes.length) {
        attributes = Arrays.copyOf(attributes, 2 * at);
      }
      attributes[at] = name;
      attributesEnd += 2;
    }
    attributes[at + 1] = value;
  }

  private int attributeIndex(String name) {
    int at = 0;
    while (at < attributesEnd && !attributes[at].equals(name)) {
      at += 2;
    }
    return at;
  }

  /** Adds a frame of a stack trace that is an array of objects in the throwable at {@code path}. */
  void frame(String path, String type, String method, String file, String line) {
    if (frames.isEmpty()) {
      frames = new LinkedHashMap<>();
    }
    StringBuilder text = frames.computeIfAbsent(path, p -> new StringBuilder());
    text.append("\n\tat ").append(type).append('.').append(method).append('(').append(file);
    text.append(line.isEmpty() || line.startsWith("-") ? "" : ":" + line).append(')');
  }

  boolean hasMessage() {
    return !known(FieldMeaning.MESSAGE).isEmpty()
        || !known(FieldMeaning.TEMPLATE_MESSAGE).isEmpty()
        || !known(FieldMeaning.STACK).isEmpty()
        || !known(FieldMeaning.ERROR_MESSAGE).isEmpty();
  }

  boolean isEmpty() {
    return empty;
  }

  void into(LogEvent.Builder out) {
    String message = known(FieldMeaning.MESSAGE);
    String stack = stack();
    if (gelf && stack.startsWith(message) && stack.indexOf('\n') < 0) {
      stack = "";
    }
    if (message.isEmpty()) {
      message = known(FieldMeaning.TEMPLATE_MESSAGE);
    }
    if (message.isEmpty()) {
      message = known(FieldMeaning.ERROR_MESSAGE);
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
    if (timestamp != LogEvent.NO_TIMESTAMP) {
      out.timestamp(timestamp + Math.max(0, Ascii.number(instantNanos)));
    }
    out.severity(severity());
    out.logger(known(FieldMeaning.LOGGER)).thread(known(FieldMeaning.THREAD));
    out.service(known(FieldMeaning.SERVICE)).version(known(FieldMeaning.VERSION));
    out.environment(known(FieldMeaning.ENVIRONMENT)).commit(known(FieldMeaning.COMMIT));
    out.traceId(known(FieldMeaning.TRACE_ID)).requestId(known(FieldMeaning.REQUEST_ID));
    for (int at = 0; at < attributesEnd; at += 2) {
      out.attribute(attributes[at], attributes[at + 1]);
    }
  }

  private Severity severity() {
    String text = known(FieldMeaning.SEVERITY);
    if (text.isEmpty()) {
      // Serilog's compact format leaves out the level "Information".
      return compact ? Severity.INFO : Severity.UNSPECIFIED;
    }
    if (!gelf || !severityIsNumber) {
      return severity;
    }
    return text.length() == 1 ? SeverityWords.ofSyslog(text.charAt(0) - '0') : Severity.UNSPECIFIED;
  }

  /** The stack trace's text, with a header line made of type and message where it has none. */
  private String stack() {
    String stack = known(FieldMeaning.STACK);
    String type = known(FieldMeaning.ERROR_TYPE);
    String message = known(FieldMeaning.ERROR_MESSAGE);
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
      String value = removed(path + "." + name);
      found = value != null && found.isEmpty() ? value : found;
    }
    return found;
  }

  private @Nullable String removed(String name) {
    int at = attributeIndex(name);
    if (at == attributesEnd) {
      return null;
    }
    String value = attributes[at + 1];
    System.arraycopy(attributes, at + 2, attributes, at, attributesEnd - at - 2);
    attributesEnd -= 2;
    return value;
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }

  private String known(FieldMeaning meaning) {
    String value = known[meaning.ordinal()];
    return value == null ? "" : value;
  }
}

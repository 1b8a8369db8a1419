package io.logsense.internal.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.event.SourcePosition;
import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import io.logsense.api.fingerprint.Fingerprint;
import io.logsense.api.fingerprint.StackFingerprint;
import io.logsense.api.group.Group;
import io.logsense.api.group.GroupKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what {@link GroupJson} writes; unknown fields are skipped. */
final class GroupReader {
  private final Map<String, @Nullable Object> fields;

  private GroupReader(Map<String, @Nullable Object> fields) {
    this.fields = fields;
  }

  /** The group at the parser's current object. */
  static Group group(JsonParser json) throws IOException {
    return new GroupReader(object(json)).toGroup();
  }

  private Group toGroup() throws IOException {
    Map<Severity, Long> severities = new EnumMap<>(Severity.class);
    counts("severities").forEach((name, n) -> severities.put(Severity.valueOf(name), n));
    SortedMap<Long, Long> timeline = new TreeMap<>();
    counts("timeline").forEach((start, n) -> timeline.put(Long.valueOf(start), n));
    Map<Fingerprint, Long> variants = new LinkedHashMap<>();
    counts("variants").forEach((print, n) -> variants.put(Fingerprint.parse(print), n));
    List<LogEvent> examples = new ArrayList<>();
    for (GroupReader example : list("examples")) {
      examples.add(example.toEvent());
    }
    Set<String> formerIds = new LinkedHashSet<>();
    if (fields.get("formerIds") instanceof List<?> ids) {
      ids.forEach(id -> formerIds.add(String.valueOf(id)));
    }
    GroupReader print = nested("fingerprint");
    return Group.builder()
        .identity(text("id"), GroupKind.valueOf(text("kind")))
        .words(text("title"), text("template"), text("location"))
        .counts(number("count", 0), severities)
        .seen(number("firstSeen", LogEvent.NO_TIMESTAMP), number("lastSeen", LogEvent.NO_TIMESTAMP))
        .origins(counts("services"), counts("environments"), counts("versions"))
        .timeline(timeline, number("interval", 60_000_000_000L))
        .fingerprints(print == null ? null : print.toFingerprint(), variants)
        .formerIds(formerIds)
        .examples(examples)
        .build();
  }

  private StackFingerprint toFingerprint() {
    return new StackFingerprint(
        Fingerprint.parse(text("exact")),
        Fingerprint.parse(text("strict")),
        Fingerprint.parse(text("site")),
        Fingerprint.parse(text("root")),
        StackFingerprint.Quality.valueOf(text("quality")));
  }

  private LogEvent toEvent() throws IOException {
    LogEvent.Builder out =
        LogEvent.builder()
            .timestamp(number("timestamp", LogEvent.NO_TIMESTAMP))
            .severity(Severity.valueOf(text("severity")))
            .service(text("service"))
            .environment(text("environment"))
            .version(text("version"))
            .commit(text("commit"))
            .logger(text("logger"))
            .thread(text("thread"))
            .message(text("message"))
            .traceId(text("traceId"))
            .requestId(text("requestId"))
            .position(
                new SourcePosition(
                    text("source"),
                    number("offset", 0),
                    number("line", 0),
                    (int) number("lines", 1)));
    GroupReader attributes = nested("attributes");
    if (attributes != null) {
      attributes.fields.forEach((name, value) -> out.attribute(name, String.valueOf(value)));
    }
    GroupReader trace = nested("exception");
    if (trace != null) {
      GroupReader error = trace.nested("error");
      if (error != null) {
        out.exception(
            new StackTrace(
                trace.text("language"),
                error.toError(),
                (int) trace.number("firstLine", 0),
                (int) trace.number("lines", 1),
                Boolean.TRUE.equals(trace.fields.get("truncated"))));
      }
    }
    return out.build();
  }

  private ThrownError toError() throws IOException {
    List<StackFrame> frames = new ArrayList<>();
    if (fields.get("frames") instanceof List<?> rows) {
      for (Object row : rows) {
        if (row instanceof List<?> cells && cells.size() == 4) {
          frames.add(
              new StackFrame(
                  String.valueOf(cells.get(0)),
                  String.valueOf(cells.get(1)),
                  (String) cells.get(2),
                  cells.get(3) instanceof Long line ? line.intValue() : StackFrame.UNKNOWN_LINE));
        }
      }
    }
    List<ThrownError> suppressed = new ArrayList<>();
    for (GroupReader other : list("suppressed")) {
      suppressed.add(other.toError());
    }
    GroupReader cause = nested("cause");
    return new ThrownError(
        text("type"),
        (String) fields.get("message"),
        frames,
        (int) number("framesInCommon", 0),
        cause == null ? null : cause.toError(),
        suppressed);
  }

  private String text(String name) {
    return fields.get(name) instanceof String text ? text : "";
  }

  private long number(String name, long absent) {
    return fields.get(name) instanceof Long number ? number : absent;
  }

  @SuppressWarnings("unchecked")
  private @Nullable GroupReader nested(String name) {
    return fields.get(name) instanceof Map<?, ?> map
        ? new GroupReader((Map<String, @Nullable Object>) map)
        : null;
  }

  @SuppressWarnings("unchecked")
  private List<GroupReader> list(String name) {
    List<GroupReader> readers = new ArrayList<>();
    if (fields.get(name) instanceof List<?> items) {
      for (Object item : items) {
        if (item instanceof Map<?, ?> map) {
          readers.add(new GroupReader((Map<String, @Nullable Object>) map));
        }
      }
    }
    return readers;
  }

  private Map<String, Long> counts(String name) {
    Map<String, Long> counts = new LinkedHashMap<>();
    GroupReader nested = nested(name);
    if (nested != null) {
      for (String key : nested.fields.keySet()) {
        counts.put(key, nested.number(key, 0));
      }
    }
    return counts;
  }

  private static Map<String, @Nullable Object> object(JsonParser json) throws IOException {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      fields.put(name, value(json));
    }
    return fields;
  }

  private static @Nullable Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> {
        List<@Nullable Object> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(json));
        }
        yield items;
      }
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> json.getText();
    };
  }
}

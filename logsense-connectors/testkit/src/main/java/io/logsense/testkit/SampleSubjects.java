package io.logsense.testkit;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.SourcePosition;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.store.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;

/** People to be forgotten, and texts that name them or nearly do. */
final class SampleSubjects {
  /** Each with characters that some escape. */
  static final List<Subject> SUBJECTS =
      List.of(
          Subject.of("jane.roe+test@example.com"),
          Subject.of("CORP\\j_roe"),
          Subject.of("J\u00FCrgen \"Jo\" O'Neil/50%"),
          Subject.of("+49 (170) 123*4567"));

  /** Texts that contain each of {@link #SUBJECTS} in one spelling. */
  static final List<UnaryOperator<String>> SPELLINGS =
      List.of(
          text -> "of " + text + ", and others",
          text -> swapped(text),
          text -> "{\"user\":\"" + json(text, c -> c < ' ' || c == '"' || c == '\\') + "\"}",
          text -> "{\"user\":\"" + json(text, c -> !Character.isLetterOrDigit(c)) + "\"}",
          text -> "{\"log\":\"" + twice(json(text, c -> c > '~' || c == '"' || c == '\\')) + "\"}",
          text -> "GET /find?q=" + java.net.URLEncoder.encode(text, StandardCharsets.UTF_8),
          text -> "raw=" + base64(text),
          text -> "raw=" + base64("1" + swapped(text) + "12"),
          text -> "raw=" + base64("12" + text + "1"));

  /** Texts that name none of them. */
  static final List<String> OTHERS =
      List.of(
          "jane.roe@example.com",
          "janeXroe+test@example.com",
          "jane.roe test@example.com",
          "CORP.j_roe",
          "CORP\\jxroe",
          "J\u00FCrgen \"Jo\" O'Neil/50",
          "+49 (170) 1234567",
          "%6a%61");

  private SampleSubjects() {}

  /** The store as what can forget; else the test is skipped. */
  static Purgeable purgeable(Object store) {
    return store instanceof Purgeable purgeable
        ? purgeable
        : Assumptions.abort("the store is no Purgeable");
  }

  /** Events that name the subject, each in another field. */
  static List<StoredEvent> naming(Subject subject) {
    String who = subject.identifier();
    List<StoredEvent> events = new ArrayList<>();
    events.add(stored(events, LogEvent.builder().message("of " + who), ""));
    events.add(stored(events, LogEvent.builder(), "E: " + who + "\n\tat a.B.c(B.java:1)"));
    events.add(stored(events, LogEvent.builder().service(who), ""));
    events.add(stored(events, LogEvent.builder().environment(who), ""));
    events.add(stored(events, LogEvent.builder().version(who), ""));
    events.add(stored(events, LogEvent.builder().commit(who), ""));
    events.add(stored(events, LogEvent.builder().logger(who), ""));
    events.add(stored(events, LogEvent.builder().thread(who), ""));
    events.add(stored(events, LogEvent.builder().traceId(who), ""));
    events.add(stored(events, LogEvent.builder().requestId(who), ""));
    events.add(stored(events, LogEvent.builder().attribute("user", who), ""));
    events.add(stored(events, LogEvent.builder().attribute(who, "yes"), ""));
    events.add(
        stored(events, LogEvent.builder().position(new SourcePosition(who + ".log", 1, 1, 1)), ""));
    for (UnaryOperator<String> spelling : SPELLINGS) {
      events.add(stored(events, LogEvent.builder().message(spelling.apply(who)), ""));
    }
    return events;
  }

  /** Events that name nobody, in all fields. */
  static List<StoredEvent> others() {
    List<StoredEvent> events = new ArrayList<>();
    for (String text : OTHERS) {
      LogEvent.Builder event =
          LogEvent.builder()
              .message(text)
              .service(text)
              .thread(text)
              .attribute(text, text)
              .attribute("user", text);
      events.add(new StoredEvent("other-" + events.size(), "g", event.build(), text));
    }
    return events;
  }

  private static StoredEvent stored(
      List<StoredEvent> before, LogEvent.Builder event, String trace) {
    return new StoredEvent(
        "named-" + before.size(), "g", event.timestamp(before.size()).build(), trace);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String swapped(String text) {
    StringBuilder swapped = new StringBuilder();
    text.chars()
        .forEach(c -> swapped.append((char) (c < 128 && Character.isLetter(c) ? c ^ 32 : c)));
    return swapped.toString();
  }

  private static String json(String text, java.util.function.IntPredicate escaped) {
    StringBuilder json = new StringBuilder();
    text.chars()
        .forEach(
            c ->
                json.append(
                    !escaped.test(c)
                        ? Character.toString(c)
                        : Map.of('"', "\\\"", '\\', "\\\\")
                            .getOrDefault((char) c, "\\u%04X".formatted(c))));
    return json.toString();
  }

  private static String twice(String json) {
    return json.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}

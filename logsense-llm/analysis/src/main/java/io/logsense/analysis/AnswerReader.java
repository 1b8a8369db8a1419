package io.logsense.analysis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.logsense.api.analysis.RootCauseReport.Evidence;
import io.logsense.api.analysis.RootCauseReport.InvolvedParameter;
import io.logsense.api.analysis.RootCauseReport.RootCause;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a model's answer by the schema of {@link RootCausePrompt}, strictly: what the schema does
 * not allow is a problem, in words that the model can act on. For one answer.
 */
final class AnswerReader {
  private static final int MOST_CHARACTERS = 100_000;
  private static final int MOST_DEPTH = 20;
  private static final int MOST_PROBLEMS = 20;
  private static final int MOST_ITEMS = 20;
  private static final int MOST_TEXTS = 10;
  private static final Set<String> FIELDS =
      Set.of(
          "incident_id",
          "likely_root_cause",
          "supporting_evidence",
          "involved_parameters",
          "fix_suggestions",
          "tests_to_add",
          "no_root_cause_reason");
  private static final JsonMapper JSON =
      JsonMapper.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MOST_DEPTH).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final List<String> problems = new ArrayList<>();

  /**
   * An answer that has the form asked for; whether it is true is another question.
   *
   * @param cause null when the model names none
   */
  record Answer(
      String incident,
      @Nullable RootCause cause,
      List<Evidence> evidence,
      List<InvolvedParameter> parameters,
      List<String> fixes,
      List<String> tests,
      String noCause) {}

  /** The answer; null when there are {@link #problems}. */
  @Nullable Answer read(String text) {
    if (text.length() > MOST_CHARACTERS) {
      problem("the answer has " + text.length() + " characters; at most " + MOST_CHARACTERS);
      return null;
    }
    JsonNode node;
    try {
      node = JSON.readTree(unfenced(text));
    } catch (JsonProcessingException e) {
      problem("the answer is not one JSON object: " + e.getOriginalMessage());
      return null;
    }
    if (!node.isObject()) {
      problem("the answer is not a JSON object");
      return null;
    }
    only(node, FIELDS, "the answer");
    Answer answer =
        new Answer(
            text(node, "incident_id", 1, 500),
            cause(node.get("likely_root_cause")),
            evidence(node),
            parameters(node),
            texts(node, "fix_suggestions"),
            texts(node, "tests_to_add"),
            textOrNull(node, "no_root_cause_reason", 1000));
    return problems.isEmpty() ? answer : null;
  }

  /** What is wrong with the form; empty for nothing. */
  List<String> problems() {
    return problems;
  }

  /** Models put JSON into a fence even when they are told not to: that alone is forgiven. */
  private static String unfenced(String text) {
    String stripped = text.strip();
    if (!stripped.startsWith("```") || !stripped.endsWith("```") || stripped.length() < 6) {
      return stripped;
    }
    int line = stripped.indexOf('\n');
    return line < 0 ? stripped : stripped.substring(line, stripped.length() - 3).strip();
  }

  private void problem(String words) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(words);
    }
  }

  private void only(JsonNode node, Set<String> allowed, String where) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!allowed.contains(name)) {
                problem(where + " has a member that the schema does not know");
              }
            });
    for (String name : allowed) {
      if (!node.has(name)) {
        problem(where + " lacks " + name);
      }
    }
  }

  private @Nullable RootCause cause(@Nullable JsonNode node) {
    if (node == null || node.isNull()) {
      return null;
    }
    if (!node.isObject()) {
      problem("likely_root_cause is neither an object nor null");
      return null;
    }
    only(
        node,
        Set.of("file_path", "symbol", "line_range", "confidence", "reasoning"),
        "likely_root_cause");
    JsonNode range = node.path("line_range");
    boolean isRange = range.isArray() && range.size() == 2 && isLine(range.get(0));
    if (!isRange || !isLine(range.get(1))) {
      problem("line_range must be two line numbers");
      return null;
    }
    JsonNode confidence = node.path("confidence");
    if (!confidence.isNumber() || !(confidence.asDouble() >= 0 && confidence.asDouble() <= 1)) {
      problem("confidence must be a number from 0 to 1");
    }
    return new RootCause(
        text(node, "file_path", 1, 1000),
        text(node, "symbol", 1, 1000),
        range.get(0).asInt(),
        range.get(1).asInt(),
        confidence.asDouble(),
        text(node, "reasoning", 1, 2000));
  }

  private static boolean isLine(JsonNode node) {
    return node.isInt() && node.asInt() > 0;
  }

  private List<Evidence> evidence(JsonNode parent) {
    List<Evidence> found = new ArrayList<>();
    for (JsonNode node : items(parent, "supporting_evidence", MOST_ITEMS)) {
      if (!node.isObject()) {
        problem("a supporting_evidence is not an object");
        continue;
      }
      only(node, Set.of("event_id", "file_path", "line", "quote"), "a supporting_evidence");
      String event = textOrNull(node, "event_id", 500);
      String file = textOrNull(node, "file_path", 1000);
      JsonNode line = node.path("line");
      if (event.isEmpty() == file.isEmpty()) {
        problem("a supporting_evidence must cite either an event_id or a file_path with line");
      }
      if (file.isEmpty() ? !line.isNull() && !line.isMissingNode() : !isLine(line)) {
        problem("a line belongs to a file_path, and a file_path needs one");
      }
      found.add(new Evidence(event, file, line.asInt(), text(node, "quote", 0, 500)));
    }
    return found;
  }

  private List<InvolvedParameter> parameters(JsonNode parent) {
    List<InvolvedParameter> found = new ArrayList<>();
    for (JsonNode node : items(parent, "involved_parameters", MOST_ITEMS)) {
      if (!node.isObject()) {
        problem("an involved_parameter is not an object");
        continue;
      }
      only(node, Set.of("name", "value", "why_relevant"), "an involved_parameter");
      found.add(
          new InvolvedParameter(
              text(node, "name", 1, 200),
              text(node, "value", 0, 500),
              text(node, "why_relevant", 0, 500)));
    }
    return found;
  }

  private List<String> texts(JsonNode parent, String name) {
    List<String> found = new ArrayList<>();
    for (JsonNode node : items(parent, name, MOST_TEXTS)) {
      if (node.isTextual() && node.asText().length() <= 1000) {
        found.add(node.asText());
      } else {
        problem(name + " must hold texts of at most 1000 characters");
      }
    }
    return found;
  }

  private Iterable<JsonNode> items(JsonNode parent, String name, int most) {
    JsonNode node = parent.path(name);
    if (!node.isArray()) {
      problem(name + " must be an array");
      return List.of();
    }
    if (node.size() > most) {
      problem(name + " has " + node.size() + " items; at most " + most);
      return List.of();
    }
    return node;
  }

  private String text(JsonNode parent, String name, int least, int most) {
    JsonNode node = parent.path(name);
    if (!node.isTextual()
        || node.asText().strip().length() < least
        || node.asText().length() > most) {
      problem(name + " must be a text of " + least + " to " + most + " characters");
      return "";
    }
    return node.asText();
  }

  private String textOrNull(JsonNode parent, String name, int most) {
    JsonNode node = parent.path(name);
    return node.isNull() || node.isMissingNode() ? "" : text(parent, name, 0, most);
  }
}

package io.logsense.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.logsense.Maskers;
import io.logsense.api.analysis.RootCauseReport;
import io.logsense.testkit.ScriptedLanguageModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What models make up is rejected: each answer is the good one but for one fault. */
class FabricatedAnswersTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> answers = new LinkedHashMap<>();

  @Test
  void theAnswerThatTheOthersAreMadeFromIsAccepted() throws Exception {
    assertThat(report(Incidents.answer()).isInconclusive()).isFalse();
  }

  @Test
  void thereAreAtLeastTwoHundred() throws Exception {
    make();
    assertThat(answers).hasSizeGreaterThanOrEqualTo(200);
  }

  @TestFactory
  Stream<DynamicTest> everyFabricatedAnswerIsRejected() throws Exception {
    make();
    return answers.entrySet().stream()
        .map(
            answer ->
                DynamicTest.dynamicTest(
                    answer.getKey(),
                    () -> {
                      RootCauseReport report = report(answer.getValue());
                      assertThat(report.rootCause()).as(answer.getValue()).isNull();
                      assertThat(report.evidence()).isEmpty();
                      assertThat(report.inconclusive()).contains("did not hold");
                    }));
  }

  private static RootCauseReport report(String answer) throws InterruptedException {
    GuardedModel model =
        GuardedModel.builder(ScriptedLanguageModel.answering(answer), Maskers.standard()).build();
    return ModelAnalyzer.builder(model).build().analyze(Incidents.nullPointer());
  }

  private void make() throws Exception {
    answers.clear();
    places();
    lines();
    events();
    quotes();
    parameters();
    proseOfPlaces();
    proseOfFiles();
    unmasked();
    numbers();
    members();
    forms();
  }

  private void places() throws Exception {
    for (String file :
        List.of(
            "PriceCalculator.java",
            "src/main/java/com/shop/PriceCalculator.kt",
            "src/main/java/com/shop/Pricecalculator.java",
            "src/main/java/com/shop/Cart.java",
            "/src/main/java/com/shop/PriceCalculator.java",
            "src/main/java/com/shop/../shop/PriceCalculator.java",
            "src/test/java/com/shop/PriceCalculatorTest.java",
            "java/util/HashMap.java",
            Incidents.OTHER_FILE,
            "",
            " ")) {
      cause("file '" + file + "'", cause -> cause.put("file_path", file));
      code("evidence in file '" + file + "'", code -> code.put("file_path", file), file);
    }
    for (String symbol :
        List.of(
            "com.shop.PriceCalculator#discountFor/2",
            "com.shop.PriceCalculator#discountFor",
            "com.shop.PriceCalculator.discountFor",
            "com.shop.PriceCalculator#percent/1",
            "discountFor",
            "com.shop.Cart#tier/0",
            Incidents.OTHER_SYMBOL,
            "")) {
      cause("symbol '" + symbol + "'", cause -> cause.put("symbol", symbol));
    }
  }

  private void lines() throws Exception {
    int[][] ranges = {
      {3, 6}, {4, 8}, {1, 1}, {8, 8}, {6, 5}, {7, 4}, {0, 6}, {-1, 6}, {4, 400}, {6, 1 << 30}
    };
    for (int[] range : ranges) {
      cause(
          "lines " + range[0] + " to " + range[1],
          cause -> cause.putArray("line_range").add(range[0]).add(range[1]));
    }
    cause("no lines", cause -> cause.putArray("line_range"));
    cause("one line", cause -> cause.putArray("line_range").add(6));
    cause("three lines", cause -> cause.putArray("line_range").add(5).add(5).add(6));
    cause("lines as text", cause -> cause.put("line_range", "5-6"));
    cause("lines as texts", cause -> cause.putArray("line_range").add("5").add("6"));
    cause("half a line", cause -> cause.putArray("line_range").add(5.5).add(6));
    for (int line : new int[] {0, -6, 1, 3, 8, 60, 6000, Integer.MAX_VALUE}) {
      code("evidence in line " + line, code -> code.put("line", line), "");
    }
    code("evidence in a line given as text", code -> code.put("line", "6"), "");
    code("evidence without a line", code -> code.putNull("line"), "");
  }

  private void events() throws Exception {
    for (String id :
        List.of(
            "ev1:00000000000000000000000000000003",
            "ev1:0000000000000000000000000000000",
            "ev1:00000000000000000000000000000002 ",
            "Representative",
            "representative2",
            "E1",
            "1",
            "[representative]",
            "jf1:0123456789abcdef",
            "null")) {
      event("event '" + id + "'", event -> event.put("event_id", id));
    }
    event("an event with a line", event -> event.put("line", 6));
    event("an event and a file", event -> event.put("file_path", Incidents.FILE).put("line", 6));
    event("neither an event nor a file", event -> event.putNull("event_id"));
  }

  private void quotes() throws Exception {
    for (String quote :
        List.of(
            "tier=gold",
            "TIER=GUEST",
            "tier=guest items=4",
            "the customer has no tier",
            "at com.shop.Cart.tier(Cart.java:9)",
            "cart of alice failed",
            "tier=guest.")) {
      event("quote of an event '" + quote + "'", event -> event.put("quote", quote));
      code("quote of code '" + quote + "'", code -> code.put("quote", quote), "");
    }
    for (String quote : List.of("String tier = cart.tier();", "discounts.getOrDefault(tier)")) {
      code("quote of another line '" + quote + "'", code -> code.put("quote", quote), "");
    }
  }

  private void parameters() throws Exception {
    String[][] pairs = {
      {"tier", "gold"}, {"tier", "Guest"}, {"tier", ""}, {"items", "4"}, {"Tier", "guest"},
      {"customer", "c-1"}, {"cart", "3"}, {"session", "s-8"}, {"guest", "tier"}, {"user", "root"},
    };
    for (String[] pair : pairs) {
      change(
          "parameter " + pair[0] + "=" + pair[1],
          answer ->
              ((ObjectNode) answer.path("involved_parameters").get(0))
                  .put("name", pair[0])
                  .put("value", pair[1]));
    }
  }

  private void proseOfPlaces() throws Exception {
    for (String place :
        List.of(
            "PriceCalculator.java:60",
            "PriceCalculator.java:8",
            "Cart.java:6",
            "HashMap.java:1234",
            "src/main/java/com/shop/PriceCalculator.java:99",
            "Dispatcher.java:12",
            "application.properties:3",
            "src/main/java/com/shop/PriceCalculator.java#L99",
            "Cart.java#L6",
            "ev1:00000000000000000000000000000003",
            "cart.py:6")) {
      String words = "The fault is at " + place + ", see there.";
      cause("reasoning about " + place, cause -> cause.put("reasoning", words));
      change("fix at " + place, answer -> ((ArrayNode) answer.path("fix_suggestions")).add(words));
      change("test at " + place, answer -> ((ArrayNode) answer.path("tests_to_add")).add(words));
    }
  }

  private void proseOfFiles() throws Exception {
    for (String file : List.of("Cart.java", "Tier.kt", "src/main/java/com/shop/Cart.java.")) {
      String words = "The fault is in " + file + " of the shop.";
      cause("reasoning about file " + file, cause -> cause.put("reasoning", words));
    }
  }

  private void unmasked() throws Exception {
    for (String secret :
        List.of(
            "alice@example.com",
            "bob.smith+shop@mail.example.org",
            "4111 1111 1111 1111",
            "192.168.17.4",
            "password=hunter2secret",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P",
            "AKIAIOSFODNN7EXAMPLE")) {
      String words = "The cart belongs to " + secret + " as the log shows.";
      cause("reasoning with " + secret, cause -> cause.put("reasoning", words));
      change(
          "fix with " + secret, answer -> ((ArrayNode) answer.path("fix_suggestions")).add(words));
      change("test with " + secret, answer -> ((ArrayNode) answer.path("tests_to_add")).add(words));
      change(
          "why with " + secret,
          answer ->
              ((ObjectNode) answer.path("involved_parameters").get(0)).put("why_relevant", words));
      event("quote with " + secret, event -> event.put("quote", words));
      change(
          "no cause with " + secret,
          answer -> answer.put("no_root_cause_reason", words).putNull("likely_root_cause"));
    }
  }

  private void numbers() throws Exception {
    for (double confidence : new double[] {-0.1, 1.01, 80, -1, 1e300}) {
      cause("confidence " + confidence, cause -> cause.put("confidence", confidence));
    }
    for (String confidence : List.of("0.8", "high", "80%", "")) {
      cause("confidence '" + confidence + "'", cause -> cause.put("confidence", confidence));
    }
    cause("no confidence", cause -> cause.putNull("confidence"));
    cause("confidence true", cause -> cause.put("confidence", true));
    answers.put("NaN", Incidents.answer().replace("0.8", "NaN"));
    answers.put("infinity", Incidents.answer().replace("0.8", "1e999"));
  }

  private void members() throws Exception {
    List<String> names = new ArrayList<>();
    ((ObjectNode) JSON.readTree(Incidents.answer())).fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      change("without " + name, answer -> answer.remove(name));
      change(name + " is a number", answer -> answer.put(name, 7));
      change(name + " is true", answer -> answer.put(name, true));
    }
    for (String name : List.of("file_path", "symbol", "line_range", "confidence", "reasoning")) {
      cause("a cause without " + name, cause -> cause.remove(name));
      cause("a cause whose " + name + " is null", cause -> cause.putNull(name));
    }
    change("cause without evidence", answer -> answer.putArray("supporting_evidence"));
    change("a cause and none", answer -> answer.put("no_root_cause_reason", "Nothing is known."));
    change("neither a cause nor a reason", answer -> answer.putNull("likely_root_cause"));
    change(
        "no cause, blank reason",
        answer -> answer.put("no_root_cause_reason", " ").putNull("likely_root_cause"));
    change("unknown member", answer -> answer.put("root_cause", "the tier"));
    cause("unknown member of the cause", cause -> cause.put("author", "alice"));
    change("another incident", answer -> answer.put("incident_id", "jf1:0123456789abcdef"));
    change(
        "an incident of another version",
        answer -> answer.put("incident_id", "jf1:0123456789abcdef@2.3.2"));
    cause("endless reasoning", cause -> cause.put("reasoning", "because ".repeat(500)));
    cause("empty reasoning", cause -> cause.put("reasoning", "  "));
    change(
        "too many fixes",
        answer -> {
          for (int i = 0; i < 20; i++) {
            ((ArrayNode) answer.path("fix_suggestions")).add("fix " + i);
          }
        });
  }

  private void forms() {
    String good = Incidents.answer().strip();
    answers.put("prose", "The root cause is that guests have no tier.");
    answers.put("empty", "");
    answers.put("blank", "   \n ");
    answers.put("null", "null");
    answers.put("a number", "42");
    answers.put("an array", "[" + good + "]");
    answers.put("prose before", "Here is the answer:\n" + good);
    answers.put("prose behind", good + "\nI hope this helps.");
    answers.put("twice", good + good);
    answers.put("single quotes", good.replace('"', '\''));
    answers.put("a comment", good.replaceFirst("\\{", "{ // the answer\n"));
    answers.put("a member twice", good.replaceFirst("\\{", "{\"incident_id\":\"x\","));
    answers.put("a trailing comma", good.substring(0, good.length() - 1) + ",}");
    answers.put("deeply nested", "[".repeat(5000));
    answers.put("huge", good + " ".repeat(200_000));
    for (int part = 1; part < 10; part++) {
      answers.put("cut after " + part + " tenths", good.substring(0, good.length() * part / 10));
    }
  }

  private void cause(String name, Consumer<ObjectNode> change) throws Exception {
    change(name, answer -> change.accept((ObjectNode) answer.path("likely_root_cause")));
  }

  private void event(String name, Consumer<ObjectNode> change) throws Exception {
    change(name, answer -> change.accept((ObjectNode) answer.path("supporting_evidence").get(0)));
  }

  /** Changes the evidence in the code; {@code keep} names the file if it happens to be right. */
  private void code(String name, Consumer<ObjectNode> change, String keep) throws Exception {
    change(
        name + (keep.isEmpty() ? "" : " (evidence)"),
        answer -> change.accept((ObjectNode) answer.path("supporting_evidence").get(2)));
  }

  private void change(String name, Consumer<ObjectNode> change) throws Exception {
    ObjectNode answer = (ObjectNode) JSON.readTree(Incidents.answer());
    change.accept(answer);
    assertThat(answers.put(name, JSON.writeValueAsString(answer))).as(name).isNull();
  }
}

package io.logsense.analysis;

import io.logsense.api.analysis.Incident;
import io.logsense.api.code.Candidate;
import io.logsense.api.code.CodeBlock;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import io.logsense.api.group.Group;
import io.logsense.api.group.GroupKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An incident as the engine would have made it. */
final class Incidents {
  static final String FILE = "src/main/java/com/shop/PriceCalculator.java";
  static final String SYMBOL = "com.shop.PriceCalculator#discountFor/1";
  static final String OTHER_FILE = "src/main/java/com/shop/Checkout.java";
  static final String OTHER_SYMBOL = "com.shop.Checkout#price/2";
  static final String RELATED = "ev1:00000000000000000000000000000002";

  private static final String SOURCE =
      """
      package com.shop;

      final class PriceCalculator {
        private int discountFor(Cart cart) {
          String tier = cart.tier();
          return discounts.get(tier).percent();
        }
      }
      """;
  private static final String OTHER_SOURCE =
      """
      package com.shop;

      final class Checkout {
        int price(Cart cart, String currency) {
          return calculator.discountFor(cart);
        }
      }
      """;

  private Incidents() {}

  static Incident nullPointer() {
    return builder("cart of <EMAIL_REDACTED> failed tier=guest items=3").build();
  }

  static Incident.Builder builder(String message) {
    ThrownError thrown =
        new ThrownError(
            "java.lang.NullPointerException",
            "tier is null",
            List.of(
                new StackFrame(
                    "com.shop.PriceCalculator", "discountFor", "PriceCalculator.java", 6),
                new StackFrame("com.shop.Checkout", "price", "Checkout.java", 5),
                new StackFrame("org.web.Dispatcher", "handle", "Dispatcher.java", 120)),
            0,
            null,
            List.of());
    LogEvent event =
        LogEvent.builder()
            .timestamp(1_700_000_000_000_000_000L)
            .severity(Severity.ERROR)
            .service("shop")
            .version("2.3.1")
            .logger("com.shop.Checkout")
            .message(message)
            .exception(new StackTrace("java", thrown, 1, 4, false))
            .attribute("customer", "c-1")
            .build();
    Group group =
        Group.builder()
            .identity("jf1:0123456789abcdef", GroupKind.EXCEPTION)
            .words("NullPointerException: tier is null", message, "com.shop.PriceCalculator")
            .counts(12, Map.of(Severity.ERROR, 12L))
            .examples(List.of(event))
            .build();
    LogEvent before =
        LogEvent.builder()
            .timestamp(1_699_999_999_000_000_000L)
            .severity(Severity.INFO)
            .service("shop")
            .logger("com.shop.Login")
            .message("guest session started session=s-9")
            .build();
    return Incident.of(group)
        .event(RELATED, before)
        .fact("12 in a minute, expected at most 2.1")
        .similar(
            new Incident.Past("jf1:ffff", "NullPointerException: cart is null", "fixed in 2.1"))
        .candidates(
            List.of(
                candidate(FILE, "com.shop.PriceCalculator", "discountFor", 1, 4, 7, 6, 3),
                candidate(OTHER_FILE, "com.shop.Checkout", "price", 2, 4, 6, 5, 2)),
            file ->
                Optional.of(
                    (file.equals(FILE) ? SOURCE : OTHER_SOURCE).getBytes(StandardCharsets.UTF_8)));
  }

  private static Candidate candidate(
      String file,
      String type,
      String method,
      int arity,
      int start,
      int end,
      int line,
      double score) {
    CodeBlock block = CodeBlock.builder(file, type, method, arity).lines(start, end).build();
    return new Candidate(
        block,
        line,
        score,
        List.of(new Candidate.Reason("in-trace", 1, score, "in the trace at line " + line)));
  }

  /** An answer that is backed by the incident. */
  static String answer() {
    return """
        {"incident_id":"jf1:0123456789abcdef@2.3.1",
        "likely_root_cause":{"file_path":"src/main/java/com/shop/PriceCalculator.java",
        "symbol":"com.shop.PriceCalculator#discountFor/1","line_range":[5,6],"confidence":0.8,
        "reasoning":"Guests have no tier, so the look-up at PriceCalculator.java:6 is of null."},
        "supporting_evidence":[
        {"event_id":"representative","file_path":null,"line":null,"quote":"tier=guest"},
        {"event_id":"ev1:00000000000000000000000000000002","file_path":null,"line":null,\
        "quote":"guest session started"},
        {"event_id":null,"file_path":"src/main/java/com/shop/PriceCalculator.java","line":6,\
        "quote":"discounts.get(tier)"}],
        "involved_parameters":[{"name":"tier","value":"guest","why_relevant":"guests have none"}],
        "fix_suggestions":["Use a default for guests."],
        "tests_to_add":["A cart of a guest has no discount."],
        "no_root_cause_reason":null}
        """;
  }
}

package io.logsense.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * Log lines that say what nobody may read: addresses, accounts, cards, tokens. All of it is
 * invented, but passes the checks that real values pass. With it users test that nothing of it
 * leaves their own way through LogSense:
 *
 * <pre>{@code
 * source.add("shop", PersonalData.records());
 * …
 * PersonalData.assertNoneIn(whatWasSent);
 * }</pre>
 *
 * <p>Users call it.
 */
public final class PersonalData {
  /** A line, and what of it must not leave. */
  private record Scenario(String record, List<String> secrets) {}

  private static final List<Scenario> SCENARIOS =
      List.of(
          line("customer %s has no open order", "jane.roe@example.com"),
          line("mail bounced: RCPT TO:<%s> 550", "o'brien+shop@mail.example.co.uk"),
          line("refund to %s failed", "DE89370400440532013000"),
          line("account %s is closed", "GB82 WEST 1234 5698 7654 32"),
          line("card %s declined by the bank", "4111 1111 1111 1111"),
          line("{\"cardNumber\":\"%s\",\"cvv\":\"%s\"}", "5555555555554444", "917"),
          line("caller %s is not a customer", "+49 30 901820 5512"),
          line("SSN %s is not valid", "123-45-6789"),
          line("login from %s refused", "203.0.113.77"),
          line("peer 2001:db8:%s closed", "85a3::8a2e:370:7334"),
          line("GET /orders Authorization: Bearer %s", "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA"),
          line(
              "session %s has expired",
              "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2lnbmF0dXJlLW9mLW5vYm9keQ"),
          line("connecting to postgres://shop:%s@db.internal/orders", "hunter2hunter2"),
          line("password=%s rejected for user jane", "S3cret!pa55"),
          line("api_key: %s is not known", "q8Zr4LmT0vXw2NcJ6kYb"),
          line(
              "java.lang.IllegalStateException: no account for %s\n"
                  + "\tat com.acme.Accounts.find(Accounts.java:42)",
              "john.doe@example.org"));

  private PersonalData() {}

  private static Scenario line(String format, String... secrets) {
    return new Scenario(format.formatted((Object[]) secrets), List.of(secrets));
  }

  /** The lines, each with its time and level; the last one goes on with a stack trace. */
  public static List<String> records() {
    List<String> records = new ArrayList<>();
    for (Scenario scenario : SCENARIOS) {
      records.add(
          "2026-01-31T12:00:%02d.000Z ERROR [main] com.acme.Shop - %s"
              .formatted(records.size(), scenario.record()));
    }
    return records;
  }

  /** What must not leave, of all lines. */
  public static List<String> secrets() {
    return SCENARIOS.stream().flatMap(scenario -> scenario.secrets().stream()).toList();
  }

  /**
   * Checks that nothing of it is in {@code text}.
   *
   * @throws AssertionError naming what is
   */
  public static void assertNoneIn(CharSequence text) {
    List<String> found = secrets().stream().filter(text.toString()::contains).toList();
    if (!found.isEmpty()) {
      throw new AssertionError("not masked: " + found);
    }
  }
}

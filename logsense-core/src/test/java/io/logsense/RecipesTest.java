package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.group.Durations;
import io.logsense.api.recipe.Recipe;
import io.logsense.api.recipe.RecipeReport.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipesTest {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
  private static final long START = TimeUnit.HOURS.toNanos(490_000);

  private final List<LogEvent> events = new ArrayList<>();

  @Test
  void errorSpikesTellsAuthenticationFromServices() {
    for (int minute = 0; minute < 300; minute++) {
      add(minute, minute == 200 ? 90 : 2, Severity.WARN, "login of user failed");
      add(minute, minute == 250 ? 70 : 1, Severity.ERROR, "cannot render the invoice");
      add(minute, 1, Severity.ERROR, "stock is out of sync");
      add(minute, 5, Severity.INFO, "order placed");
    }

    // Where the band ends is the detector's to say.
    assertThat(run("error_spikes").replaceAll("at most [0-9]+", "at most N"))
        .isEqualTo(
            """
            2 error spikes, 1 of authentication; 1357 errors in all.

            Spikes of authentication
              time                  events                               service  error
              2025-11-24T19:20:00Z  90 in a minute, expected at most N  shop     login of user failed

            Spikes of services
              time                  events                               service  error
              2025-11-24T20:10:00Z  70 in a minute, expected at most N  shop     cannot render the invoice

            Errors of services without a spike
              events  severity  service  error
              300     ERROR     shop     stock is out of sync
            """);
  }

  @Test
  void slowQueriesListsPercentilesAndTimeouts() {
    for (int i = 1; i <= 1000; i++) {
      add(i / 10, 1, Severity.INFO, "query of orders took " + i + " ms");
      add(i / 10, 1, Severity.INFO, "SQL of stock list, duration=0." + (100 + i % 3) + "s");
      add(i / 10, 1, Severity.INFO, "GET /orders 200 in " + i + " ms");
    }
    add(50, 3, Severity.ERROR, "JDBC statement timed out after 30s");

    assertThat(run("slow_queries"))
        .isEqualTo(
            """
            The slowest of 2 statements takes 941 ms at the 95th percentile; 3 time-outs.

            Statements, slowest first
              events  p50     p95     p99     max     statement
              1000    496 ms  941 ms  980 ms  1.0 s   query of orders took <*> ms
              1000    100 ms  100 ms  100 ms  100 ms  SQL of stock list, duration=<*>

            Time-outs
              events  first                 last                  service  what timed out
              3       2025-11-24T16:50:00Z  2025-11-24T16:50:00Z  shop     JDBC statement timed out after <*>
            """);
  }

  @Test
  void silenceListsWhatStopped() {
    for (int minute = 0; minute < 300; minute++) {
      add(minute, 1, Severity.INFO, "order placed");
      if (minute < 200) {
        add(minute, 1, Severity.INFO, "backup is alive");
      }
    }

    assertThat(run("silence"))
        .isEqualTo(
            """
            1 message that came steadily stopped.

            Stopped
              since                 silence                  events  service  message
              2025-11-24T19:20:00Z  nothing for 100 minutes  200     shop     backup is alive
            """);
    events.removeIf(event -> event.message().startsWith("backup"));
    assertThat(run("silence")).isEqualTo("Nothing that came steadily stopped.\n");
  }

  @Test
  void releaseDiffComparesTheTwoNewestVersions() {
    for (int minute = 0; minute < 300; minute++) {
      String version = minute < 100 ? "1.9" : minute < 200 ? "1.10" : "1.11";
      add(minute, 4, Severity.INFO, "order placed", version);
      add(minute, 1, Severity.WARN, "stock is low", version);
      if (minute < 200) {
        add(minute, 1, Severity.WARN, "call of the old endpoint", version);
      } else {
        add(minute, 1, Severity.ERROR, "no such tax class", version);
      }
    }

    assertThat(run("release_diff"))
        .isEqualTo(
            """
            Version 1.11 (600 events) after 1.10 (600 events): 2 changes.

            New
              1.10  1.11  severity  group
              0     100   ERROR     no such tax class

            Gone
              1.10  1.11  severity  group
              100   0     WARN      call of the old endpoint
            """);
    events.removeIf(event -> !event.version().equals("1.9"));
    assertThat(run("release_diff"))
        .isEqualTo("All events are of version 1.9: nothing to compare.\n");
    events.clear();
    assertThat(run("release_diff")).isEqualTo("No event names a version.\n");
  }

  @Test
  void anEmptyAnalysisHasAnAnswerToEveryQuestion() {
    for (Recipe recipe : Recipes.all().values()) {
      assertThat(recipe.run(List.of(), List.of()).sections()).isEmpty();
      assertThat(recipe.run(List.of(), List.of()).text()).endsWith(".\n");
      assertThat(recipe.name()).matches("[a-z0-9_]+");
      assertThat(recipe.description()).endsWith(".");
    }
  }

  @Test
  void anUnknownRecipeIsRefusedWithTheNamesThatExist() {
    assertThatThrownBy(() -> Recipes.named("slow"))
        .isInstanceOf(LogSenseException.class)
        .hasMessage(
            "no recipe is named 'slow'; there are error_spikes, release_diff, silence,"
                + " slow_queries");
  }

  @Test
  void aRowHasACellForEachColumn() {
    assertThatThrownBy(() -> new Section("x", List.of("a", "b"), List.of(List.of("1"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "took 1234 ms | 1234000000",
        "Duration: 5.2s | 5200000000",
        "duration=17ms rows=4 | 17000000",
        "slow query (limit 1 s): took 3.5 sec | 3500000000",
        "timeout after 30s | 30000000000",
        "Query_time: 2.5  Lock_time: 0.1 | 2500000000",
        "elapsed_ms=17 | 17000000",
        "tookMs: 9 | 9000000",
        "GET /a/17 200 in 38 ms | 38000000",
        "waited 250µs | 250000",
        "done in 2 minutes | 120000000000",
        "in 99999999999999 minutes | 9223372036854775807",
        "order 17 placed | -1",
        "5 items sold | -1",
        "version 1.2s3 | -1",
        "host-12 ms | -1",
        "1234567890123456789 ms | -1",
        "took ms | -1",
        "'' | -1"
      })
  void findsTheDurationThatAMessageStates(String message, long nanos) {
    assertThat(StatedDuration.find(message)).isEqualTo(nanos);
  }

  @Test
  void quantilesAreRightToTwoPercentAndMerge() {
    DurationCounter whole = new DurationCounter();
    DurationCounter odd = new DurationCounter();
    DurationCounter even = new DurationCounter();
    for (int i = 20_000; i > 0; i--) {
      String message = "took " + i + " us";
      whole.add(message);
      (i % 2 == 0 ? even : odd).add(message);
    }
    odd.add(even);
    odd.add("took no time");

    Durations durations = whole.toDurations().orElseThrow();
    Durations merged = odd.toDurations().orElseThrow();
    for (double share : new double[] {0.001, 0.25, 0.5, 0.95, 0.999, 1}) {
      double exact = share * 20_000 * 1000;
      assertThat(durations.quantile(share) / exact).isBetween(0.98, 1.0201);
      assertThat(merged.quantile(share)).isEqualTo(durations.quantile(share));
    }
    assertThat(merged.count()).isEqualTo(20_000);
    DurationCounter far = new DurationCounter();
    far.add("took 0 ns");
    far.add("took 99999999999999 minutes");
    assertThat(far.toDurations().orElseThrow().quantile(0.5)).isZero();
    assertThat(far.toDurations().orElseThrow().quantile(1) / (double) Long.MAX_VALUE)
        .isBetween(0.98, 1.0);
  }

  private void add(int minute, int times, Severity severity, String message) {
    add(minute, times, severity, message, "");
  }

  private void add(int minute, int times, Severity severity, String message, String version) {
    for (int i = 0; i < times; i++) {
      events.add(
          LogEvent.builder()
              .timestamp(START + minute * MINUTE)
              .severity(severity)
              .service("shop")
              .version(version)
              .message(message)
              .build());
    }
  }

  private String run(String recipe) {
    try (LogSense sense = LogSense.builder().build()) {
      events.forEach(sense::accept);
      Analysis analysis = sense.snapshot();
      return Recipes.named(recipe).run(analysis.groups(), analysis.findings()).text();
    }
  }
}

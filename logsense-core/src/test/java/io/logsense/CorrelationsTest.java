package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.finding.Check;
import io.logsense.api.finding.Correlation;
import io.logsense.api.finding.Correlation.Link;
import io.logsense.api.group.Group;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CorrelationsTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MINUTE = 60 * SECOND;
  private static final long START = TimeUnit.HOURS.toNanos(490_000);
  private static final String DATABASE = "connection to primary lost";
  private static final String SERVICE = "cannot load the order of a customer";
  private static final String GATEWAY = "upstream answered with bad gateway";
  private static final String[] OTHERS = {
    "session has expired",
    "mail server answered late",
    "stock level below minimum today",
    "price list is older than expected",
    "too many open files in worker",
    "search index behind by some documents",
    "thumbnail missing",
    "clock drift against time server"
  };

  private final List<LogEvent> events = new ArrayList<>();
  private Random random = new Random(5);

  @Test
  void aCascadeIsFoundByItsTracesInTheOrderOfItsSteps() {
    cascadeWithTraces();

    List<Correlation> found = correlations();

    assertThat(found).hasSize(1);
    Correlation cascade = found.get(0);
    assertThat(cascade.groups())
        .extracting(Group::title)
        .containsExactly(DATABASE, SERVICE, GATEWAY);
    assertThat(cascade.checks()).isNotEmpty().allMatch(Check::holds);
    Link first = cascade.links().get(0);
    assertThat(first.from()).isEqualTo(cascade.groups().get(0).id());
    assertThat(first.to()).isEqualTo(cascade.groups().get(1).id());
    assertThat(first.sharedTraces()).isEqualTo(first.traces()).isGreaterThan(40);
    assertThat(first.lag()).isCloseTo(0.2, within(0.01));
    assertThat(cascade.summary())
        .startsWith(DATABASE + " → " + SERVICE + " (0.200 s later, ")
        .contains(" traces) → " + GATEWAY);
  }

  @Test
  void eventsThatComeLateChangeNothing() {
    cascadeWithTraces();
    String inOrder = correlations().toString();

    Collections.shuffle(events, new Random(3));

    assertThat(correlations()).hasToString(inOrder).isNotEmpty();
  }

  /** An hour of traffic; each request logs a warning, some another one, and 60 of them fail. */
  private void cascadeWithTraces() {
    for (int request = 0; request < 1800; request++) {
      long time = START + 2 * request * SECOND;
      String trace = "trace-" + request;
      add(Severity.INFO, time, "order placed", "shop", trace);
      add(Severity.WARN, time, "call of a deprecated endpoint", "shop", trace);
      if (random.nextInt(3) == 0) {
        add(Severity.WARN, time, OTHERS[0], "shop", trace);
      }
      if (request >= 1200 && request < 1260) {
        // Logged by other hosts, so not in the order of their times.
        add(Severity.ERROR, time + 500_000_000, GATEWAY, "gateway", trace);
        add(Severity.ERROR, time + 200_000_000, SERVICE, "orders", trace);
        add(Severity.ERROR, time, DATABASE, "database", trace);
      }
    }
  }

  @Test
  void aCascadeIsFoundByItsTimesWhereNoTraceIsNamed() {
    for (int i = 0; i < OTHERS.length; i++) {
      steady(OTHERS[i], 720, 0.3 + i, 0);
    }
    steady(DATABASE, 720, 0.2, 0);
    steady(SERVICE, 720, 0.5, 0);
    burst(DATABASE, 300, 6, 12);
    burst(SERVICE, 301, 6, 15);
    burst(GATEWAY, 302, 6, 9);

    List<Correlation> found = correlations();

    assertThat(found).hasSize(1);
    assertThat(found.get(0).groups())
        .extracting(Group::title)
        .containsExactly(DATABASE, SERVICE, GATEWAY);
    assertThat(found.get(0).links()).allMatch(link -> link.sharedTraces() == 0);
    assertThat(found.get(0).links().get(0).lag()).isEqualTo(60);
    assertThat(found.get(0).links().get(0).intervals()).isGreaterThanOrEqualTo(4);
  }

  @Test
  void groupsOfTheSameDailyCycleAreNotTied() {
    for (int i = 0; i < 6; i++) {
      steady(OTHERS[i], 2 * 1440, 5 + 3 * i, 0.8);
    }

    assertThat(correlations()).isEmpty();
  }

  @Test
  void groupsThatRiseOnTheirOwnAreSeldomTied() {
    int found = 0;
    for (int seed = 0; seed < 200; seed++) {
      events.clear();
      random = new Random(seed);
      for (String message : OTHERS) {
        steady(message, 720, 0.5, 0);
        burst(message, random.nextInt(700), 1 + random.nextInt(10), 10);
      }
      found += correlations().isEmpty() ? 0 : 1;
    }
    assertThat(found).isLessThanOrEqualTo(8);
  }

  @Test
  void groupsInTracesOfTheirOwnChoiceAreNotTied() {
    int found = 0;
    for (int seed = 0; seed < 200; seed++) {
      events.clear();
      random = new Random(seed);
      for (int request = 0; request < 1000; request++) {
        long time = START + request * SECOND;
        add(Severity.INFO, time, "order placed", "shop", seed + "-" + request);
        for (int i = 0; i < 4; i++) {
          if (random.nextInt(2 + 6 * i) == 0) {
            add(Severity.WARN, time, OTHERS[i], "shop", seed + "-" + request);
          }
        }
      }
      found += correlations().isEmpty() ? 0 : 1;
    }
    assertThat(found).isLessThanOrEqualTo(8);
  }

  @Test
  void withoutTimesOrCompanyNothingIsTied() {
    assertThat(Correlations.of(List.of())).isEmpty();
    add(Severity.ERROR, LogEvent.NO_TIMESTAMP, DATABASE, "", "");
    assertThat(correlations()).isEmpty();
    add(Severity.ERROR, LogEvent.NO_TIMESTAMP, SERVICE, "", "7");
    assertThat(correlations()).isEmpty();
  }

  @Test
  void theSampleOfTracesDoesNotDependOnTheirOrderAndMerges() {
    TraceSample whole = new TraceSample();
    TraceSample odd = new TraceSample();
    TraceSample even = new TraceSample();
    for (int i = 0; i < 5000; i++) {
      whole.add("t" + i % 1000, 9000 - i);
      (i % 2 == 0 ? even : odd).add("t" + i % 1000, 9000 - i);
    }
    odd.add(even);

    assertThat(odd.toMap()).isEqualTo(whole.toMap()).hasSize(Group.MOST_TRACES);
    assertThat(whole.toMap().values()).allMatch(time -> time <= 5000);
  }

  private void steady(String message, int minutes, double perMinute, double cycle) {
    double most = perMinute * (1 + cycle);
    for (double at = gap(most); at < minutes; at += gap(most)) {
      double rate = perMinute * (1 + cycle * StrictMath.sin(at / 1440 * 2 * Math.PI));
      if (random.nextDouble() * most < rate) {
        add(Severity.WARN, START + (long) (at * MINUTE), message, "", "");
      }
    }
  }

  private void burst(String message, int minute, int minutes, double perMinute) {
    for (double at = gap(perMinute); at < minutes; at += gap(perMinute)) {
      add(Severity.ERROR, START + (long) ((minute + at) * MINUTE), message, "", "");
    }
  }

  private double gap(double perMinute) {
    return -StrictMath.log(1 - random.nextDouble()) / perMinute;
  }

  private void add(Severity severity, long time, String message, String service, String trace) {
    events.add(
        LogEvent.builder()
            .timestamp(time)
            .severity(severity)
            .message(message)
            .service(service)
            .traceId(trace)
            .build());
  }

  private List<Correlation> correlations() {
    try (LogSense sense = LogSense.builder().build()) {
      events.forEach(sense::accept);
      return sense.snapshot().correlations();
    }
  }
}

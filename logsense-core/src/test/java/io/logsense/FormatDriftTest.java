package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs whose format changes behind the lines that were looked at first. */
class FormatDriftTest {
  private static String lines(int count, IntFunction<String> line) {
    return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n", "", "\n"));
  }

  private static String logback(int count) {
    return lines(
        count,
        i ->
            "2026-03-01 12:%02d:%02d.123 INFO  [main] com.shop.Orders - order %d placed"
                .formatted(i / 60 % 60, i % 60, i));
  }

  private static String syslog(int count) {
    return lines(
        count,
        i ->
            "Mar  1 13:%02d:%02d web-1 sshd[%d]: Accepted password for root from 10.0.0.%d port 22"
                .formatted(i / 60 % 60, i % 60, 1000 + i, i % 200));
  }

  private static String json(int count) {
    return lines(
        count,
        i ->
            "{\"@timestamp\":\"2026-03-01T14:%02d:%02d.000Z\",\"level\":\"ERROR\",\"logger_name\":\"com.shop.Pay\",\"message\":\"payment %d failed\"}"
                .formatted(i / 60 % 60, i % 60, i));
  }

  private static Analysis analyze(String log, int batch) {
    return LogSense.builder().source(LinesSource.of(log, batch)).analyze();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64, 1000})
  void everyRecordOfConcatenatedLogsIsARecordOfItsOwnFormat(int batch) {
    Analysis analysis = analyze(logback(900) + syslog(700) + json(800) + logback(300), batch);

    assertThat(analysis.records()).isEqualTo(2700);
    assertThat(analysis.formats()).hasSize(4);
    assertThat(analysis.groups()).extracting(g -> g.count()).contains(1200L, 700L, 800L);
  }

  @Test
  void aLongMessageStaysInItsRecord() {
    StringBuilder log = new StringBuilder(logback(500));
    for (int i = 0; i < 20; i++) {
      log.append(logback(5));
      log.append(lines(200, k -> "word" + k * k + " and other text without a header " + k));
    }

    Analysis analysis = analyze(log + logback(10), 64);

    assertThat(analysis.records()).isEqualTo(500 + 20 * 5 + 10);
    assertThat(analysis.formats()).hasSize(1);
  }

  @Test
  void stackTracesStayInTheirRecords() {
    StringBuilder log = new StringBuilder(logback(500));
    for (int i = 0; i < 50; i++) {
      log.append("2026-03-01 12:59:59.123 ERROR [main] com.shop.Orders - order failed\n");
      log.append("java.lang.IllegalStateException: no stock\n");
      log.append(lines(100, k -> "\tat com.shop.Stock.take" + k + "(Stock.java:" + k + ")"));
      log.append("Caused by: java.io.IOException: closed\n");
      log.append(lines(100, k -> "at com.shop.Io.read" + k + "(Io.java:" + k + ")"));
    }

    Analysis analysis = analyze(log.toString(), 64);

    assertThat(analysis.records()).isEqualTo(550);
    assertThat(analysis.top(1).get(0).count()).isEqualTo(50);
  }

  @Test
  void linesHeldBackAtTheEndAreNotLost() {
    List<Analysis> cut = new ArrayList<>();
    for (int more = 0; more < 130; more += 13) {
      cut.add(analyze(logback(500) + syslog(more), 10));
    }

    assertThat(cut).allMatch(analysis -> analysis.records() >= 500);
    assertThat(cut.get(9).records()).isEqualTo(500 + 117);
  }
}

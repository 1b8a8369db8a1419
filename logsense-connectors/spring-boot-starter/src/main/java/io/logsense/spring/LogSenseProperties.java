package io.logsense.spring;

import io.logsense.api.finding.FindingSeverity;
import io.logsense.inprocess.Reduction;
import io.logsense.inprocess.WhenFull;
import io.logsense.logback.Enrichment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.logging.LogLevel;

/**
 * The properties below {@code logsense}.
 *
 * @param enabled Whether LogSense is there at all.
 * @param inApp Packages of the application, which say where a problem is. By default the package of
 *     the main class.
 * @param enrich Where to add what is known of an event. Key-values become members of structured
 *     logs, with their types, and leave text logs alone.
 * @param enrichFrom Lowest level of events that are enriched.
 * @param reduce How floods are cut down.
 * @param queue Writing in a thread of its own.
 * @param stateDirectory Directory for what is known from one run to the next: which problems are
 *     not new, and how frequent each normally is. Created when missing; nothing is kept by default.
 * @param health What the health indicator says.
 */
@ConfigurationProperties("logsense")
record LogSenseProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue List<String> inApp,
    @DefaultValue("key-values") Enrichment enrich,
    @DefaultValue("warn") LogLevel enrichFrom,
    @DefaultValue Reduce reduce,
    @DefaultValue Queue queue,
    @Nullable Path stateDirectory,
    @DefaultValue Health health) {

  /**
   * How floods are cut down.
   *
   * @param enabled Whether events of floods are left out of the log, and summarised.
   * @param first How many events of a group are written in full at first.
   * @param further How many more are written in full in each period of a flood.
   * @param period Time between the summaries of a group, at least a second.
   */
  record Reduce(
      @DefaultValue("false") boolean enabled,
      @DefaultValue("10") int first,
      @DefaultValue("1") int further,
      @DefaultValue("1m") Duration period) {
    Reduce {
      new Reduction(first, further, period); // refuses what is out of range
    }
  }

  /**
   * Writing in a thread of its own.
   *
   * @param size How many events may wait to be written; with 0 the thread that logs writes.
   * @param whenFull What happens to an event when the queue is full.
   * @param blockTimeout How long block-with-timeout waits.
   */
  record Queue(
      @DefaultValue("0") int size,
      @DefaultValue("drop") WhenFull whenFull,
      @DefaultValue("100ms") Duration blockTimeout) {}

  /**
   * What the health indicator says.
   *
   * @param downAt Severity of a finding from which the application is down; never by default.
   * @param downFor How long a finding keeps it down.
   */
  record Health(@Nullable FindingSeverity downAt, @DefaultValue("5m") Duration downFor) {}
}

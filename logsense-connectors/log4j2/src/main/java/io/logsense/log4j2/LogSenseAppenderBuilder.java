package io.logsense.log4j2;

import io.logsense.LogSense;
import io.logsense.api.finding.Finding;
import io.logsense.inprocess.AppenderSettings;
import io.logsense.inprocess.Reduction;
import io.logsense.inprocess.WhenFull;
import java.util.function.Consumer;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.config.AppenderRef;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.plugins.PluginBuilderAttribute;
import org.apache.logging.log4j.core.config.plugins.PluginConfiguration;
import org.apache.logging.log4j.core.config.plugins.PluginElement;
import org.apache.logging.log4j.core.config.plugins.validation.constraints.Required;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a {@link LogSenseAppender} is set up with: the attributes and elements of {@code
 * <LogSense>}. Times are written like {@code 10 minutes}, {@code 5 seconds} or {@code PT10S}. Not
 * thread-safe.
 */
public final class LogSenseAppenderBuilder
    implements org.apache.logging.log4j.core.util.Builder<LogSenseAppender> {
  @PluginBuilderAttribute
  @Required(message = "an appender needs a name")
  private String name = "";

  @PluginBuilderAttribute private String inApp = "";
  @PluginBuilderAttribute private Enrichment enrich = Enrichment.MDC;
  @PluginBuilderAttribute private Level enrichFrom = Level.WARN;
  @PluginBuilderAttribute private boolean reduce;
  @PluginBuilderAttribute private int reduceFirst = 10;
  @PluginBuilderAttribute private int reduceFurther = 1;
  @PluginBuilderAttribute private String reducePeriod = "1 minute";
  @PluginBuilderAttribute private int queueSize;
  @PluginBuilderAttribute private WhenFull whenFull = WhenFull.DROP;
  @PluginBuilderAttribute private String blockTimeout = "100 milliseconds";
  @PluginBuilderAttribute private String stopDeadline = "5 seconds";
  @PluginBuilderAttribute private boolean flushAtExit = true;

  @PluginElement("AppenderRef")
  private AppenderRef[] appenderRefs = {};

  @PluginElement("Filter")
  private @Nullable Filter filter;

  @PluginConfiguration private @Nullable Configuration configuration;
  private @Nullable Consumer<LogSense.Builder> engine;
  private @Nullable Consumer<Finding> onFinding;

  LogSenseAppenderBuilder() {}

  /** Sets the name, by which loggers refer to the appender. */
  public LogSenseAppenderBuilder setName(String value) {
    name = value;
    return this;
  }

  /** Names the packages of the application, divided by commas. */
  public LogSenseAppenderBuilder setInApp(String packages) {
    inApp = packages;
    return this;
  }

  /** Sets where events are enriched. Default {@link Enrichment#MDC}. */
  public LogSenseAppenderBuilder setEnrich(Enrichment value) {
    enrich = value;
    return this;
  }

  /** Sets the lowest level of events that are enriched. Default WARN. */
  public LogSenseAppenderBuilder setEnrichFrom(Level value) {
    enrichFrom = value;
    return this;
  }

  /** Sets whether events of floods are left out and summarised. Default false. */
  public LogSenseAppenderBuilder setReduce(boolean value) {
    reduce = value;
    return this;
  }

  /** Sets how many events of a group are written in full at first. Default 10. */
  public LogSenseAppenderBuilder setReduceFirst(int events) {
    reduceFirst = events;
    return this;
  }

  /** Sets how many more are written in full in each period of a flood. Default 1. */
  public LogSenseAppenderBuilder setReduceFurther(int events) {
    reduceFurther = events;
    return this;
  }

  /** Sets the time between the summaries of a group, at least a second. Default 1 minute. */
  public LogSenseAppenderBuilder setReducePeriod(String time) {
    reducePeriod = time;
    return this;
  }

  /**
   * Sets how many events wait at most for the wrapped appenders, which then run in a thread of
   * their own. Default 0: they run in the thread that logs.
   */
  public LogSenseAppenderBuilder setQueueSize(int events) {
    queueSize = events;
    return this;
  }

  /** Sets what happens to an event when the queue is full. Default {@link WhenFull#DROP}. */
  public LogSenseAppenderBuilder setWhenFull(WhenFull value) {
    whenFull = value;
    return this;
  }

  /** Sets how long {@link WhenFull#BLOCK_WITH_TIMEOUT} waits. Default 100 milliseconds. */
  public LogSenseAppenderBuilder setBlockTimeout(String time) {
    blockTimeout = time;
    return this;
  }

  /** Sets how long stopping waits for what has to be written still. Default 5 seconds. */
  public LogSenseAppenderBuilder setStopDeadline(String time) {
    stopDeadline = time;
    return this;
  }

  /**
   * Sets whether a queue and summaries are written when the JVM exits, though nobody stopped the
   * context. Default true.
   */
  public LogSenseAppenderBuilder setFlushAtExit(boolean value) {
    flushAtExit = value;
    return this;
  }

  /** Names the appenders that events are passed on to. */
  public LogSenseAppenderBuilder setAppenderRefs(AppenderRef... values) {
    appenderRefs = values.clone();
    return this;
  }

  /** Sets which events are let in; the others are neither counted nor written. */
  public LogSenseAppenderBuilder setFilter(@Nullable Filter value) {
    filter = value;
    return this;
  }

  /** Sets the configuration that has the appenders referred to. */
  public LogSenseAppenderBuilder setConfiguration(Configuration value) {
    configuration = value;
    return this;
  }

  /** Sets up the engine further, by code: limits, detectors, clusters. */
  public LogSenseAppenderBuilder setEngine(Consumer<LogSense.Builder> customiser) {
    engine = customiser;
    return this;
  }

  /** Is told of findings: new problems, spikes, silence. In a thread of its own. */
  public LogSenseAppenderBuilder setOnFinding(Consumer<Finding> listener) {
    onFinding = listener;
    return this;
  }

  /**
   * The appender, which is not started yet.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  @Override
  public LogSenseAppender build() {
    if (configuration == null) {
      throw new IllegalArgumentException("configuration is not set");
    }
    AppenderSettings settings =
        new AppenderSettings()
            .inApp(inApp)
            .enrichFrom(enrich == Enrichment.NONE ? null : Log4jEvents.severity(enrichFrom))
            .reduction(reduction())
            .queueSize(queueSize)
            .whenFull(whenFull)
            .blockTimeout(AppenderSettings.duration(blockTimeout))
            .stopDeadline(AppenderSettings.duration(stopDeadline))
            .flushAtExit(flushAtExit)
            .engine(engine)
            .onFinding(onFinding);
    return new LogSenseAppender(name, filter, appenderRefs, configuration, settings);
  }

  private @Nullable Reduction reduction() {
    return reduce
        ? new Reduction(reduceFirst, reduceFurther, AppenderSettings.duration(reducePeriod))
        : null;
  }
}

package io.logsense.log4j2;

import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.DefaultReliabilityStrategy;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.ReliabilityStrategy;

/**
 * The configuration of a logger that nobody has, made for what configurations of loggers are told:
 * that all appenders are about to be stopped.
 *
 * <p>Log4j2 stops appenders in no order that an appender could rely on, but for its own
 * AsyncAppender. One that wraps others would find them stopped when it comes to write the last
 * summaries.
 */
final class BeforeAppendersStop extends LoggerConfig {
  private final ReliabilityStrategy strategy;

  private BeforeAppendersStop(String name, Runnable action) {
    super(name, null, true);
    strategy =
        new DefaultReliabilityStrategy(this) {
          @Override
          public void beforeStopAppenders() {
            action.run();
          }
        };
  }

  /** Runs {@code action} each time before the appenders of a configuration are stopped. */
  static void run(Configuration in, String appender, Runnable action) {
    String name = LogSenseAppender.class.getName() + "." + appender;
    in.addLogger(name, new BeforeAppendersStop(name, action));
  }

  @Override
  public ReliabilityStrategy getReliabilityStrategy() {
    return strategy;
  }
}

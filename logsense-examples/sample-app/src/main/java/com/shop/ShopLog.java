package com.shop;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** Logback in the layout that Spring Boot uses, with the time of the simulation. */
final class ShopLog {
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %5p 4711 --- [shop] [%15.15t] %-40.40logger{39} :"
          + " %m%n%ex";

  private ShopLog() {}

  /** Sends everything that {@code context} logs to {@code out}. */
  static void start(LoggerContext context, OutputStream out, InstantSource time) {
    context.reset();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.start();
    TimedAppender appender = new TimedAppender(time);
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(out);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(appender);
  }

  /** Stamps each event with the simulated time before it is laid out. */
  private static final class TimedAppender extends OutputStreamAppender<ILoggingEvent> {
    private final InstantSource time;

    TimedAppender(InstantSource time) {
      this.time = time;
    }

    @Override
    protected void append(ILoggingEvent event) {
      ((LoggingEvent) event).setInstant(time.instant());
      super.append(event);
    }
  }
}

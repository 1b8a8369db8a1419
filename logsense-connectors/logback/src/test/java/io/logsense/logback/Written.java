package io.logsense.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the wrapped appender was given. */
public final class Written extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private final Collection<ILoggingEvent> events = new ConcurrentLinkedQueue<>();

  /** For Logback. */
  public Written() {}

  @Override
  protected void append(ILoggingEvent event) {
    events.add(event);
  }

  List<ILoggingEvent> events() {
    return List.copyOf(events);
  }
}

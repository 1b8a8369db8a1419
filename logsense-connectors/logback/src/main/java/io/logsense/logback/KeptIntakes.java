package io.logsense.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.core.Context;
import io.logsense.inprocess.EventIntake;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what appenders counted while their context takes another configuration: Logback stops all
 * appenders and makes new ones. The engines are closed when the context is stopped for good.
 */
final class KeptIntakes implements LoggerContextListener {
  private final Map<String, EventIntake<ILoggingEvent>> stopped = new ConcurrentHashMap<>();

  private KeptIntakes() {}

  /** Those of a context; of its own where it is no context that can be reset. */
  static KeptIntakes of(@Nullable Context context) {
    if (!(context instanceof LoggerContext loggers)) {
      return new KeptIntakes();
    }
    for (LoggerContextListener listener : loggers.getCopyOfListenerList()) {
      if (listener instanceof KeptIntakes kept) {
        return kept;
      }
    }
    KeptIntakes kept = new KeptIntakes();
    loggers.addListener(kept);
    return kept;
  }

  void keep(String appender, EventIntake<ILoggingEvent> intake) {
    stopped.put(appender, intake);
  }

  /** The stopped intake of an appender of that name, null without one. */
  @Nullable EventIntake<ILoggingEvent> take(String appender) {
    return stopped.remove(appender);
  }

  @Override
  public boolean isResetResistant() {
    return true;
  }

  @Override
  public void onStart(LoggerContext context) {}

  @Override
  public void onReset(LoggerContext context) {}

  @Override
  public void onStop(LoggerContext context) {
    stopped.values().forEach(intake -> intake.engine().close());
    stopped.clear();
  }

  @Override
  public void onLevelChange(Logger logger, Level level) {}
}

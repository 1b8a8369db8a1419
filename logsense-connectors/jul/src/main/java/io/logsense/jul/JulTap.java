package io.logsense.jul;

import io.logsense.Analysis;
import io.logsense.inprocess.AppenderSettings;
import io.logsense.inprocess.EventPath;
import io.logsense.inprocess.LogTap;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Counts what is logged through java.util.logging. Found through {@link java.util.ServiceLoader}.
 */
public final class JulTap implements LogTap {
  private static final String BRIDGE = "org.slf4j.bridge.SLF4JBridgeHandler";

  /** For {@link java.util.ServiceLoader}. */
  public JulTap() {}

  /** Unless records are handed on to another library, which has them then. */
  @Override
  public boolean isInUse() {
    return LogManager.getLogManager().getClass() == LogManager.class
        && Arrays.stream(Logger.getLogger("").getHandlers())
            .noneMatch(handler -> handler.getClass().getName().equals(BRIDGE));
  }

  @Override
  public Opened open(AppenderSettings settings, Consumer<String> warnings) {
    Tap tap = new Tap(EventPath.counting(settings, JulRecords.READER, warnings));
    tap.attach();
    return tap;
  }

  /** A handler that comes back after the configuration was read again. */
  private static final class Tap extends Handler implements Opened {
    private final Logger root = Logger.getLogger("");
    private final EventPath<LogRecord> path;
    private final Runnable again = this::attach;

    Tap(EventPath<LogRecord> path) {
      this.path = path;
      LogManager.getLogManager().addConfigurationListener(again);
    }

    private void attach() {
      root.removeHandler(this);
      root.addHandler(this);
    }

    @Override
    public void publish(LogRecord record) {
      path.append(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public Analysis stopCounting() {
      LogManager.getLogManager().removeConfigurationListener(again);
      root.removeHandler(this);
      return path.finish();
    }
  }
}

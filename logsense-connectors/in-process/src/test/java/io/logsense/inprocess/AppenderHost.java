package io.logsense.inprocess;

import io.logsense.LogSense;
import io.logsense.api.event.Severity;
import java.util.List;
import java.util.Map;

/** A logging library whose root logger has an appender of ours, which wraps one of the test's. */
public interface AppenderHost {
  /** Logs a message with one placeholder, which stands as {@code #} in the format. */
  void log(String logger, Severity severity, String format, Object argument, Throwable thrown);

  default void info(String format, Object argument) {
    log("com.shop.Cart", Severity.INFO, format, argument, null);
  }

  default void error(String format, Object argument) {
    log("com.shop.Cart", Severity.ERROR, format, argument, null);
  }

  /** Takes the configuration anew, as when its file has changed. */
  void reload(Map<String, String> settings);

  /** Whether the library puts the text of an event together before it hands it to an appender. */
  default boolean formatsFirst() {
    return false;
  }

  LogSense engine();

  long dropped();

  /** What our appender has said of itself to whoever runs the application. */
  List<String> warnings();

  void stop();
}

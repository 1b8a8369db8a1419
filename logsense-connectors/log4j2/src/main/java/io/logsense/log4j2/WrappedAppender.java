package io.logsense.log4j2;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.AppenderRef;
import org.apache.logging.log4j.core.filter.Filterable;
import org.apache.logging.log4j.core.impl.LocationAware;
import org.jspecify.annotations.Nullable;

/**
 * An appender by its reference, whose level and filter it obeys. Unlike Log4j2's own control of an
 * appender, it leaves nothing in a thread.
 */
record WrappedAppender(Appender appender, @Nullable Level level, @Nullable Filter filter) {
  static WrappedAppender of(AppenderRef ref, Appender appender) {
    Filter filter = ref.getFilter();
    if (filter != null) {
      filter.start();
    }
    return new WrappedAppender(appender, ref.getLevel(), filter);
  }

  void append(LogEvent event) {
    if ((level != null && !event.getLevel().isMoreSpecificThan(level))
        || (filter != null && filter.filter(event) == Filter.Result.DENY)) {
      return;
    }
    if (!appender.isStarted()) {
      throw new IllegalStateException("appender " + appender.getName() + " is not started");
    }
    if (!(appender instanceof Filterable filterable) || !filterable.isFiltered(event)) {
      appender.append(event);
    }
  }

  boolean requiresLocation() {
    return appender instanceof LocationAware aware && aware.requiresLocation();
  }

  void stop() {
    if (filter != null) {
      filter.stop();
    }
  }
}

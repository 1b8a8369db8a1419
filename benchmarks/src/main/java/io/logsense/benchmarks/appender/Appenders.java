package io.logsense.benchmarks.appender;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.util.Duration;
import io.logsense.logback.LogSenseAppender;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.logs.LoggerProvider;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.instrumentation.logback.appender.v1_0.OpenTelemetryAppender;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.sentry.NoOpTransportFactory;
import io.sentry.SentryOptions;
import io.sentry.logback.SentryAppender;
import net.logstash.logback.stacktrace.StackHasher;
import org.jspecify.annotations.Nullable;

/** What is measured. All write to nowhere: what is left is the cost of the appender itself. */
public enum Appenders {
  /** An appender that does nothing: what Logback itself costs. */
  NONE {
    @Override
    Appender<ILoggingEvent> create(LoggerContext context) {
      return nowhere(context);
    }
  },
  /** Ours with its defaults. */
  LOGSENSE {
    @Override
    Appender<ILoggingEvent> create(LoggerContext context) {
      return logsense(context, false);
    }
  },
  /** Ours when it cuts floods down. */
  LOGSENSE_REDUCING {
    @Override
    Appender<ILoggingEvent> create(LoggerContext context) {
      return logsense(context, true);
    }
  },
  /** Logback's own queue, which drops what it has no room for. */
  LOGBACK_ASYNC {
    @Override
    Appender<ILoggingEvent> create(LoggerContext context) {
      AsyncAppender async = new AsyncAppender();
      async.setQueueSize(8192);
      async.setNeverBlock(true);
      async.addAppender(nowhere(context));
      return async;
    }
  },
  /** The hash of logstash-logback-encoder with its default settings, computed of each throwable. */
  LOGSTASH_HASH {
    @Override
    Appender<ILoggingEvent> create(LoggerContext context) {
      return new Hashing();
    }
  },
  /** OpenTelemetry's, to an SDK without a processor that exports. */
  OPENTELEMETRY {
    @Override
    Appender<ILoggingEvent> create(LoggerContext context) {
      OpenTelemetryAppender appender = new OpenTelemetryAppender();
      appender.setOpenTelemetry(
          new Sdk(SdkLoggerProvider.builder().addLogRecordProcessor((c, r) -> {}).build()));
      return appender;
    }
  },
  /** Sentry's, to a transport that sends nothing. */
  SENTRY {
    @Override
    Appender<ILoggingEvent> create(LoggerContext context) {
      SentryOptions options = new SentryOptions();
      options.setDsn("https://key@localhost/1");
      options.setTransportFactory(NoOpTransportFactory.getInstance());
      options.setEnableShutdownHook(false);
      SentryAppender appender = new SentryAppender();
      appender.setOptions(options);
      return appender;
    }
  };

  abstract Appender<ILoggingEvent> create(LoggerContext context);

  final boolean isOurs() {
    return this == LOGSENSE || this == LOGSENSE_REDUCING;
  }

  /** A started appender. */
  final Appender<ILoggingEvent> started(LoggerContext context) {
    Appender<ILoggingEvent> appender = create(context);
    appender.setContext(context);
    appender.start();
    return appender;
  }

  private static Appender<ILoggingEvent> nowhere(LoggerContext context) {
    Nowhere nowhere = new Nowhere();
    nowhere.setContext(context);
    nowhere.start();
    return nowhere;
  }

  private static LogSenseAppender logsense(LoggerContext context, boolean reduce) {
    LogSenseAppender appender = new LogSenseAppender();
    appender.setReduce(reduce);
    appender.setFlushAtExit(false);
    appender.setStopDeadline(Duration.buildBySeconds(5));
    appender.addAppender(nowhere(context));
    return appender;
  }

  /** Keeps the latest event, so that the compiler cannot leave out that it is made. */
  private static final class Nowhere extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private @Nullable ILoggingEvent latest;

    @Override
    protected void append(ILoggingEvent event) {
      latest = event;
    }

    @Override
    public String toString() {
      return "latest: " + latest;
    }
  }

  private static final class Hashing extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private final StackHasher hasher = new StackHasher();
    private volatile int last;

    @Override
    protected void append(ILoggingEvent event) {
      if (event.getThrowableProxy() instanceof ThrowableProxy proxy) {
        last = hasher.hexHash(proxy.getThrowable()).length();
      }
    }

    @Override
    public String toString() {
      return "hash of " + last + " digits";
    }
  }

  private record Sdk(LoggerProvider logs) implements OpenTelemetry {
    @Override
    public LoggerProvider getLogsBridge() {
      return logs;
    }

    @Override
    public TracerProvider getTracerProvider() {
      return TracerProvider.noop();
    }

    @Override
    public ContextPropagators getPropagators() {
      return ContextPropagators.noop();
    }
  }
}

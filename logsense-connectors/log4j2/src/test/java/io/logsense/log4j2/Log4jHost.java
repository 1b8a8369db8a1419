package io.logsense.log4j2;

import io.logsense.LogSense;
import io.logsense.api.event.Severity;
import io.logsense.inprocess.AppenderHost;
import io.logsense.inprocess.WrittenEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.config.xml.XmlConfiguration;
import org.apache.logging.log4j.status.StatusData;
import org.apache.logging.log4j.status.StatusListener;
import org.apache.logging.log4j.status.StatusLogger;

/** Log4j2 as a host sets it up by XML, without its global context. */
final class Log4jHost implements AppenderHost {
  private static final AtomicInteger HOSTS = new AtomicInteger();

  final LoggerContext context;
  private final Consumer<LogEvent> sink;
  private final String name = "LOGSENSE-" + HOSTS.getAndIncrement() + "-";
  private final String template;
  private final Status status = new Status();
  private LogSenseAppender appender;

  /** With the elements of the root logger. */
  Log4jHost(
      LoggerContext context,
      Map<String, String> settings,
      String template,
      Consumer<LogEvent> sink) {
    this.context = context;
    this.template = template;
    this.sink = sink;
    StatusLogger.getLogger().registerListener(status);
    reload(settings);
  }

  static Log4jHost synchronous(Map<String, String> settings, Consumer<LogEvent> sink) {
    return new Log4jHost(new LoggerContext("test"), settings, ROOT, sink);
  }

  static final String ROOT =
      """
      <Configuration>
        <Appenders>
          <LogSense name="NAME" ATTRIBUTES><AppenderRef ref="WRITTEN"/></LogSense>
        </Appenders>
        <Loggers><Root level="TRACE"><AppenderRef ref="NAME"/></Root></Loggers>
      </Configuration>
      """;

  @Override
  public void reload(Map<String, String> settings) {
    String attributes =
        new TreeMap<>(settings)
            .entrySet().stream()
                .map(entry -> entry.getKey() + "=\"" + entry.getValue() + "\"")
                .collect(Collectors.joining(" "));
    String xml = template.replace("NAME", name).replace("ATTRIBUTES", attributes);
    context.start(new Configured(xml));
    appender = context.getConfiguration().getAppender(name);
  }

  /** A configuration that has the test's appender too. */
  private final class Configured extends XmlConfiguration {
    Configured(String xml) {
      super(context, source(xml));
    }

    @Override
    protected void doConfigure() {
      super.doConfigure();
      addAppender(new Written(sink));
    }
  }

  private static ConfigurationSource source(String xml) {
    try {
      return new ConfigurationSource(
          new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The wrapped appender, which is not protected by Log4j2's base classes. */
  private static final class Written extends AbstractAppender {
    private final Consumer<LogEvent> sink;

    Written(Consumer<LogEvent> sink) {
      super("WRITTEN", null, null, false, Property.EMPTY_ARRAY);
      this.sink = sink;
    }

    @Override
    public void append(LogEvent event) {
      sink.accept(event);
    }
  }

  /** What a wrapped appender sees of an event. */
  static WrittenEvent written(LogEvent event) {
    Map<String, String> context = event.getContextData().toMap();
    context.keySet().removeIf(key -> !key.startsWith("logsense."));
    return new WrittenEvent(
        event.getLoggerName(),
        Log4jEvents.severity(event.getLevel()),
        event.getMessage().getFormattedMessage(),
        event.getThrown(),
        context,
        event.getThreadName());
  }

  @Override
  public void log(
      String logger, Severity severity, String format, Object argument, Throwable thrown) {
    Level level = Log4jEvents.level(severity);
    String pattern = format.replace("#", "{}");
    if (thrown == null) {
      context.getLogger(logger).log(level, pattern, argument);
    } else {
      context.getLogger(logger).log(level, pattern, argument, thrown);
    }
  }

  @Override
  public boolean formatsFirst() {
    return true; // as it does by default, into a buffer that it uses again
  }

  @Override
  public LogSense engine() {
    return appender.engine();
  }

  @Override
  public long dropped() {
    return appender.dropped();
  }

  @Override
  public List<String> warnings() {
    return List.copyOf(status.warnings);
  }

  @Override
  public void stop() {
    context.stop(60, TimeUnit.SECONDS); // as long as asynchronous loggers need
    StatusLogger.getLogger().removeListener(status);
  }

  /** What Log4j2 says of our appender. */
  private final class Status implements StatusListener {
    private final List<String> warnings = new CopyOnWriteArrayList<>();

    @Override
    public void log(StatusData data) {
      String text = data.getMessage().getFormattedMessage();
      if (text.contains(name)) {
        warnings.add(text);
      }
    }

    @Override
    public Level getStatusLevel() {
      return Level.WARN;
    }

    @Override
    public void close() {}
  }
}

package io.logsense.internal.parse;

import io.logsense.api.parse.LogParser;
import io.logsense.internal.text.Ascii;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The formats that have a name, the more specific before the more general. */
public final class Catalogue {
  private final Timestamps timestamps;
  private final Map<String, LogParser> parsers = new LinkedHashMap<>();

  /** The formats, with timestamps read in {@code context}. */
  public Catalogue(TimeContext context) {
    timestamps = new Timestamps(context);
    json();
    text();
    patterns();
    add(new KeyValueParser("logfmt", true, timestamps));
    add(new KeyValueParser("key-value", false, timestamps));
    add(new PlainTextParser(timestamps));
  }

  /** All parsers by name; plain text is the last. */
  public Map<String, LogParser> parsers() {
    return java.util.Collections.unmodifiableMap(parsers);
  }

  /** A parser for a Logback or Log4j 2 pattern. */
  public LogParser pattern(String name, String pattern) {
    return new LayoutParser(name, ConversionPattern.compile(pattern), timestamps, 0.97);
  }

  Timestamps timestamps() {
    return timestamps;
  }

  List<LogParser> candidates() {
    List<LogParser> candidates = new ArrayList<>(parsers.values());
    candidates.removeIf(p -> p.name().equals(PlainTextParser.NAME));
    return candidates;
  }

  private void add(LogParser parser) {
    parsers.put(parser.name(), parser);
  }

  private void json() {
    add(new JsonLineParser("otlp-json", timestamps, "\"resourceLogs\"", "\"logRecords\""));
    add(new JsonLineParser("gelf", timestamps, "\"short_message\"", "\"version\"", "\"host\""));
    add(new JsonLineParser("ecs-json", timestamps, "\"@timestamp\"", "\"ecs.version\""));
    add(
        new JsonLineParser(
            "ecs-json-nested", timestamps, "\"@timestamp\"", "\"ecs\"", "\"version\""));
    add(new JsonLineParser("log4j2-json-layout", timestamps, "\"loggerFqcn\"", "\"endOfBatch\""));
    add(new JsonLineParser("logstash-json", timestamps, "\"@timestamp\"", "\"@version\""));
    add(new JsonLineParser("serilog-clef", timestamps, "\"@t\"", "\"@m"));
    add(new JsonLineParser("json", timestamps));
  }

  private void text() {
    add(
        layout(
            "spring-boot",
            0.99,
            1,
            SpringBootElements::start,
            SpringBootElements::brackets,
            SpringBootElements::logger));
    add(
        layout(
            "syslog-rfc5424",
            0.99,
            1,
            SyslogElements::start,
            SyslogElements::names,
            SyslogElements.structuredData(),
            SyslogElements::byteOrderMark));
    add(syslog());
    add(layout("access-log", 0.98, 1, AccessLogElements::client, AccessLogElements::request));
    Element time = Element.Time.ANY;
    Element level = Element.Level.WORD;
    add(
        layout(
            "apache-error",
            0.97,
            2,
            FormatElements::apacheTime,
            FormatElements::apacheLevel,
            FormatElements::apacheProcess));
    add(layout("nginx-error", 0.98, 3, time, level, FormatElements::nginxProcess));
    Element whole = new Element.Whole(Slot.THREAD);
    Element process = new Element.Whole(Slot.PROCESS);
    add(layout("logcat", 0.97, 4, time, process, whole, FormatElements::logcatTag));
    add(layout("logcat-time", 0.97, 2, time, slashed(FormatElements::logcatTag)));
    add(layout("logcat-brief", 0.96, 1, slashed(FormatElements::logcatTag)));
    add(layout("glog", 0.98, 3, FormatElements::glogStart, whole, FormatElements::glogCaller));
    add(new JavaUtilLoggingParser(timestamps));
    add(new DotnetConsoleParser(timestamps));
    add(layout("python-logging", 0.85, 2, level, FormatElements::pythonLogger));
  }

  private LogParser syslog() {
    Layout layout =
        new Layout(
            List.of(
                FormatElements::optionalPriority,
                FormatElements::syslogTime,
                FormatElements::host,
                new Element.Tag(3)),
            3);
    Layout evidence = new Layout(List.of(FormatElements::syslogLine), 1);
    return new LayoutParser("syslog-rfc3164", layout, evidence, timestamps, 0.96);
  }

  private LogParser layout(String name, double weight, int required, Element... elements) {
    return new LayoutParser(name, new Layout(List.of(elements), required), timestamps, weight);
  }

  /** The element, where its second character is a slash. */
  private static Element slashed(Element element) {
    return (b, from, to, draft) -> {
      int p = Ascii.skipBlanks(b, from, to);
      return p + 1 < to && b[p + 1] == '/' ? element.match(b, p, to, draft) : -1;
    };
  }

  /** The patterns that frameworks and servers come with; {@code %d} stands for any timestamp. */
  private void patterns() {
    common("logback", "%d [%t] %p %c - %m");
    common("logback-basic", "%d [%t] %p %c -- %m");
    common("rust-env-logger", "[%d %p %c] %m");
    common("serilog-console", "[%d %p] %m");
    common("kafka", "[%d] %p %m (%c)");
    common("wildfly", "%d %p [%c] (%t) %m");
    common("log4j-hadoop", "%d %p [%t] %c: %m");
    common("log4j", "%d %p [%t] %c - %m");
    common("log4j-dashed", "%d - %p [%t] - %m");
    common("log4j-short", "%d %p %c: %m");
    common("log4j-bracketed-logger", "[%d] [%t/%p] [%c]: %m");
    common("log4j-bracketed", "[%d] [%t/%p]: %m");
    common("elasticsearch", "[%d][%-5p][%-25c] [%X{node}] %m");
  }

  private void common(String name, String pattern) {
    Layout layout = ConversionPattern.compile(pattern);
    add(new LayoutParser(name, layout, layout.strict(), timestamps, 0.9));
  }
}

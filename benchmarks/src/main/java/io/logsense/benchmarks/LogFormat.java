package io.logsense.benchmarks;

import io.logsense.Parsers;
import io.logsense.api.parse.LogParser;
import io.logsense.api.source.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Log formats with made-up lines, and for each the way it is usually read in Java: a regular
 * expression with one group for each field, the first of which is the time. The formats in JSON
 * have none; their peer is a JSON parser.
 */
public enum LogFormat {
  SPRING_BOOT(
      "spring-boot",
      "(\\S+)\\s+(\\w+) (\\d+) --- \\[([^]]*)] \\[\\s*([^]]*)] (\\S+)\\s*: (.*)",
      "yyyy-MM-dd'T'HH:mm:ss.SSSXXX"),
  LOGBACK("logback", "(\\S+ \\S+) \\[([^]]*)] (\\w+)\\s+(\\S+) - (.*)", "yyyy-MM-dd HH:mm:ss.SSS"),
  LOG4J(
      "log4j-hadoop", "(\\S+ \\S+) (\\w+)\\s+\\[([^]]*)] (\\S+): (.*)", "yyyy-MM-dd HH:mm:ss,SSS"),
  LOGSTASH_JSON("logstash-json", "", "yyyy-MM-dd'T'HH:mm:ss.SSSX"),
  ECS_JSON("ecs-json", "", "yyyy-MM-dd'T'HH:mm:ss.SSSX"),
  LOGFMT("logfmt", "time=(\\S+) level=(\\w+) msg=\"(.*?)\" logger=(\\S+) thread=(\\S+)", ""),
  SYSLOG_5424(
      "syslog-rfc5424",
      "<(?:\\d+)>1 (\\S+) (\\S+) (\\S+) (\\S+) (\\S+) \\[(\\S+) (?:[^]]*)] (.*)",
      "yyyy-MM-dd'T'HH:mm:ss.SSSX"),
  SYSLOG_3164(
      "syslog-rfc3164", "(\\w{3} +\\d+ \\S+) (\\S+) ([^\\[]+)\\[(\\d+)]: (.*)", "MMM ppd HH:mm:ss"),
  ACCESS_LOG(
      "access-log",
      "\\S+ \\S+ \\S+ \\[([^]]+)] \"(\\S+) (\\S+) [^\"]*\" (\\d+) (\\d+) \"([^\"]*)\" \"([^\"]*)\"",
      "dd/MMM/yyyy:HH:mm:ss Z"),
  KLOG("glog", "\\w(\\d{4} \\S+)\\s+(\\d+) (\\S+)] (.*)", "MMdd HH:mm:ss.SSSSSS"),
  INFERRED("inferred", "(\\S+)\\|(\\w+)\\|([^|]*)\\|([^|]*)\\|(.*)", "yyyy-MM-dd'T'HH:mm:ss.SSSX"),
  PLAIN_TEXT("plain-text", "(\\S+ \\S+) (.*)", "yyyy-MM-dd HH:mm:ss");

  private static final String[] LEVELS = {"INFO", "INFO", "INFO", "DEBUG", "WARN", "ERROR"};
  private static final String[] LOGGERS = {
    "com.acme.shop.OrderService", "com.acme.shop.CartController", "com.acme.net.ConnectionPool",
    "com.acme.billing.InvoiceJob", "org.hibernate.SQL", "com.acme.auth.TokenFilter",
    "com.acme.search.IndexWriter", "com.zaxxer.hikari.pool.HikariPool"
  };
  private static final String[] AGENTS = {
    "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0",
    "curl/8.5.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/120.0 Safari/537.36"
  };
  private static final long FIRST = Instant.parse("2024-03-07T22:00:00Z").toEpochMilli();

  private final String parser;
  private final String regex;
  private final String timePattern;

  LogFormat(String parser, String regex, String timePattern) {
    this.parser = parser;
    this.regex = regex;
    this.timePattern = timePattern;
  }

  /** The name of the parser that reads it. */
  String parserName() {
    return parser;
  }

  boolean isJson() {
    return regex.isEmpty();
  }

  /** The regular expression of a line. */
  String regex() {
    return regex;
  }

  /** The format of its time; ISO where empty. */
  DateTimeFormatter time() {
    return timePattern.isEmpty()
        ? DateTimeFormatter.ISO_DATE_TIME
        : DateTimeFormatter.ofPattern(timePattern, Locale.ROOT);
  }

  /** The parser of that name, or the one inferred from the lines. */
  LogParser parser(RecordBatch lines) {
    return this == INFERRED
        ? Parsers.defaults().detect(lines).parser()
        : Parsers.defaults().named(parser);
  }

  /** {@code count} lines; the same for the same count. */
  RecordBatch lines(int count) {
    Random random = new Random(ordinal());
    List<String> messages = Messages.mixed(count, ordinal());
    StringBuilder text = new StringBuilder();
    long millis = FIRST;
    for (String message : messages) {
      millis += random.nextInt(40);
      text.append(line(message, millis, random)).append('\n');
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    RecordBatch batch = new RecordBatch(bytes);
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        batch.add(start, i, start, false);
        start = i + 1;
      }
    }
    return batch;
  }

  private String line(String message, long millis, Random random) {
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(
            millis / 1000, (int) (millis % 1000) * 1_000_000, ZoneOffset.UTC);
    String at = time().format(time.atOffset(ZoneOffset.UTC));
    String level = LEVELS[random.nextInt(LEVELS.length)];
    String logger = LOGGERS[random.nextInt(LOGGERS.length)];
    String thread = "exec-" + random.nextInt(16);
    String text = isJson() || this == LOGFMT ? message.replace("\"", "\\\"") : message;
    return switch (this) {
      case SPRING_BOOT ->
          format("%s %5s 4242 --- [shop] [%15s] %-40s : %s", at, level, thread, logger, text);
      case LOGBACK -> format("%s [%s] %-5s %s - %s", at, thread, level, logger, text);
      case LOG4J -> format("%s %-5s [%s] %s: %s", at, level, thread, logger, text);
      case LOGSTASH_JSON ->
          format(
              "{\"@timestamp\":\"%s\",\"@version\":\"1\",\"message\":\"%s\",\"logger_name\":\"%s\","
                  + "\"thread_name\":\"%s\",\"level\":\"%s\",\"level_value\":20000,"
                  + "\"traceId\":\"%016x\"}",
              at, text, logger, thread, level, random.nextLong());
      case ECS_JSON ->
          format(
              "{\"@timestamp\":\"%s\",\"log.level\":\"%s\",\"message\":\"%s\",\"ecs.version\":"
                  + "\"1.2.0\",\"service.name\":\"shop\",\"process.thread.name\":\"%s\","
                  + "\"log.logger\":\"%s\",\"trace.id\":\"%016x\"}",
              at, level, text, thread, logger, random.nextLong());
      case LOGFMT ->
          format(
              "time=%s level=%s msg=\"%s\" logger=%s thread=%s", at, level, text, logger, thread);
      case SYSLOG_5424 ->
          format(
              "<%d>1 %s web-%d shop %d ID%d [app@32473 class=\"%s\" user=\"u%d\"] %s",
              random.nextInt(192),
              at,
              random.nextInt(4),
              4242,
              random.nextInt(60),
              logger,
              random.nextInt(1000),
              text);
      case SYSLOG_3164 ->
          format(
              "%s web-%d %s[%d]: %s", at, random.nextInt(4), "sshd", random.nextInt(30000), text);
      case ACCESS_LOG ->
          format(
              "10.0.%d.%d - - [%s] \"GET /shop/items/%d?page=%d HTTP/1.1\" %d %d \"-\" \"%s\"",
              random.nextInt(256),
              random.nextInt(256),
              at,
              random.nextInt(10000),
              random.nextInt(9),
              random.nextInt(10) == 0 ? 503 : 200,
              random.nextInt(100000),
              AGENTS[random.nextInt(AGENTS.length)]);
      case KLOG ->
          format(
              "%s%s %7d controller.go:%d] %s",
              level.substring(0, 1).replace('D', 'I'),
              at,
              random.nextInt(9) + 1,
              random.nextInt(40) + 100,
              text);
      case INFERRED -> format("%s|%s|%s|%s|%s", at, level, thread, logger, text);
      case PLAIN_TEXT -> at + ' ' + text;
    };
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}

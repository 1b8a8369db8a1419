package io.logsense.benchmarks.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The log of a shop in a topic: one partition for each of four services, each of which writes a
 * format of its own; one message in fifty has a stack trace inside. Equal seeds make equal topics.
 *
 * <p>By its logger a message's {@linkplain #kind kind} is known again in the store.
 */
final class ShopTopic {
  static final String NAME = "shop-logs";

  private static final long SEED = 4;
  private static final String GUARD = "Guard";
  private static final int KINDS = 12;
  private static final int FAULTS = 10;
  private static final int FAULT_IN = 50;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final String[] TEXTS = {
    "Order %d placed by customer %d",
    "Order %d ships in %d days",
    "Payment %d authorised in %d ms",
    "Payment %d declined with code %d",
    "Stock of product %d is %d",
    "Reserved %d pieces of product %d",
    "Search returned %d products in %d ms",
    "Mail %d queued behind %d others",
    "Price of product %d is now %d cents",
    "Session %d expired after %d s",
    "Uploaded picture %d of %d bytes",
    "Webhook %d answered with status %d"
  };

  private static final String[] CLASSES = {
    "Placement",
    "Shipping",
    "Authorisation",
    "Decline",
    "Stock",
    "Reservation",
    "Search",
    "Mailer",
    "Pricing",
    "Sessions",
    "Pictures",
    "Webhooks"
  };

  private enum Service {
    CHECKOUT,
    PAYMENT,
    CATALOGUE,
    MAIL
  }

  private final Map<String, Long> kinds = new TreeMap<>();
  private final Random random = new Random(SEED);
  private long millis = Instant.parse("2026-05-01T10:00:00Z").toEpochMilli();

  private ShopTopic() {}

  /** The kind of the messages of a logger: services say the same, but fail in their own places. */
  static String kind(String logger) {
    return logger.endsWith(GUARD) ? logger : logger.substring(logger.lastIndexOf('.') + 1);
  }

  /**
   * Writes the topic.
   *
   * @return how many messages there are of each kind
   */
  static Map<String, Long> write(String servers, int records) throws Exception {
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", servers))) {
      admin
          .createTopics(List.of(new NewTopic(NAME, Service.values().length, (short) 1)))
          .all()
          .get();
    }
    ShopTopic topic = new ShopTopic();
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            servers,
            "compression.type",
            "lz4",
            "batch.size",
            1 << 17,
            "linger.ms",
            20,
            "enable.idempotence",
            false,
            "max.in.flight.requests.per.connection",
            1);
    List<Future<RecordMetadata>> sent = new ArrayList<>(records);
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < records; i++) {
        sent.add(producer.send(topic.next()));
      }
      producer.flush();
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    }
    return topic.kinds;
  }

  private ProducerRecord<byte[], byte[]> next() {
    millis += random.nextInt(20);
    Service service = Service.values()[random.nextInt(Service.values().length)];
    String area = service.name().toLowerCase(Locale.ROOT);
    boolean fault = random.nextInt(FAULT_IN) == 0;
    int kind = random.nextInt(fault ? FAULTS : KINDS);
    String logger = "com.shop." + area + "." + CLASSES[kind] + (fault ? GUARD : "");
    kinds.merge(kind(logger), 1L, Long::sum);
    String message =
        fault
            ? "Cannot handle request " + random.nextInt(1_000_000)
            : String.format(
                Locale.ROOT, TEXTS[kind], random.nextInt(1_000_000), random.nextInt(5000));
    String text =
        line(service, fault ? "ERROR" : "INFO", logger, message, fault ? trace(logger, kind) : "");
    return new ProducerRecord<>(
        NAME, service.ordinal(), millis, null, text.getBytes(StandardCharsets.UTF_8));
  }

  private String line(Service service, String level, String logger, String message, String trace) {
    String time = TIME.format(Instant.ofEpochMilli(millis));
    int thread = random.nextInt(10);
    return switch (service) {
      case CHECKOUT ->
          "%s %5s 4711 --- [shop] [nio-8080-exec-%d] %-40s : %s%s"
              .formatted(time, level, thread, logger, message, trace);
      case PAYMENT ->
          "%s [worker-%d] %-5s %s - %s%s"
              .formatted(
                  time.replace('T', ' ').replace("Z", ""), thread, level, logger, message, trace);
      case CATALOGUE ->
          json(
              "\"@timestamp\":\"%s\",\"message\":\"%s\",\"logger_name\":\"%s\",\"level\":\"%s\",\"thread_name\":\"exec-%d\""
                  .formatted(time, message, logger, level, thread),
              "stack_trace",
              trace);
      case MAIL ->
          json(
              "\"@timestamp\":\"%s\",\"log.level\":\"%s\",\"message\":\"%s\",\"log.logger\":\"%s\",\"service.name\":\"mail\""
                  .formatted(time, level, message, logger),
              "error.stack_trace",
              trace);
    };
  }

  private static String json(String fields, String traceField, String trace) {
    String more =
        trace.isEmpty()
            ? ""
            : ",\"%s\":\"%s\""
                .formatted(traceField, trace.strip().replace("\t", "\\t").replace("\n", "\\n"));
    return "{" + fields + more + "}";
  }

  /** A stack trace of its own for every kind of fault, behind a line feed. */
  private String trace(String logger, int kind) {
    StringBuilder trace = new StringBuilder("\njava.lang.IllegalStateException: state ");
    trace.append(random.nextInt(1000));
    for (int i = 0; i < 25 + kind; i++) {
      trace
          .append("\n\tat ")
          .append(i < 6 ? logger : "org.framework.Chain")
          .append(".step")
          .append(i);
      trace
          .append('(')
          .append(i < 6 ? "Shop" : "Chain")
          .append(".java:")
          .append(10 + 7 * i)
          .append(')');
    }
    trace.append("\nCaused by: java.io.IOException: closed by ").append(random.nextInt(256));
    trace.append("\n\tat ").append(logger).append(".send(Shop.java:").append(90 + kind).append(')');
    return trace.append("\n\t... ").append(20 + kind).append(" more").toString();
  }
}

package io.logsense.kafka;

import io.logsense.api.source.LogSource;
import io.logsense.api.source.LogSourceProvider;
import io.logsense.api.source.UriOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Opens {@code kafka://host:9092,host2:9092/topic,topic2?group=…&from=…&config=FILE}; see the page
 * on Kafka for all options.
 */
public final class KafkaSourceProvider implements LogSourceProvider {
  private static final String FROM = "from";

  /** For {@link java.util.ServiceLoader}. */
  public KafkaSourceProvider() {}

  @Override
  public String scheme() {
    return "kafka";
  }

  @Override
  public LogSource open(URI uri, boolean follow) {
    UriOptions options = UriOptions.of(uri);
    String path = uri.getPath();
    if (uri.getRawAuthority() == null || path == null || path.length() < 2) {
      throw options.refused("it must be like kafka://host:9092/topic");
    }
    KafkaSource.Builder source =
        KafkaSource.builder(uri.getRawAuthority(), path.substring(1).split(",")).follow(follow);
    options.text("config").map(Path::of).ifPresent(source::properties);
    options.text("group").ifPresent(source::group);
    options.text("id").ifPresent(source::id);
    options.text("service").ifPresent(service -> source.label("service", service));
    options.text("environment").ifPresent(name -> source.label("environment", name));
    options.number("recordBytes", 1, Integer.MAX_VALUE >> 1).ifPresent(source::recordBytes);
    begin(source, options);
    choice(options, "isolation", "read_uncommitted", "read_committed", source::readCommitted);
    choice(options, "lost", "fail", "skip", source::skipLost);
    options.done();
    return source.build();
  }

  private static void begin(KafkaSource.Builder source, UriOptions options) {
    switch (options.text(FROM).orElse("earliest")) {
      case "earliest" -> {}
      case "latest" -> source.fromLatest();
      case "committed" -> source.fromCommitted();
      default -> options.instant(FROM, InstantSource.system()).ifPresent(source::from);
    }
  }

  private static void choice(
      UriOptions options, String name, String usual, String other, Runnable chosen) {
    String value = options.text(name).orElse(usual);
    if (value.equals(other)) {
      chosen.run();
    } else if (!value.equals(usual)) {
      throw options.refused(name + " is '" + value + "'; it must be " + usual + " or " + other);
    }
  }
}

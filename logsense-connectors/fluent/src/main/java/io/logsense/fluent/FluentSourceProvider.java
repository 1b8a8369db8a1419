package io.logsense.fluent;

import io.logsense.api.source.LogSource;
import io.logsense.api.source.LogSourceProvider;
import io.logsense.api.source.UriOptions;
import java.net.InetSocketAddress;
import java.net.URI;

/** {@code fluent://host:port}: listens there for the Forward protocol. */
public final class FluentSourceProvider implements LogSourceProvider {
  @Override
  public String scheme() {
    return "fluent";
  }

  @Override
  public LogSource open(URI uri, boolean follow) {
    UriOptions options = UriOptions.of(uri);
    FluentSource.Builder builder = FluentSource.builder();
    if (uri.getHost() != null) {
      int port = uri.getPort() < 0 ? FluentSource.PORT : uri.getPort();
      builder.address(new InetSocketAddress(uri.getHost(), port));
    }
    options.number("connections", 1, 10_000).ifPresent(builder::connections);
    options.duration("idle").ifPresent(builder::idle);
    options.number("messageBytes", 1, Integer.MAX_VALUE).ifPresent(builder::messageBytes);
    options.number("decompressedBytes", 1, Integer.MAX_VALUE).ifPresent(builder::decompressedBytes);
    options.number("recordBytes", 1, Integer.MAX_VALUE).ifPresent(builder::recordBytes);
    options
        .number("queueBytes", 1, Integer.MAX_VALUE)
        .ifPresent(bytes -> builder.queueBytes(bytes));
    options.done();
    if (!follow) {
      throw options.refused("who listens comes to no end; follow it");
    }
    return builder.build();
  }
}

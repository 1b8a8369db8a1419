package io.logsense.syslog;

import io.logsense.api.source.LogSource;
import io.logsense.api.source.LogSourceProvider;
import io.logsense.api.source.UriOptions;
import java.net.InetSocketAddress;
import java.net.URI;

/** {@code syslog://host:port?transport=tcp}: listens there for syslog. */
public final class SyslogSourceProvider implements LogSourceProvider {
  @Override
  public String scheme() {
    return "syslog";
  }

  @Override
  public LogSource open(URI uri, boolean follow) {
    UriOptions options = UriOptions.of(uri);
    SyslogSource.Builder builder = SyslogSource.builder();
    if (uri.getHost() != null) {
      builder.address(
          new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 5514 : uri.getPort()));
    }
    options
        .text("transport")
        .ifPresent(
            name -> {
              switch (name) {
                case "tcp" -> builder.transport(SyslogSource.Transport.TCP);
                case "udp" -> builder.transport(SyslogSource.Transport.UDP);
                default ->
                    throw options.refused("transport is '" + name + "'; it must be tcp or udp");
              }
            });
    options.number("connections", 1, 10_000).ifPresent(builder::connections);
    options.duration("idle").ifPresent(builder::idle);
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

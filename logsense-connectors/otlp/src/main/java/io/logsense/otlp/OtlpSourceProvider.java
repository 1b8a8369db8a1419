package io.logsense.otlp;

import io.logsense.api.source.LogSource;
import io.logsense.api.source.LogSourceProvider;
import io.logsense.api.source.UriOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** {@code otlp://host:port?grpc=4317}: listens there for OTLP over HTTP, and over gRPC. */
public final class OtlpSourceProvider implements LogSourceProvider {
  private static final int LAST_PORT = 65_535;

  @Override
  public String scheme() {
    return "otlp";
  }

  @Override
  public LogSource open(URI uri, boolean follow) {
    UriOptions options = UriOptions.of(uri);
    OtlpSource.Builder builder = OtlpSource.builder();
    String host =
        uri.getHost() == null ? InetAddress.getLoopbackAddress().getHostAddress() : uri.getHost();
    builder.http(new InetSocketAddress(host, uri.getPort() < 0 ? 4318 : uri.getPort()));
    options
        .number("grpc", 0, LAST_PORT)
        .ifPresent(port -> builder.grpc(new InetSocketAddress(host, port)));
    options.number("threads", 1, 1000).ifPresent(builder::threads);
    options.number("requestBytes", 1, Integer.MAX_VALUE - 1).ifPresent(builder::requestBytes);
    options.number("recordBytes", 1, Integer.MAX_VALUE).ifPresent(builder::recordBytes);
    options.number("queueBytes", 1, Integer.MAX_VALUE).ifPresent(builder::queueBytes);
    options.done();
    if (!follow) {
      throw options.refused("who listens comes to no end; follow it");
    }
    return builder.build();
  }
}

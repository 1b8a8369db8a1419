package io.logsense.qdrant;

import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.AbstractBlockingStub;
import io.grpc.stub.MetadataUtils;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.qdrant.client.grpc.CollectionsGrpc;
import io.qdrant.client.grpc.CollectionsGrpc.CollectionsBlockingStub;
import io.qdrant.client.grpc.PointsGrpc;
import io.qdrant.client.grpc.PointsGrpc.PointsBlockingStub;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls of Qdrant's gRPC interface, each made once, with a deadline and an answer of bounded size.
 * Thread-safe.
 *
 * <p>A connection is made by the call that needs one. After a failure of the connection the next
 * call makes another at once, where a channel left alone would fail calls until a pause is over
 * that doubles up to two minutes: how long to wait is for the caller to say.
 */
final class QdrantCalls implements AutoCloseable {
  private static final int PORT = 6334;
  private static final int MESSAGE = 300;
  private static final Metadata.Key<String> API_KEY =
      Metadata.Key.of("api-key", Metadata.ASCII_STRING_MARSHALLER);

  private final URI uri;
  private final Duration timeout;
  private final ManagedChannel channel;
  private final CollectionsBlockingStub collections;
  private final PointsBlockingStub points;

  QdrantCalls(URI uri, @Nullable String apiKey, Duration timeout, int messageBytes) {
    this.uri = uri;
    this.timeout = timeout;
    ChannelCredentials credentials =
        uri.getScheme().equals("https")
            ? TlsChannelCredentials.create()
            : InsecureChannelCredentials.create();
    channel =
        Grpc.newChannelBuilderForAddress(
                uri.getHost(), uri.getPort() < 0 ? PORT : uri.getPort(), credentials)
            .maxInboundMessageSize(messageBytes)
            .disableRetry()
            .disableServiceConfigLookUp()
            .build();
    Metadata headers = new Metadata();
    if (apiKey != null) {
      headers.put(API_KEY, apiKey);
    }
    Channel named =
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    collections = CollectionsGrpc.newBlockingStub(named);
    points = PointsGrpc.newBlockingStub(named);
  }

  /** Asks of collections. */
  <T> T collections(Function<CollectionsBlockingStub, T> call) {
    return call(collections, call);
  }

  /** Asks of points. */
  <T> T points(Function<PointsBlockingStub, T> call) {
    return call(points, call);
  }

  private <S extends AbstractBlockingStub<S>, T> T call(S stub, Function<S, T> call) {
    try {
      return call.apply(stub.withDeadlineAfter(timeout));
    } catch (StatusRuntimeException e) {
      Status.Code code = e.getStatus().getCode();
      if (code == Status.Code.UNAVAILABLE || code == Status.Code.DEADLINE_EXCEEDED) {
        channel.enterIdle();
      }
      throw failure(e);
    }
  }

  private LogSenseException failure(StatusRuntimeException e) {
    String text = e.getMessage() == null ? "" : e.getMessage();
    // gRPC gives this the code that Qdrant gives to one who asks too often.
    if (text.contains("gRPC message exceeds maximum size")) {
      return new LogSenseException(
          Category.LIMIT,
          uri + " answers more than messageBytes allows; raise it, or ask for fewer entries",
          e);
    }
    Category category =
        switch (e.getStatus().getCode()) {
          case UNAVAILABLE,
              DEADLINE_EXCEEDED,
              RESOURCE_EXHAUSTED,
              ABORTED,
              CANCELLED,
              INTERNAL,
              UNKNOWN ->
              Category.TRANSIENT;
          default -> Category.EXTERNAL;
        };
    return new LogSenseException(
        category, uri + " fails: " + text.substring(0, Math.min(text.length(), MESSAGE)), e);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}

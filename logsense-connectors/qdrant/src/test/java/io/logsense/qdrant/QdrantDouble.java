package io.logsense.qdrant;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.qdrant.client.grpc.Collections.CreateCollection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A server that answers as Qdrant's published protocol says, and keeps what it is given over a
 * restart. It has the calls of this module and no others, wants an index for every filter as strict
 * mode does, and searches exactly.
 */
final class QdrantDouble implements ServerInterceptor {
  private static final Metadata.Key<String> API_KEY =
      Metadata.Key.of("api-key", Metadata.ASCII_STRING_MARSHALLER);

  private final @Nullable String apiKey;
  private final int port;
  private final Map<String, DoubledCollection> collections = new ConcurrentHashMap<>();
  private final DoubledCollections collectionCalls = new DoubledCollections(collections);
  private final DoubledPoints pointCalls = new DoubledPoints(collections);
  private final Semaphore unanswered = new Semaphore(0);
  private volatile boolean silent;
  private Server server;

  @SuppressWarnings("this-escape") // it is complete when it begins to listen
  QdrantDouble(@Nullable String apiKey) throws IOException {
    this.apiKey = apiKey;
    server = listen(0);
    port = server.getPort();
  }

  private Server listen(int port) throws IOException {
    return NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
        .directExecutor()
        // As many as Qdrant takes.
        .maxInboundMessageSize(Integer.MAX_VALUE)
        .addService(ServerInterceptors.intercept(collectionCalls, this))
        .addService(ServerInterceptors.intercept(pointCalls, this))
        .build()
        .start();
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String given = headers.get(API_KEY);
    if (apiKey != null && !apiKey.equals(given)) {
      String text =
          given == null
              ? "Must provide an API key or an Authorization bearer token"
              : "Invalid API key or JWT";
      call.close(Status.UNAUTHENTICATED.withDescription(text), new Metadata());
      return new ServerCall.Listener<>() {};
    }
    if (silent) {
      unanswered.release();
      return new ServerCall.Listener<>() {};
    }
    return next.startCall(call, headers);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Whether it takes calls and answers none. */
  void silent(boolean value) {
    silent = value;
  }

  DoubledCollection collection(String name) {
    DoubledCollection collection = collections.get(name);
    if (collection == null) {
      throw DoubledCollection.missing(name);
    }
    return collection;
  }

  /** A collection that was made by someone else. */
  void put(CreateCollection creation) {
    collections.put(creation.getCollectionName(), new DoubledCollection(creation));
  }

  void drop(String name) {
    collections.remove(name);
  }

  /** Waits for a call that it will not answer. */
  void awaitCall() throws InterruptedException {
    unanswered.acquire();
  }

  /** Breaks its connections, and takes no others. */
  void stop() throws InterruptedException {
    server.shutdownNow();
    server.awaitTermination(10, TimeUnit.SECONDS);
  }

  void startAgain() throws IOException {
    server = listen(port);
  }
}

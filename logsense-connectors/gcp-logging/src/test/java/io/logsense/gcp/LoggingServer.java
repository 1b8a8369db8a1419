package io.logsense.gcp;

import com.google.logging.v2.ListLogEntriesRequest;
import com.google.logging.v2.ListLogEntriesResponse;
import com.google.logging.v2.LogEntry;
import com.google.protobuf.util.Timestamps;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.logsense.testkit.Faults;
import io.logsense.testkit.FaultyProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The listing of the logging service over gRPC with Google's own messages: times of the filter,
 * order, page tokens that hold for one request, and errors. The rest of filters is not looked at.
 */
final class LoggingServer implements Faults, AutoCloseable {
  private static final Pattern TIMES =
      Pattern.compile("timestamp>=\"([^\"]+)\" AND timestamp<=\"([^\"]+)\"$");

  final List<ListLogEntriesRequest> requests = new CopyOnWriteArrayList<>();
  volatile boolean forgetTokens;
  volatile Status failure;
  private final List<LogEntry> entries = new CopyOnWriteArrayList<>();
  private final Server server;
  private final FaultyProxy proxy;

  LoggingServer() throws IOException {
    MethodDescriptor<ListLogEntriesRequest, ListLogEntriesResponse> list =
        MethodDescriptor.<ListLogEntriesRequest, ListLogEntriesResponse>newBuilder()
            .setType(MethodType.UNARY)
            .setFullMethodName("google.logging.v2.LoggingServiceV2/ListLogEntries")
            .setRequestMarshaller(ProtoUtils.marshaller(ListLogEntriesRequest.getDefaultInstance()))
            .setResponseMarshaller(
                ProtoUtils.marshaller(ListLogEntriesResponse.getDefaultInstance()))
            .build();
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(
                ServerServiceDefinition.builder("google.logging.v2.LoggingServiceV2")
                    .addMethod(list, ServerCalls.asyncUnaryCall(this::list))
                    .build())
            .build()
            .start();
    proxy =
        FaultyProxy.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()));
  }

  String authority() {
    return proxy.authority();
  }

  void add(LogEntry entry) {
    entries.add(entry);
  }

  private void list(
      ListLogEntriesRequest request, StreamObserver<ListLogEntriesResponse> response) {
    requests.add(request);
    Status status = failure;
    if (status == null && forgetTokens && !request.getPageToken().isEmpty()) {
      forgetTokens = false;
      status = Status.INVALID_ARGUMENT.withDescription("page_token is invalid");
    }
    if (status != null) {
      response.onError(status.asRuntimeException());
      return;
    }
    response.onNext(page(request));
    response.onCompleted();
  }

  private ListLogEntriesResponse page(ListLogEntriesRequest request) {
    Matcher times = TIMES.matcher(request.getFilter());
    if (!times.find()) {
      throw new IllegalArgumentException(request.getFilter());
    }
    List<LogEntry> found = new ArrayList<>(entries);
    found.removeIf(
        entry ->
            !entry.getLogName().startsWith(request.getResourceNames(0) + "/")
                || compare(entry, times.group(1)) < 0
                || compare(entry, times.group(2)) > 0);
    found.sort(Comparator.comparing(LogEntry::getTimestamp, Timestamps.comparator()));
    String token = request.toBuilder().clearPageToken().build().hashCode() + "/";
    int start = 0;
    if (!request.getPageToken().isEmpty()) {
      if (!request.getPageToken().startsWith(token)) {
        throw new IllegalStateException("the request has changed");
      }
      start = Integer.parseInt(request.getPageToken().substring(token.length()));
    }
    int end = Math.min(found.size(), start + request.getPageSize());
    return ListLogEntriesResponse.newBuilder()
        .addAllEntries(found.subList(start, end))
        .setNextPageToken(end < found.size() ? token + end : "")
        .build();
  }

  private static int compare(LogEntry entry, String time) {
    try {
      return Timestamps.compare(entry.getTimestamp(), Timestamps.parse(time));
    } catch (ParseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public Set<Fault> supported() {
    Set<Fault> faults = EnumSet.copyOf(proxy.supported());
    faults.addAll(Set.of(Fault.THROTTLED, Fault.FAILED));
    return faults;
  }

  @Override
  public void inject(Fault next) throws IOException {
    switch (next) {
      case THROTTLED -> failure = Status.RESOURCE_EXHAUSTED.withDescription("Quota exceeded");
      case FAILED -> failure = Status.INTERNAL;
      default -> proxy.inject(next);
    }
  }

  @Override
  public void heal() throws IOException {
    failure = null;
    proxy.heal();
  }

  @Override
  public void close() throws IOException {
    proxy.close();
    server.shutdownNow();
  }
}

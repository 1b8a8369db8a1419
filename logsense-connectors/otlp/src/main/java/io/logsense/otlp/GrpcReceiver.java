package io.logsense.otlp;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** OTLP over gRPC. */
final class GrpcReceiver extends LogsServiceGrpc.LogsServiceImplBase implements Closeable {
  private static final int CALLS = 64;
  private static final long IDLE_MINUTES = 30;

  private final Intake intake;
  private Server server;

  @SuppressWarnings("NullAway.Init") // start() gives it the server that it is a part of
  private GrpcReceiver(Intake intake) {
    this.intake = intake;
  }

  static GrpcReceiver start(InetSocketAddress address, Intake intake, int requestBytes)
      throws IOException {
    GrpcReceiver receiver = new GrpcReceiver(intake);
    try {
      receiver.server =
          NettyServerBuilder.forAddress(address)
              .maxInboundMessageSize(requestBytes)
              .maxConcurrentCallsPerConnection(CALLS)
              .maxConnectionIdle(IDLE_MINUTES, TimeUnit.MINUTES)
              .addService(receiver)
              .build()
              .start();
    } catch (IOException e) {
      throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
    return receiver;
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void export(
      ExportLogsServiceRequest request, StreamObserver<ExportLogsServiceResponse> answers) {
    ExportLogsServiceResponse taken;
    try {
      taken = intake.take(OtlpJson.records(request));
    } catch (IOException e) {
      answers.onError(Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asException());
      return;
    }
    if (taken == null) {
      // The code for which senders try again after a while.
      answers.onError(Status.UNAVAILABLE.withDescription("no room").asException());
      return;
    }
    answers.onNext(taken);
    answers.onCompleted();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}

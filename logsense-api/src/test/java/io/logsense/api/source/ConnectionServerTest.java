package io.logsense.api.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConnectionServerTest {
  private static final Duration IDLE = Duration.ofSeconds(20);

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** More failures than connections are allowed: none of them takes the place of one. */
  @Test
  void connectionsAreServedAgainAfterFailures() throws Exception {
    AtomicInteger failures = new AtomicInteger();
    ServerSocket scarce =
        new ServerSocket() {
          @Override
          public Socket accept() throws IOException {
            switch (failures.incrementAndGet()) {
              case 1:
                throw new OutOfMemoryError("unable to create native thread");
              case 2:
                throw new IOException("Too many open files");
              default:
                return super.accept();
            }
          }
        };
    CountDownLatch served = new CountDownLatch(1);
    try (ConnectionServer server =
            ConnectionServer.start(scarce, anyPort(), 1, IDLE, one -> served.countDown());
        Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      assertThat(client.isConnected()).isTrue();
      assertThat(served.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }
}

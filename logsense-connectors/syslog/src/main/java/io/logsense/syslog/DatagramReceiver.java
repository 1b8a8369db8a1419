package io.logsense.syslog;

import io.logsense.api.source.RecordQueue;
import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Takes each datagram as a message, and drops it when there is no room. */
final class DatagramReceiver implements Closeable {
  private static final int LARGEST = 65_535;

  /** Bursts wait in the kernel; it may grant less. */
  private static final int KERNEL_BYTES = 4 << 20;

  /** After a failure, which may last. */
  private static final long PAUSE_MILLIS = 100;

  /** The kernel frees a port when the thread that waits for it has come back. */
  private static final long FREED_MILLIS = 5_000;

  private final CountDownLatch closing = new CountDownLatch(1);
  private final DatagramSocket socket;
  private final RecordQueue queue;
  private final Thread thread;

  private DatagramReceiver(DatagramSocket socket, RecordQueue queue) {
    this.socket = socket;
    this.queue = queue;
    thread = new Thread(this::run, "logsense-receive-" + socket.getLocalPort());
    thread.setDaemon(true);
  }

  static DatagramReceiver start(InetSocketAddress address, RecordQueue queue) throws IOException {
    DatagramSocket socket;
    try {
      socket = new DatagramSocket(address);
    } catch (IOException e) {
      throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
    socket.setReceiveBufferSize(KERNEL_BYTES);
    DatagramReceiver receiver = new DatagramReceiver(socket, queue);
    receiver.thread.start();
    return receiver;
  }

  int port() {
    return socket.getLocalPort();
  }

  private void run() {
    try {
      receive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void receive() throws InterruptedException {
    byte[] buffer = new byte[LARGEST];
    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
    while (!socket.isClosed()) {
      try {
        packet.setLength(buffer.length);
        socket.receive(packet);
        if (packet.getLength() > 0
            && !queue.offer(List.of(Arrays.copyOf(buffer, packet.getLength())))) {
          queue.dropped(1);
        }
      } catch (IOException e) {
        // Closed; or what another host answered to something that was never sent.
        closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      }
    }
  }

  @Override
  public void close() {
    closing.countDown();
    socket.close();
    try {
      thread.join(FREED_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

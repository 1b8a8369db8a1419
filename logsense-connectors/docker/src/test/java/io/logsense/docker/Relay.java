package io.logsense.docker;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Carries bytes between TCP connections and a Unix socket, until they are cut. */
final class Relay implements AutoCloseable {
  private final ServerSocketChannel server =
      ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  private final List<Closeable> open = new CopyOnWriteArrayList<>();

  Relay(Path socket) throws IOException {
    daemon(
        () -> {
          while (true) {
            SocketChannel client = server.accept();
            SocketChannel engine = SocketChannel.open(StandardProtocolFamily.UNIX);
            engine.connect(UnixDomainSocketAddress.of(socket));
            open.add(client);
            open.add(engine);
            daemon(() -> carry(client, engine));
            daemon(() -> carry(engine, client));
          }
        });
  }

  private static void carry(SocketChannel from, SocketChannel to) throws IOException {
    try (from;
        to) {
      ByteBuffer buffer = ByteBuffer.allocate(8192);
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // Cut.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  String host() {
    return "tcp://127.0.0.1:" + server.socket().getLocalPort();
  }

  /** Ends all connections. */
  void cut() throws IOException {
    for (Closeable one : open) {
      one.close();
    }
    open.clear();
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }
}

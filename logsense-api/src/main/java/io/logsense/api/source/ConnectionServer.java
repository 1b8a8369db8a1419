package io.logsense.api.source;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Listens on a port and serves each connection by a thread of its own; for sources that listen.
 *
 * <p>When there are as many connections as allowed, further ones wait in the backlog of the port.
 */
public final class ConnectionServer implements Closeable {
  /** What is done with a connection. */
  @FunctionalInterface
  public interface Handler {
    /** Serves a connection until it ends; it is closed afterwards, also after an exception. */
    void serve(Socket connection) throws IOException, InterruptedException;
  }

  /** After a failure to accept, which may last: asking at once again would be all that is done. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** The kernel frees a port when the thread that waits for connections has come back. */
  private static final Duration FREED = Duration.ofSeconds(5);

  private final ServerSocket server;
  private final Duration idle;
  private final Handler handler;
  private final Semaphore free;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CountDownLatch freed = new CountDownLatch(1);
  private volatile boolean closed;

  private ConnectionServer(ServerSocket server, int connections, Duration idle, Handler handler) {
    this.server = server;
    this.idle = idle;
    this.handler = handler;
    this.free = new Semaphore(connections);
  }

  /**
   * Starts to listen.
   *
   * @param server not bound yet: a plain one, or one for TLS
   * @param address port 0 for one that is free
   * @param connections how many there may be at a time
   * @param idle a read that waits longer than that fails, which ends the connection
   * @throws IOException when the port cannot be had; names it
   */
  public static ConnectionServer start(
      ServerSocket server,
      InetSocketAddress address,
      int connections,
      Duration idle,
      Handler handler)
      throws IOException {
    try {
      server.setReuseAddress(true);
      server.bind(address);
    } catch (IOException e) {
      server.close();
      throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
    ConnectionServer started = new ConnectionServer(server, connections, idle, handler);
    started.run("logsense-accept-" + started.port(), started::accept);
    return started;
  }

  /** The port that is listened on. */
  public int port() {
    return server.getLocalPort();
  }

  private void run(String name, Runnable work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } finally {
                threads.remove(Thread.currentThread());
              }
            },
            name);
    thread.setDaemon(true);
    threads.add(thread);
    boolean started = false;
    try {
      thread.start();
      started = true;
    } finally {
      if (!started) {
        threads.remove(thread);
      }
    }
  }

  private void accept() {
    try {
      acceptAll();
    } finally {
      freed.countDown();
    }
  }

  private void acceptAll() {
    while (!closed) {
      try {
        free.acquire();
        if (!acceptOne()) {
          free.release();
          closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Whether a connection came and is served. */
  private boolean acceptOne() {
    Socket connection = null;
    try {
      connection = server.accept();
      Socket accepted = connection;
      open.add(accepted);
      run("logsense-receive-" + port(), () -> serve(accepted));
      return true;
    } catch (Throwable e) {
      // Closed; a connection that is gone already; or no more files or threads are to be had, which
      // may pass when others end.
      drop(connection);
      return false;
    }
  }

  private void drop(@Nullable Socket connection) {
    if (connection == null) {
      return;
    }
    open.remove(connection);
    try {
      connection.close();
    } catch (IOException e) {
      // Nothing was read of it.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setSoTimeout((int) Math.min(Integer.MAX_VALUE, idle.toMillis()));
      if (!closed) {
        handler.serve(connection);
      }
    } catch (IOException e) {
      // The sender is gone, silent for too long, or does not speak the protocol.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(connection);
      free.release();
    }
  }

  /** Ends all connections and frees the port. */
  @Override
  public void close() throws IOException {
    closed = true;
    closing.countDown();
    server.close();
    for (Socket connection : open) {
      connection.close();
    }
    threads.forEach(Thread::interrupt);
    try {
      freed.await(FREED.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.logsense.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on the loopback interface that stands between a connector and a real server, and
 * refuses, stalls, resets, cuts or slows connections down. Users call it.
 *
 * <p>Thread-safe. It has two threads for each connection, all of them daemons.
 */
public final class FaultyProxy implements Faults, Closeable {
  private static final int CUT_AFTER = 512;
  private static final int DRIBLET = 256;
  private static final int BUFFER = 8192;
  private static final long PAUSE_NANOS = 1_000_000;

  private final InetSocketAddress server;
  private final int port;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile ServerSocket listener;
  private @Nullable Thread accepting;
  private volatile @Nullable Fault fault;
  private volatile boolean closed;

  private FaultyProxy(InetSocketAddress server) throws IOException {
    this.server = server;
    listener = listen(0);
    port = listener.getLocalPort();
  }

  /** A proxy for {@code server}, without faults, on a free port. */
  public static FaultyProxy to(InetSocketAddress server) throws IOException {
    return new FaultyProxy(server);
  }

  /** The port where it listens on the loopback interface. */
  public int port() {
    return port;
  }

  /** Its address and port, such as {@code 127.0.0.1:40123}. */
  public String authority() {
    return InetAddress.getLoopbackAddress().getHostAddress() + ":" + port;
  }

  @Override
  public Set<Fault> supported() {
    return EnumSet.of(Fault.REFUSED, Fault.SILENT, Fault.RESET, Fault.CUT, Fault.SLOW);
  }

  @Override
  public synchronized void inject(Fault next) throws IOException {
    if (!supported().contains(next)) {
      throw new IllegalArgumentException("a proxy cannot do " + next);
    }
    fault = next;
    if (next == Fault.REFUSED) {
      listener.close();
      resetAll();
    }
  }

  @Override
  public synchronized void heal() throws IOException {
    fault = null;
    if (listener.isClosed() && !closed) {
      awaitEndOfAccepting();
      listener = listen(port);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    listener.close();
    resetAll();
  }

  /** The port is in use for as long as a thread waits for connections to it. */
  private void awaitEndOfAccepting() throws IOException {
    try {
      if (accepting != null) {
        accepting.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the port became free");
    }
  }

  private ServerSocket listen(int at) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at));
    accepting = start("accept", () -> accept(socket));
    return socket;
  }

  private void accept(ServerSocket from) {
    while (true) {
      try {
        connect(from.accept());
      } catch (IOException e) {
        if (from.isClosed()) {
          return;
        }
      }
    }
  }

  private void connect(Socket client) throws IOException {
    sockets.add(client);
    Socket upstream = new Socket();
    sockets.add(upstream);
    try {
      upstream.connect(server);
    } catch (IOException e) {
      reset(client);
      throw e;
    }
    client.setTcpNoDelay(true);
    upstream.setTcpNoDelay(true);
    start("ask", () -> pump(client, upstream, false));
    start("answer", () -> pump(upstream, client, true));
    if (fault == Fault.REFUSED) {
      reset(client);
      reset(upstream);
    }
  }

  private static Thread start(String name, Runnable task) {
    Thread thread = new Thread(task, "faulty-proxy-" + name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Passes on what comes, until either side ends. */
  private void pump(Socket from, Socket to, boolean answers) {
    byte[] buffer = new byte[BUFFER];
    long broken = 0;
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        while (fault == Fault.SILENT && !from.isClosed()) {
          LockSupport.parkNanos(PAUSE_NANOS);
        }
        Fault now = fault;
        if (answers && (now == Fault.RESET || now == Fault.CUT)) {
          int left = (int) Math.min(n, CUT_AFTER - broken);
          out.write(buffer, 0, left);
          broken += left;
          if (broken == CUT_AFTER) {
            end(from, to, now);
            return;
          }
        } else if (answers && now == Fault.SLOW) {
          dribble(buffer, n, out);
        } else {
          out.write(buffer, 0, n);
        }
      }
      to.shutdownOutput();
    } catch (IOException e) {
      reset(from);
      reset(to);
    }
  }

  private static void dribble(byte[] buffer, int length, OutputStream out) throws IOException {
    for (int at = 0; at < length; at += DRIBLET) {
      out.write(buffer, at, Math.min(DRIBLET, length - at));
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void end(Socket from, Socket to, Fault how) throws IOException {
    if (how == Fault.CUT) {
      to.shutdownOutput();
      from.close();
    } else {
      reset(to);
      reset(from);
    }
  }

  private void resetAll() {
    sockets.forEach(this::reset);
  }

  /** Closes at once, which the other side sees as a reset. */
  private void reset(Socket socket) {
    sockets.remove(socket);
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It is closed already.
    }
  }
}

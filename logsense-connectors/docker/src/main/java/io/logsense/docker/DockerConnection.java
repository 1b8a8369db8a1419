package io.logsense.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A client of one engine, whose calls end, and whose failures say who can act. */
final class DockerConnection implements Closeable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final String host;
  private final DockerClient client;

  DockerConnection(DockerClientConfig config) {
    host = config.getDockerHost().toString();
    client =
        DockerClientImpl.getInstance(
            config,
            new ZerodepDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .sslConfig(config.getSSLConfig())
                .connectionTimeout(CONNECT)
                .build());
  }

  /** For logs, which are read by threads of docker-java and may be silent for days. */
  DockerClient client() {
    return client;
  }

  /**
   * The answer to a request. A thread of its own waits for it: docker-java knows no time-out for
   * Unix sockets.
   */
  <T> T call(Function<DockerClient, T> request) throws IOException {
    FutureTask<T> task = new FutureTask<>(() -> request.apply(client));
    Thread thread = new Thread(task, "logsense-docker-call");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failed(e.getCause());
    } catch (TimeoutException e) {
      close();
      throw new IOException("Docker at " + host + " did not answer within " + ANSWER, e);
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for Docker at " + host);
    } finally {
      task.cancel(true);
    }
  }

  /** Whether the container does not exist any more. */
  static boolean isGone(@Nullable Throwable failure) {
    return failure instanceof NotFoundException || failure instanceof ConflictException;
  }

  /** What to throw for {@code failure}: returns what may be tried again, throws what may not. */
  IOException failed(@Nullable Throwable failure) {
    String what = "Docker at " + host + ": " + message(failure);
    if (failure instanceof DockerException refused && !mayBeTriedAgain(refused)) {
      throw new LogSenseException(Category.EXTERNAL, what, failure);
    }
    return new IOException(what, failure);
  }

  private static boolean mayBeTriedAgain(DockerException refused) {
    return refused.getHttpStatus() / 100 == 5
        && !String.valueOf(refused.getMessage()).contains("does not support reading");
  }

  private static String message(@Nullable Throwable failure) {
    Throwable root = failure;
    while (root != null && root.getCause() != null && !(root instanceof DockerException)) {
      root = root.getCause();
    }
    return root == null || root.getMessage() == null
        ? String.valueOf(root)
        : root.getMessage().strip();
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}

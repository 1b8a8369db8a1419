package io.logsense.rest;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Calls a server that speaks JSON over HTTP. A call takes no longer than its time-out, body
 * included; redirects are not followed, since calls carry credentials.
 */
final class RestClient {
  private static final int TOO_MANY = 429;

  private final URI base;
  private final Duration timeout;
  private final int answerBytes;
  private final Supplier<Map<String, String>> headers;
  private final HttpClient http;
  private final RateLimit rateLimit = new RateLimit();

  /**
   * A client.
   *
   * @param base without a path
   * @param answerBytes what is longer is not read
   * @param headers asked for before each call; never part of a message
   */
  RestClient(
      URI base,
      Duration timeout,
      int answerBytes,
      Supplier<Map<String, String>> headers,
      @Nullable SSLContext tls) {
    this.base = base;
    this.timeout = timeout;
    this.answerBytes = answerBytes;
    this.headers = headers;
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(Version.HTTP_1_1).connectTimeout(timeout);
    if (tls != null) {
      builder.sslContext(tls);
    }
    http = builder.build();
  }

  /**
   * Calls the server once.
   *
   * @throws IOException when it cannot be reached, or says that it is busy or has failed
   * @throws LogSenseException (external) when it does not accept the credentials
   */
  Answer call(String method, String path, byte[] body) throws IOException, InterruptedException {
    rateLimit.check();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .method(method, BodyPublishers.ofByteArray(body));
    headers.get().forEach(request::header);
    HttpResponse<byte[]> response = send(request.build());
    rateLimit.heed(response);
    Answer answer = new Answer(response.statusCode(), response.body());
    int status = answer.status();
    if (status == 401 || status == 403) {
      throw new LogSenseException(
          Category.EXTERNAL,
          base + " refuses access with status " + status + ": " + answer.reason());
    }
    if (status >= 500 || status == TOO_MANY || status == 408) {
      throw new IOException(base + " answered with status " + status + ": " + answer.reason());
    }
    return answer;
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> response =
        http.sendAsync(request, info -> new BoundedBody(answerBytes));
    try {
      return response.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TooLargeException tooLarge) {
        throw tooLarge;
      }
      throw new IOException(base + " cannot be reached: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new IOException(base + " did not answer within " + timeout, e);
    } finally {
      response.cancel(true);
    }
  }
}

package io.logsense.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** ClickHouse's HTTP interface, and what its errors mean. */
final class Server {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final int OK = 200;
  private static final int MAX_QUOTED = 300;

  /**
   * Errors that pass, by ClickHouse's codes: time-outs, too many queries or parts, network, memory,
   * replicas and keepers that are not there.
   */
  private static final Set<String> PASSING_CODES =
      Set.of(
          "159", "202", "209", "210", "241", "242", "252", "279", "285", "319", "341", "394", "425",
          "999");

  /** Without a code: of what stands before the server. */
  private static final Set<Integer> PASSING_STATUS = Set.of(408, 429, 502, 503, 504);

  /** The name of an error stands at the end of its first line. */
  private static final Pattern NAME = Pattern.compile("\\(([A-Z_0-9]{3,64})\\)");

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();
  private final URI endpoint;
  private final String user;
  private final String password;
  private final Duration timeout;
  private volatile boolean closed;

  Server(URI endpoint, String user, String password, Duration timeout) {
    this.endpoint = endpoint;
    this.user = user;
    this.password = password;
    this.timeout = timeout;
  }

  /** The rows that a statement answers. */
  <T> List<T> query(Statement statement, Function<RowReader, T> row) {
    return new RowReader(call(statement, new byte[0])).rows(row);
  }

  /** Runs a statement that answers nothing. */
  void run(Statement statement) {
    call(statement, new byte[0]);
  }

  /** Runs an insert of rows. */
  void insert(String sql, RowWriter rows) {
    call(new Statement(sql + " FORMAT RowBinary"), rows.bytes());
  }

  private byte[] call(Statement statement, byte[] body) {
    if (closed) {
      throw new LogSenseException(Category.USAGE, "the store in ClickHouse is closed");
    }
    // The whole answer is awaited by the server, so that an error has a status of its own.
    StringBuilder uri =
        new StringBuilder(endpoint.toString())
            .append("/?wait_end_of_query=1&default_format=RowBinary&query=")
            .append(URLEncoder.encode(statement.sql(), UTF_8));
    statement
        .values()
        .forEach(
            (name, value) ->
                uri.append("&param_")
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, UTF_8)));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(uri.toString())).POST(BodyPublishers.ofByteArray(body));
    if (!user.isEmpty()) {
      request.header("X-ClickHouse-User", user).header("X-ClickHouse-Key", password);
    }
    HttpResponse<byte[]> response = response(request.build());
    if (response.statusCode() != OK) {
      throw refusal(response, statement.values().isEmpty() && body.length == 0);
    }
    return response.body();
  }

  private HttpResponse<byte[]> response(HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, BodyHandlers.ofByteArray());
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw failure("has not answered for " + timeout.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw failure("was not waited for: the thread was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw failure("cannot be reached: " + cause.getClass().getSimpleName(), cause);
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private LogSenseException failure(String problem, Exception cause) {
    return new LogSenseException(
        Category.TRANSIENT, "ClickHouse at " + endpoint.getAuthority() + ' ' + problem, cause);
  }

  /** What the server says may quote values, so it is told only where there are none. */
  private static LogSenseException refusal(HttpResponse<byte[]> response, boolean quotable) {
    String code = response.headers().firstValue("X-ClickHouse-Exception-Code").orElse("");
    String line = new String(response.body(), UTF_8).lines().findFirst().orElse("");
    String said = quotable ? line.substring(0, Math.min(line.length(), MAX_QUOTED)) : name(line);
    boolean passing =
        code.isEmpty()
            ? PASSING_STATUS.contains(response.statusCode())
            : PASSING_CODES.contains(code);
    return new LogSenseException(
        passing ? Category.TRANSIENT : Category.EXTERNAL,
        "ClickHouse refused (status " + response.statusCode() + ", code " + code + "): " + said);
  }

  private static String name(String line) {
    String name = "";
    for (Matcher matcher = NAME.matcher(line); matcher.find(); ) {
      name = matcher.group(1);
    }
    return name;
  }

  void close() {
    closed = true;
  }
}

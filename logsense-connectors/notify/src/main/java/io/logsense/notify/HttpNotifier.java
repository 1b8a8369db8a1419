package io.logsense.notify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.alert.Alert;
import io.logsense.api.alert.Notifier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings alerts to a webhook, Slack, Microsoft Teams, PagerDuty or Jira, by one HTTP request each.
 *
 * <pre>{@code
 * Notifier chat = HttpNotifier.slack(URI.create(System.getenv("SLACK_WEBHOOK"))).build();
 * Alerts.inMemory(AlertPolicy.defaults(), chat)
 * }</pre>
 *
 * <p>An alert that comes again carries its id: PagerDuty and Jira make nothing new of it, others
 * show it. Anything but a 2xx answer within the time-out is an {@link IOException}, whose words
 * hold neither the address, which is a secret of webhooks, nor a key. Redirects are not followed.
 * Thread-safe.
 */
public final class HttpNotifier implements Notifier {
  private static final URI PAGER_DUTY = URI.create("https://events.pagerduty.com/v2/enqueue");
  private static final int MOST_ANSWER = 1 << 20;
  private static final int NOT_FOUND = 404;

  private final String name;
  private final URI uri;
  private final BiFunction<Alert, String, String> payload;
  private final @Nullable URI search;
  private final Map<String, String> headers;
  private final AlertTemplate template;
  private final Duration timeout;
  private final @Nullable Consumer<String> dryRun;
  private final HttpClient client;

  private HttpNotifier(Builder b) {
    name = b.name;
    uri = b.uri;
    payload = b.payload;
    search = b.search;
    headers = Map.copyOf(b.headers);
    template = b.template;
    timeout = b.timeout;
    dryRun = b.dryRun;
    client = HttpClient.newBuilder().connectTimeout(timeout).build();
  }

  /** To any receiver, as JSON: see {@code docs/connectors/notify.md} for the fields. */
  public static Builder webhook(URI uri) {
    return new Builder("webhook", uri, Payloads::webhook);
  }

  /** To a channel of Slack, by the address of an incoming webhook. */
  public static Builder slack(URI webhook) {
    return new Builder("slack", webhook, Payloads::slack);
  }

  /** To a channel of Microsoft Teams, by the address of a workflow that takes webhooks. */
  public static Builder teams(URI workflow) {
    return new Builder("teams", workflow, Payloads::teams);
  }

  /** To PagerDuty's Events API v2, by the integration key of a service. */
  public static Builder pagerDuty(String routingKey) {
    return new Builder(
        "pagerduty", PAGER_DUTY, (alert, words) -> Payloads.pagerDuty(alert, words, routingKey));
  }

  /**
   * To Jira as an issue, unless one of the same alert is there. Needs an {@linkplain Builder#basic
   * account} or a {@linkplain Builder#bearer token} that may browse and create issues.
   *
   * @param site such as {@code https://example.atlassian.net}
   * @param project key of the project
   * @param issueType such as {@code Bug}
   */
  public static Builder jira(URI site, String project, String issueType) {
    String base = site.toString().endsWith("/") ? site.toString() : site + "/";
    Builder builder =
        new Builder(
            "jira",
            URI.create(base + "rest/api/2/issue"),
            (alert, words) -> Payloads.jira(alert, words, project, issueType));
    builder.search = URI.create(base + "rest/api/2/search");
    return builder;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void notify(Alert alert) throws IOException, InterruptedException {
    String body = payload.apply(alert, template.words(alert));
    if (dryRun != null) {
      dryRun.accept("POST to " + name + ": " + body);
      return;
    }
    if (search != null && isThere(search, alert)) {
      return;
    }
    HttpRequest.Builder request =
        request(uri)
            .header("Content-Type", "application/json; charset=utf-8")
            .header("Idempotency-Key", alert.id())
            .POST(HttpRequest.BodyPublishers.ofString(body));
    send(request.build());
  }

  private HttpRequest.Builder request(URI to) {
    HttpRequest.Builder request = HttpRequest.newBuilder(to);
    headers.forEach(request::header);
    return request;
  }

  /** Cloud and Data Center search at different places; each knows its own only. */
  private boolean isThere(URI place, Alert alert) throws IOException, InterruptedException {
    String jql = "labels = \"" + Payloads.label(alert) + "\"";
    String query = "?maxResults=1&fields=key&jql=" + encoded(jql);
    Answer answer = ask(request(URI.create(place + "/jql" + query)).GET().build());
    if (answer.status == NOT_FOUND) {
      answer = ask(request(URI.create(place + query)).GET().build());
    }
    answer.check();
    return answer.hasIssues();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private void send(HttpRequest request) throws IOException, InterruptedException {
    ask(request).check();
  }

  /** One time-out for the whole answer: that of the client ends with its head. */
  private Answer ask(HttpRequest request) throws IOException, InterruptedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(
            request,
            HttpResponse.BodyHandlers.ofByteArrayConsumer(
                part -> part.ifPresent(bytes -> append(bytes, body))));
    try {
      HttpResponse<Void> response = answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      return new Answer(response.statusCode(), body.toByteArray());
    } catch (ExecutionException e) {
      // The words of the cause may hold the address: what it is tells enough.
      String why = e.getCause() == null ? "" : e.getCause().getClass().getSimpleName();
      throw new IOException(name + " cannot be reached: " + why);
    } catch (TimeoutException e) {
      throw new IOException(name + " did not answer within " + timeout, e);
    } finally {
      answer.cancel(true);
    }
  }

  private static void append(byte[] part, ByteArrayOutputStream body) {
    if (body.size() > MOST_ANSWER - part.length) {
      throw new IllegalStateException("an answer of more than " + MOST_ANSWER + " bytes");
    }
    body.writeBytes(part);
  }

  @Override
  public String toString() {
    return name;
  }

  /** What a receiver answered. */
  private final class Answer {
    private final int status;
    private final byte[] body;

    Answer(int status, byte[] body) {
      this.status = status;
      this.body = body;
    }

    void check() throws IOException {
      if (status / 100 != 2) {
        throw new IOException(name + " answered with status " + status);
      }
    }

    boolean hasIssues() throws IOException {
      try (JsonParser parser = new JsonFactory().createParser(body)) {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
          if (token == JsonToken.FIELD_NAME && parser.currentName().equals("issues")) {
            return parser.nextToken() == JsonToken.START_ARRAY
                && parser.nextToken() != JsonToken.END_ARRAY;
          }
        }
      }
      throw new IOException(name + " answered a search without issues: is it the right address?");
    }
  }

  /** Collects what a notifier needs. Not thread-safe. */
  public static final class Builder {
    private String name;
    private URI uri;
    private final BiFunction<Alert, String, String> payload;
    private @Nullable URI search;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private AlertTemplate template = AlertTemplate.STANDARD;
    private Duration timeout = Duration.ofSeconds(10);
    private @Nullable Consumer<String> dryRun;

    private Builder(String name, URI uri, BiFunction<Alert, String, String> payload) {
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (uri.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
        throw new LogSenseException(
            Category.USAGE, "the address for " + name + " must begin with https:// or http://");
      }
      this.name = name;
      this.uri = uri;
      this.payload = payload;
    }

    /** Sets the name under which deliveries are noted: of two of a kind each needs its own. */
    public Builder name(String value) {
      name = value;
      return this;
    }

    /** Sets the words; of the webhook those of its field {@code text}. */
    public Builder template(AlertTemplate value) {
      template = value;
      return this;
    }

    /** Sends a header with each request. */
    public Builder header(String header, String value) {
      headers.put(header, value);
      return this;
    }

    /** Sends an account with each request. */
    public Builder basic(String user, String password) {
      byte[] account = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      return header("Authorization", "Basic " + Base64.getEncoder().encodeToString(account));
    }

    /** Sends a token with each request. */
    public Builder bearer(String token) {
      return header("Authorization", "Bearer " + token);
    }

    /** Sets how long to wait for a connection, and for an answer. Default 10 seconds. */
    public Builder timeout(Duration value) {
      timeout = value;
      return this;
    }

    /** Sends nothing: tells {@code value} what would have been sent. */
    public Builder dryRun(Consumer<String> value) {
      dryRun = value;
      return this;
    }

    /** Sends to another address than the service's own, such as that of a proxy. */
    Builder to(URI value) {
      uri = value;
      return this;
    }

    /** The notifier. */
    public HttpNotifier build() {
      return new HttpNotifier(this);
    }
  }
}

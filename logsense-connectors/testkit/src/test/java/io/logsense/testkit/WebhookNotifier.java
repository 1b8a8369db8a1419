package io.logsense.testkit;

import io.logsense.api.alert.Alert;
import io.logsense.api.alert.Notifier;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Posts the id and the summary of alerts as text. */
class WebhookNotifier implements Notifier {
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI uri;

  WebhookNotifier(URI uri) {
    this.uri = uri;
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public void notify(Alert alert) throws IOException, InterruptedException {
    int status = post(alert.id() + "\n" + alert.summary());
    if (status >= 300) {
      throw new IOException("the receiver answered " + status);
    }
  }

  final int post(String text) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(2))
            .POST(HttpRequest.BodyPublishers.ofString(text))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }
}

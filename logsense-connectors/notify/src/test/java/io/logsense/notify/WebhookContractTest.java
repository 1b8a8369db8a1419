package io.logsense.notify;

import java.net.URI;

class WebhookContractTest extends HttpNotifierContract {
  @Override
  HttpNotifier.Builder builder(URI address) {
    return HttpNotifier.webhook(address);
  }
}

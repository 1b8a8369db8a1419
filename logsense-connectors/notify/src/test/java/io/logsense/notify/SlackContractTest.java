package io.logsense.notify;

import java.net.URI;

class SlackContractTest extends HttpNotifierContract {
  @Override
  HttpNotifier.Builder builder(URI address) {
    return HttpNotifier.slack(address);
  }
}

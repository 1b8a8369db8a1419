package io.logsense.notify;

import java.net.URI;

class TeamsContractTest extends HttpNotifierContract {
  @Override
  HttpNotifier.Builder builder(URI address) {
    return HttpNotifier.teams(address);
  }
}

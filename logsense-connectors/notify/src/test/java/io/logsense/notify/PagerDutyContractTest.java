package io.logsense.notify;

import java.net.URI;

class PagerDutyContractTest extends HttpNotifierContract {
  @Override
  HttpNotifier.Builder builder(URI address) {
    return HttpNotifier.pagerDuty(SECRET).to(address);
  }
}

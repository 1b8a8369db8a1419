package io.logsense.notify;

import io.logsense.api.alert.Alert;
import io.logsense.api.finding.FindingKind;
import io.logsense.api.finding.FindingSeverity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Alerts to tell of. */
final class Samples {
  private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

  private Samples() {}

  static Alert alert(String id, String summary) {
    return new Alert(id, TIME, summary, List.of(item("jf1:0", FindingSeverity.HIGH, summary)));
  }

  static Alert storm(int groups) {
    List<Alert.Item> items = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      FindingSeverity severity = i == 1 ? FindingSeverity.CRITICAL : FindingSeverity.LOW;
      items.add(item("jf1:" + i, severity, "group number " + i));
    }
    return new Alert("al1:storm", TIME, groups + " groups", items);
  }

  private static Alert.Item item(String group, FindingSeverity severity, String summary) {
    return new Alert.Item(group, FindingKind.NEW, severity, 1_769_860_800_000_000_000L, summary);
  }
}

package io.logsense.inprocess;

import java.util.LinkedHashMap;
import java.util.Map;

/** The names under which what is known of an event is added to it. */
final class Facts {
  private static final String PREFIX = "logsense.";

  private final Map<String, Object> facts = new LinkedHashMap<>();

  private Facts(LoggedGroup group, long count) {
    add("fingerprint", group.id()).add("template", group.template()).add("group.count", count);
  }

  static Map<String, Object> of(Sighting sighting, long count) {
    return new Facts(sighting.group(), count).add("new", sighting.isNew()).facts;
  }

  static Map<String, Object> of(Summary summary) {
    return new Facts(summary.group(), summary.total())
        .add("reduced", summary.count())
        .add("lastSeen", summary.latest().toString())
        .facts;
  }

  private Facts add(String name, Object value) {
    facts.put(PREFIX + name, value);
    return this;
  }
}

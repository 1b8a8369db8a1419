package io.logsense;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.SourcePosition;
import io.logsense.api.event.StackTrace;
import io.logsense.api.fingerprint.Fingerprint;
import io.logsense.api.store.StoredEvent;
import io.logsense.internal.fingerprint.Hash128;

/**
 * An event that is to be kept.
 *
 * @param origin where it comes from
 * @param position where it stands
 * @param event masked
 * @param group id of its group
 */
record Kept(Origin origin, SourcePosition position, LogEvent event, String group) {
  private static final String SCHEME = "ev1";
  private static final long TAG = 0x6576_31L;
  private static final int MOST_CHARS = 4096;

  /** About how much room it takes. */
  int chars() {
    int frames = event.exception() == null ? 0 : event.exception().lines();
    return event.message().length() + 64 * (event.attributes().size() + frames + 1);
  }

  StoredEvent toStored() {
    StackTrace trace = event.exception();
    return trace == null
        ? new StoredEvent(id(), group, event, "")
        : new StoredEvent(id(), group, event.toBuilder().exception(null).build(), trace.text());
  }

  /**
   * Where the event stands, and by what the same place in another file of that name differs: its
   * time and the first line of its message, masked. So the id is the same when the event is read
   * again, even if more or fewer lines behind it are taken to be of its record.
   */
  private String id() {
    Hash128 hash = new Hash128(TAG);
    hash.add(origin.source());
    hash.add(origin.partition());
    hash.add(position.offset());
    hash.add(position.line());
    hash.add(event.timestamp());
    String message = event.message();
    int end = message.indexOf('\n');
    int length = Math.min(end < 0 ? message.length() : end, MOST_CHARS);
    hash.add(message.substring(0, length));
    return new Fingerprint(SCHEME, hash.high(), hash.low()).toString();
  }
}

package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.SourcePosition;
import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import io.logsense.api.fingerprint.Fingerprint;
import io.logsense.api.store.StoredEvent;
import io.logsense.internal.fingerprint.Hash128;
import java.util.Map;

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

  /** Characters that the objects around a text are worth, about. */
  private static final long OVERHEAD = 64;

  /** About how much room it takes; told without building the text of the trace. */
  long chars() {
    long chars = OVERHEAD + event.message().length();
    for (Map.Entry<String, String> attribute : event.attributes().entrySet()) {
      chars += OVERHEAD + attribute.getKey().length() + attribute.getValue().length();
    }
    StackTrace trace = event.exception();
    return trace == null ? chars : chars + chars(trace.error());
  }

  private static long chars(ThrownError error) {
    String message = error.message();
    long chars = OVERHEAD + error.type().length() + (message == null ? 0 : message.length());
    for (StackFrame frame : error.frames()) {
      chars += OVERHEAD + frame.className().length() + frame.method().length();
    }
    for (ThrownError suppressed : error.suppressed()) {
      chars += chars(suppressed);
    }
    ThrownError cause = error.cause();
    return cause == null ? chars : chars + chars(cause);
  }

  /** Its message, and its trace if it has one. */
  String text() {
    StackTrace trace = event.exception();
    return trace == null ? event.message() : event.message() + '\n' + trace.text();
  }

  /**
   * The event as a store takes it.
   *
   * @throws LogSenseException (defect) when it cannot be put so
   */
  StoredEvent toStored() {
    try {
      return stored();
    } catch (RuntimeException e) {
      throw new LogSenseException(Category.DEFECT, "event cannot be put for a store: " + e, e);
    }
  }

  private StoredEvent stored() {
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

package io.logsense.internal.parse;

import io.logsense.api.event.LogEvent;
import io.logsense.internal.text.Ascii;
import org.jspecify.annotations.Nullable;

/** A place in one line that moves as the line is matched, and where matched values go. */
final class Cursor {
  final byte[] bytes;
  final int end;
  final LogEvent.@Nullable Builder out;
  final Timestamps.Fields fields = new Timestamps.Fields();
  private final @Nullable Timestamps timestamps;
  private int timeRank;
  int at;
  boolean messageTaken;

  Cursor(
      byte[] bytes,
      int from,
      int end,
      @Nullable Timestamps timestamps,
      LogEvent.@Nullable Builder out) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
    this.timestamps = timestamps;
    this.out = out;
  }

  /** A cursor that only looks. */
  static Cursor over(byte[] bytes, int from, int end) {
    return new Cursor(bytes, from, end, null, null);
  }

  void skipBlanks() {
    at = Ascii.skipBlanks(bytes, at, end);
  }

  boolean has(char c) {
    return at < end && bytes[at] == c;
  }

  /** Takes {@link #fields} as the time of the event unless a better one was taken before. */
  void takeTime() {
    if (out != null && timestamps != null && fields.rank() > timeRank) {
      long nanos = timestamps.epochNanos(fields);
      if (nanos != LogEvent.NO_TIMESTAMP) {
        timeRank = fields.rank();
        out.timestamp(nanos);
      }
    }
  }

  /** Takes the bytes between as the value of {@code slot}. */
  void take(Slot slot, int from, int to) {
    if (out != null && to > from) {
      slot.put(out, Ascii.text(bytes, from, to));
    }
  }
}

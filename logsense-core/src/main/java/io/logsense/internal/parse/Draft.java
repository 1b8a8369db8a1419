package io.logsense.internal.parse;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.internal.text.Ascii;

/** The event that one line amounts to while it is read, and what turns its bytes into values. */
final class Draft {
  /** The timestamp being read. */
  final TimestampFields fields = new TimestampFields();

  private final LogEvent.Builder out;
  private final Timestamps timestamps;
  private final RepeatedTexts texts;
  private int timeRank;
  private boolean messageTaken;

  Draft(LogEvent.Builder out, Timestamps timestamps, RepeatedTexts texts) {
    this.out = out;
    this.timestamps = timestamps;
    this.texts = texts;
  }

  /** Takes {@link #fields} as the time of the event unless a better one was taken before. */
  void takeTime() {
    int rank = fields.rank();
    if (rank > timeRank) {
      long nanos = timestamps.epochNanos(fields);
      if (nanos != LogEvent.NO_TIMESTAMP) {
        timeRank = rank;
        out.timestamp(nanos);
      }
    }
  }

  void take(Severity severity) {
    out.severity(severity);
  }

  /** Takes the bytes between as the value of {@code slot}. */
  void take(Slot slot, byte[] b, int from, int to) {
    if (to > from) {
      slot.put(out, slot.repeats() ? texts.text(b, from, to) : Ascii.text(b, from, to));
    }
  }

  void take(Slot slot, String value) {
    slot.put(out, value);
  }

  /** The texts met so far. */
  RepeatedTexts texts() {
    return texts;
  }

  /** Takes the bytes between, blanks around them left out, as the message. */
  void takeMessage(byte[] b, int from, int to) {
    int start = Ascii.skipBlanks(b, from, to);
    out.message(Ascii.text(b, start, Ascii.trimEnd(b, start, to)));
    messageTaken = true;
  }

  /** Takes what is behind the header as the message, and the severity it begins with. */
  void takeRest(byte[] b, int from, int to) {
    if (!messageTaken) {
      int start = Ascii.skipBlanks(b, from, to);
      if (out.severity() == Severity.UNSPECIFIED) {
        SeverityWords.leading(b, start, to, out);
      }
      takeMessage(b, start, to);
    }
  }
}

package io.logsense.internal.parse;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.internal.text.Ascii;
import java.util.List;

/**
 * The header of a line as a list of elements, and the message behind it.
 *
 * <p>The first {@code required} elements make a line a record. The others may be missing: where one
 * does not match, the message begins.
 */
final class Layout {
  private final Element[] elements;
  private final int required;

  Layout(List<Element> elements, int required) {
    this.elements = elements.toArray(Element[]::new);
    this.required = required;
  }

  /** This layout, where a line must have every element. */
  Layout strict() {
    return new Layout(List.of(elements), elements.length);
  }

  boolean starts(byte[] b, int from, int to) {
    return matchAll(Cursor.over(b, from, to));
  }

  /** Whether all required elements stand at the cursor, which then is behind them. */
  boolean matchAll(Cursor c) {
    for (int i = 0; i < required; i++) {
      if (!elements[i].match(c)) {
        return false;
      }
    }
    return true;
  }

  boolean parse(byte[] b, int from, int to, Timestamps timestamps, LogEvent.Builder out) {
    Cursor c = new Cursor(b, from, to, timestamps, out);
    for (int i = 0; i < elements.length; i++) {
      int before = c.at;
      if (!elements[i].match(c)) {
        if (i < required) {
          return false;
        }
        c.at = before;
        break;
      }
    }
    takeMessage(c);
    return true;
  }

  static void takeMessage(Cursor c) {
    if (c.out != null && !c.messageTaken) {
      int start = Ascii.skipBlanks(c.bytes, c.at, c.end);
      if (c.out.severity() == Severity.UNSPECIFIED) {
        SeverityWords.leading(c.bytes, start, c.end, c.out);
      }
      c.out.message(Ascii.text(c.bytes, start, Ascii.trimEnd(c.bytes, start, c.end)));
    }
  }

  int size() {
    return elements.length;
  }
}

package io.logsense.internal.parse;

import io.logsense.api.event.LogEvent;
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

  boolean starts(byte[] b, int from, int to) {
    Cursor c = Cursor.over(b, from, to);
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
      c.out.message(Ascii.text(c.bytes, start, Ascii.trimEnd(c.bytes, start, c.end)));
    }
  }

  int size() {
    return elements.length;
  }
}

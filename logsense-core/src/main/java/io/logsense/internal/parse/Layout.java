package io.logsense.internal.parse;

import java.util.List;
import org.jspecify.annotations.Nullable;

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
    return match(b, from, to, null) >= 0;
  }

  /** The index behind the required elements, if all stand at {@code from}; else -1. */
  int match(byte[] b, int from, int to, @Nullable Draft draft) {
    int p = from;
    for (int i = 0; i < required && p >= 0; i++) {
      p = elements[i].match(b, p, to, draft);
    }
    return p;
  }

  boolean parse(byte[] b, int from, int to, Draft draft) {
    int p = match(b, from, to, draft);
    if (p < 0) {
      return false;
    }
    for (int i = required; i < elements.length; i++) {
      int end = elements[i].match(b, p, to, draft);
      if (end < 0) {
        break;
      }
      p = end;
    }
    draft.takeRest(b, p, to);
    return true;
  }

  int size() {
    return elements.length;
  }
}

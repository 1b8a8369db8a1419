package io.logsense.internal.template;

import java.util.ArrayList;
import java.util.List;

/**
 * The names of JSON values with the keys of the objects around them: {@code ship.zip}. Reads the
 * line once, from left to right.
 *
 * <p>At most {@value #MOST_KEYS} keys, the innermost, so that a line of nothing but objects in
 * objects has names of bounded length. Keys are as written. What is in an array is one value.
 */
final class JsonPath {
  static final int MOST_KEYS = 8;

  private final Line line;

  /** The key of each object that is open, outermost first; empty for an object without one. */
  private final List<String> open = new ArrayList<>();

  private int position;

  JsonPath(Line line) {
    this.line = line;
  }

  /**
   * The name written at {@code [from, to)}, with the keys around it when it is a key of JSON.
   *
   * @param from not below that of the call before
   */
  String name(int from, int to) {
    String name = new String(line.text, from, to - from);
    boolean key = from > 0 && line.text[from - 1] == '"' && to < line.length && to > from;
    if (!key || line.text[to] != '"') {
      return name;
    }
    readTo(from - 1);
    if (position != from - 1) {
      return name;
    }
    List<String> keys =
        new ArrayList<>(open.subList(Math.max(0, open.size() - MOST_KEYS + 1), open.size()));
    keys.removeIf(String::isEmpty);
    keys.add(name);
    return String.join(".", keys);
  }

  private void readTo(int end) {
    while (position < end) {
      switch (line.text[position]) {
        case '"' -> quoted();
        case '{' -> open("", position + 1);
        case '}' -> close();
        default -> position++;
      }
    }
  }

  /** A quoted text; with an object behind it, the key of that. */
  private void quoted() {
    int start = position + 1;
    int quote = line.closingQuote(position);
    if (quote < 0) {
      position = line.length;
      return;
    }
    position = quote + 1;
    int colon = line.colon(position);
    int value = line.behindSpaces(colon + 1);
    if (colon > 0 && value < line.length && line.text[value] == '{') {
      open(new String(line.text, start, quote - start), value + 1);
    }
  }

  private void open(String key, int next) {
    open.add(key);
    position = next;
  }

  private void close() {
    if (!open.isEmpty()) {
      open.remove(open.size() - 1);
    }
    position++;
  }
}

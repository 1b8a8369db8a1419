package io.logsense.internal.template;

/**
 * Reads the entries of JSON objects inside a line. Broken JSON is read as far as it goes.
 *
 * <p>A key names the value that it has alone. The words of a message, such as {@code "msg": "took 5
 * ms"}, are read like those of any line: their variables are not the value of the key, and without
 * a name they mean the same as in a plain log.
 *
 * <p>Cost: linear in the line; a quote that is never closed is looked for once.
 */
final class JsonScan {
  private final Line line;
  private final Spans spans;
  private final Shapes shapes;
  private boolean unclosed;

  JsonScan(Line line, Spans spans, Shapes shapes) {
    this.line = line;
    this.spans = spans;
    this.shapes = shapes;
  }

  /** Begins another line. */
  void reset() {
    unclosed = false;
  }

  /** Whether a quoted text with a colon behind it begins here. */
  boolean isKey(int position) {
    if (unclosed) {
      return false;
    }
    int close = line.closingQuote(position);
    unclosed = close < 0;
    return close > position + 1 && line.colon(close + 1) > 0;
  }

  /**
   * Reads {@code "key": value} of a JSON object, whose key opens at {@code open}; answers where the
   * token ends: behind the value, or in front of the words of a message or the entries of an
   * object.
   */
  int entry(int open) {
    int position = open;
    int keyStart = position + 1;
    int keyEnd = line.closingQuote(position);
    int i = line.behindSpaces(line.colon(keyEnd + 1) + 1);
    if (i >= line.length) {
      return line.length;
    }
    char c = line.text[i];
    if (c == '"') {
      int stop = line.closingQuote(i);
      if (stop < 0) {
        stop = line.length;
      }
      if (Vocabulary.isProseKey(line.text, keyStart, keyEnd)) {
        return i + 1;
      }
      if (stop > i + 1) {
        VariableType type = shapes.of(line.text, i + 1, stop);
        spans.add(i + 1, stop, type == null ? VariableType.TEXT : type, false, keyStart, keyEnd);
      }
      position = Math.min(line.length, stop + 1);
    } else if (c == '[') {
      position = closingBracket(i);
      spans.add(i, position, VariableType.JSON, false, keyStart, keyEnd);
    } else if (c == '{') {
      return i + 1;
    } else {
      int from = i;
      while (i < line.length
          && line.text[i] != ','
          && line.text[i] != '}'
          && !Characters.isSpace(line.text[i])) {
        i++;
      }
      if (i > from) {
        VariableType type = shapes.of(line.text, from, i);
        spans.add(from, i, type != null ? type : literal(from, i), false, keyStart, keyEnd);
      }
      position = i;
    }
    while (position < line.length && (line.text[position] == ',' || line.text[position] == '}')) {
      position++;
      if (line.text[position - 1] == ',') {
        break;
      }
    }
    return position;
  }

  private VariableType literal(int from, int to) {
    if (line.equal(from, to, "null")) {
      return VariableType.NULL;
    }
    return line.equal(from, to, "true") || line.equal(from, to, "false")
        ? VariableType.BOOLEAN
        : VariableType.TEXT;
  }

  private int closingBracket(int open) {
    int depth = 0;
    for (int i = open; i < line.length; i++) {
      char c = line.text[i];
      if (c == '"') {
        int close = line.closingQuote(i);
        if (close < 0) {
          return line.length;
        }
        i = close;
      } else if (c == '[' || c == '{') {
        depth++;
      } else if (c == ']' || c == '}') {
        depth--;
        if (depth == 0) {
          return i + 1;
        }
      }
    }
    return line.length;
  }
}

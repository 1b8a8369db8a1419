package io.logsense.internal.template;

/**
 * Finds the variables in a word: values of {@code key=value}, entries of JSON objects, URLs, tokens
 * that a masker left, and names.
 *
 * <p>Hot loop: written for speed.
 */
final class WordScan {
  private final Line line;
  private final Spans spans;
  private final Shapes shapes = new Shapes();
  private final JsonScan json;
  private final NameScan names;

  private int tokenStart;
  private int position;

  WordScan(Line line, Spans spans) {
    this.line = line;
    this.spans = spans;
    json = new JsonScan(line, spans, shapes);
    names = new NameScan(line, spans, shapes);
  }

  /** Begins another line. */
  void reset() {
    json.reset();
  }

  /** Scans from {@code start} to the next space or the end of a JSON entry; answers where. */
  int word(int start) {
    tokenStart = start;
    position = start;
    int keyStart = 0;
    int keyEnd = 0;
    while (position < line.length && !Characters.isSpace(line.text[position])) {
      char c = line.text[position];
      if (c == '"' && json.isKey(position)) {
        if (line.isPunctuation(tokenStart, position)) {
          position = json.entry(position);
        }
        return position;
      }
      if (c == '<') {
        int close = line.redacted(position);
        if (close > 0) {
          spans.add(position, close, VariableType.REDACTED, false, keyStart, keyEnd);
          position = close;
          keyEnd = 0;
          continue;
        }
      }
      if (c == '=' && keyEnd > keyStart) {
        position++;
        if (position < line.length && value(keyStart, keyEnd)) {
          keyEnd = 0;
          continue;
        }
        keyEnd = 0;
        continue;
      }
      if ((Characters.kind(c) & Characters.STRUCTURE) != 0) {
        position++;
        keyEnd = 0;
        continue;
      }
      int from = position;
      int seen = 0;
      while (position < line.length) {
        int kind = Characters.kind(line.text[position]);
        if ((kind & (Characters.SPACE | Characters.STRUCTURE)) != 0) {
          break;
        }
        seen |= kind;
        if (kind == Characters.MARK && isUrlMark(from, position)) {
          position = endOfUrl(position);
          break;
        }
        position++;
      }
      boolean key = position < line.length && line.text[position] == '=';
      if (key) {
        keyEnd = position;
        keyStart = keyEnd;
        while (keyStart > from && isKeyCharacter(line.text[keyStart - 1])) {
          keyStart--;
        }
        names.segment(from, keyStart, 0, 0);
        if (keyStart == keyEnd) {
          keyEnd = 0;
        }
      } else if ((seen & (Characters.DIGIT | Characters.MARK)) != 0) {
        names.segment(from, position, 0, 0);
      }
    }
    return position;
  }

  /** Whether {@code ://} stands here, behind at least two characters. */
  private boolean isUrlMark(int from, int at) {
    return line.text[at] == ':'
        && at - from >= 2
        && at + 3 < line.length
        && line.text[at + 1] == '/'
        && line.text[at + 2] == '/';
  }

  private int endOfUrl(int from) {
    int i = from;
    while (i < line.length
        && !Characters.isSpace(line.text[i])
        && "\"'<>()[]{}`|".indexOf(line.text[i]) < 0) {
      i++;
    }
    while (line.text[i - 1] == ',' || line.text[i - 1] == ';') {
      i--;
    }
    return i;
  }

  private static boolean isKeyCharacter(char c) {
    return Characters.isAlphanumeric(c) || c == '_' || c == '.' || c == '-';
  }

  /** The value of {@code key=value}; false when a bracket follows, whose content is read on. */
  private boolean value(int keyStart, int keyEnd) {
    char c = line.text[position];
    if (c == '"' || c == '\'') {
      int close = closing(position);
      if (close > 0) {
        if (close > position + 1) {
          valueSpan(position + 1, close, true, keyStart, keyEnd);
        }
        position = close + 1;
        return true;
      }
    }
    if (c == '<') {
      int close = line.redacted(position);
      if (close > 0) {
        spans.add(position, close, VariableType.REDACTED, false, keyStart, keyEnd);
        position = close;
        return true;
      }
    }
    int from = position;
    while (position < line.length
        && ((Characters.kind(line.text[position]) & (Characters.SPACE | Characters.STRUCTURE)) == 0
            || (line.text[position] == '=' && position > from))) {
      position++;
    }
    if (position == from) {
      return false;
    }
    position = behindBrackets(position);
    valueSpan(from, position, false, keyStart, keyEnd);
    return true;
  }

  /**
   * Where the quote at {@code open} closes: at the next one that no backslash escapes, else at the
   * next one; 0 without one.
   */
  private int closing(int open) {
    char quote = line.text[open];
    int escaped = 0;
    for (int i = open + 1; i < line.length; i++) {
      if (line.text[i] == quote) {
        if (line.text[i - 1] != '\\') {
          return i;
        }
        escaped = escaped == 0 ? i : escaped;
      }
    }
    return escaped;
  }

  /** Index behind brackets that open at {@code open} and hold neither spaces nor pairs. */
  private int behindBrackets(int open) {
    int depth = 0;
    for (int i = open;
        i < line.length && !Characters.isSpace(line.text[i]) && line.text[i] != '=';
        i++) {
      char c = line.text[i];
      if (c == '{' || c == '[' || c == '(') {
        depth++;
      } else if (c == '}' || c == ']' || c == ')') {
        depth--;
        if (depth == 0) {
          return i + 1;
        }
      }
      if (depth <= 0) {
        break;
      }
    }
    return open;
  }

  private void valueSpan(int from, int to, boolean quoted, int keyStart, int keyEnd) {
    int stop = to;
    while (!quoted && stop > from + 1 && Line.isSentenceEnd(line.text[stop - 1])) {
      stop--;
    }
    VariableType type = shapes.of(line.text, from, stop);
    if (type == null && (line.equal(from, stop, "true") || line.equal(from, stop, "false"))) {
      return;
    }
    spans.add(from, stop, type == null ? VariableType.TEXT : type, false, keyStart, keyEnd);
  }
}

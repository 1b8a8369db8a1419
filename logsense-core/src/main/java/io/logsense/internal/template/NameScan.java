package io.logsense.internal.template;

/** Finds the variables in a stretch of text without spaces, brackets or separators. */
final class NameScan {
  /** Variables in one name, and characters of it, that make the whole name a variable. */
  private static final int MANY_PARTS = 3;

  private static final int LONG_NAME = 12;

  private final Line line;
  private final Spans spans;
  private final Shapes shapes;

  NameScan(Line line, Spans spans, Shapes shapes) {
    this.line = line;
    this.spans = spans;
    this.shapes = shapes;
  }

  /** A stretch without brackets or separators: one variable, or a name with variables in it. */
  void segment(int from, int to, int keyStart, int keyEnd) {
    int a = from;
    int b = to;
    if (isSeparator(from, to)) {
      a++;
    }
    while (b > a + 1 && Line.isSentenceEnd(line.text[b - 1])) {
      b--;
    }
    if (b <= a) {
      return;
    }
    VariableType type = shapes.of(line.text, a, b);
    if (type != null) {
      spans.add(a, b, type, false, keyStart, keyEnd);
      return;
    }
    int before = spans.count;
    parts(a, b);
    if (spans.count - before >= MANY_PARTS && b - a >= LONG_NAME) {
      spans.count = before;
      spans.add(a, b, VariableType.ID, false, keyStart, keyEnd);
    }
  }

  /** Whether a colon in front of a value stands here, as in {@code 'key':3}. */
  private boolean isSeparator(int from, int to) {
    return line.text[from] == ':'
        && from > 0
        && line.text[from - 1] == '\''
        && to > from + 1
        && line.text[from + 1] != ':';
  }

  /** Marks the digits inside a name. */
  private void parts(int from, int to) {
    int i = from;
    while (i < to) {
      if (!Characters.isAlphanumeric(line.text[i])) {
        i++;
        continue;
      }
      int run = i;
      int seen = 0;
      while (i < to && Characters.isAlphanumeric(line.text[i])) {
        seen |= Characters.kind(line.text[i]);
        i++;
      }
      if ((seen & Characters.DIGIT) == 0) {
        continue;
      }
      if ((seen & Characters.OTHER_LETTER) == 0 && (seen == Characters.DIGIT || i - run >= 4)) {
        int start = withSign(run, from);
        if (seen == Characters.DIGIT) {
          while (i + 1 < to && line.text[i] == '.' && Characters.isDigit(line.text[i + 1])) {
            i++;
            while (i < to && Characters.isDigit(line.text[i])) {
              i++;
            }
          }
          spans.add(start, i, VariableType.NUMBER, false, 0, 0);
        } else {
          spans.add(start, i, VariableType.HEX, false, 0, 0);
        }
        continue;
      }
      VariableType whole = run == from && i == to ? null : shapes.of(line.text, run, i);
      if (whole != null) {
        spans.add(run, i, whole, false, 0, 0);
      } else {
        digitsInName(run, i);
      }
    }
  }

  private int withSign(int run, int from) {
    boolean signed =
        run > from
            && line.text[run - 1] == '-'
            && (run - 1 == from || !Characters.isAlphanumeric(line.text[run - 2]));
    return signed ? run - 1 : run;
  }

  private void digitsInName(int from, int to) {
    int i = from;
    while (i < to) {
      if (!Characters.isDigit(line.text[i])) {
        i++;
        continue;
      }
      int run = i;
      while (i < to && Characters.isDigit(line.text[i])) {
        i++;
      }
      spans.add(
          run, i, VariableType.NUMBER, run > from && i - run <= 2 && i <= line.namesEnd(), 0, 0);
    }
  }
}

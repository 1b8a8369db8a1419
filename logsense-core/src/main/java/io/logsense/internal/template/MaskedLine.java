package io.logsense.internal.template;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One line cut into tokens, with its variables found. Scratch space: reused from line to line.
 *
 * <p>A <em>token</em> is a word between spaces or one entry of a JSON object. A <em>span</em> is a
 * variable inside a token. A token that is nothing but spans and punctuation has the hash {@link
 * #VARIABLE}, and neighbours of that kind become one token, so that a list counts as one variable
 * whatever its length. A <em>soft</em> span counts as variable for grouping but is shown as written
 * until another text stands there: units behind a number and short digits inside names.
 *
 * <p>Not for several threads. Cost: linear in the line up to {@link #MAX_CHARS}.
 */
final class MaskedLine {
  /** Characters of a line that are looked at. */
  static final int MAX_CHARS = 8192;

  /** Tokens of a line that are looked at. */
  static final int MAX_TOKENS = 256;

  /** Hash of a token that is a variable as a whole. */
  static final long VARIABLE = 4;

  static final int STATE = 0;
  static final int VALUE = 1;
  static final int WORD = 2;
  static final int SKELETON = 3;

  /** Variables in one name, and characters of it, that make the whole name a variable. */
  private static final int MANY_PARTS = 3;

  private static final int LONG_NAME = 12;

  private static final int VARIABLE_MARK = 0x10002;
  private static final String WILDCARD = "<*>";

  private final Shapes shapes = new Shapes();
  private final FoldedSignature folded = new FoldedSignature();

  char[] text = new char[256];
  int length;

  /** Whether the limits cut something off. */
  boolean cut;

  int size;
  long[] hash = new long[32];
  long[] shown = new long[32];
  int[] start = new int[32];
  int[] end = new int[32];
  int[] firstSpan = new int[33];

  int spans;
  int[] spanStart = new int[64];
  int[] spanEnd = new int[64];
  int[] nameStart = new int[64];
  int[] nameEnd = new int[64];
  VariableType[] spanType = new VariableType[64];
  boolean[] soft = new boolean[64];

  private int position;
  private int tokenStart;
  private int tokenSpan;
  private boolean unclosed;

  /**
   * Takes the first line of {@code message} that is not blank; answers its hash with the digits
   * folded.
   */
  long load(String message) {
    int from = 0;
    int total = message.length();
    while (from < total && message.charAt(from) <= ' ') {
      from++;
      if (from > MAX_CHARS) {
        break;
      }
    }
    int limit = (int) Math.min(total, (long) from + MAX_CHARS);
    int wanted = limit - from;
    if (text.length < wanted) {
      text = new char[Math.max(wanted, Math.min(MAX_CHARS, text.length * 2))];
    }
    message.getChars(from, limit, text, 0);
    offset = from;
    long hashed = folded.of(text, wanted);
    length = folded.end;
    cut = length == wanted && limit < total && message.charAt(limit) != '\n';
    while (length > 0 && Characters.isSpace(text[length - 1])) {
      length--;
    }
    return cut ? ~hashed : hashed;
  }

  /** Index in the message of {@code text[0]}. */
  int offset;

  /** Finds tokens and spans of the loaded line. */
  void mask() {
    size = 0;
    spans = 0;
    position = 0;
    unclosed = false;
    while (position < length) {
      if (Characters.isSpace(text[position])) {
        position++;
        continue;
      }
      if (size == MAX_TOKENS - 1) {
        restOfLine(position);
        return;
      }
      token();
    }
    if (cut) {
      restOfLine(length);
    } else if (size == 0) {
      tokenStart = 0;
      tokenSpan = 0;
      append(0);
    }
  }

  /** The hash of all tokens: what an id is made of. */
  long signature() {
    return Hashes.of(hash, size);
  }

  private void restOfLine(int from) {
    tokenStart = from;
    tokenSpan = spans;
    addSpan(from, length, VariableType.REST, false, 0, 0);
    append(length);
  }

  private void token() {
    tokenStart = position;
    tokenSpan = spans;
    int wordEnd = endOfWord(position);
    if (calendarWord(wordEnd)) {
      addSpan(position, wordEnd, VariableType.DATE, false, 0, 0);
      position = wordEnd;
    } else {
      word();
    }
    append(position);
  }

  /** Scans to the next space, or to the end of a JSON entry. */
  private void word() {
    int keyStart = 0;
    int keyEnd = 0;
    while (position < length && !Characters.isSpace(text[position])) {
      char c = text[position];
      if (c == '"' && isJsonKey()) {
        if (isPunctuation(tokenStart, position)) {
          jsonEntry();
        }
        return;
      }
      if (c == '<') {
        int close = redacted(position);
        if (close > 0) {
          addSpan(position, close, VariableType.REDACTED, false, keyStart, keyEnd);
          position = close;
          keyEnd = 0;
          continue;
        }
      }
      if (c == '=' && keyEnd > keyStart) {
        position++;
        if (position < length && value(keyStart, keyEnd)) {
          keyEnd = 0;
          continue;
        }
        keyEnd = 0;
        continue;
      }
      if (Characters.kind(c) == Characters.STRUCTURE) {
        position++;
        keyEnd = 0;
        continue;
      }
      int from = position;
      int seen = 0;
      while (position < length) {
        int kind = Characters.kind(text[position]);
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
      boolean key = position < length && text[position] == '=';
      if (key) {
        keyEnd = position;
        keyStart = keyEnd;
        while (keyStart > from && isKeyCharacter(text[keyStart - 1])) {
          keyStart--;
        }
        segment(from, keyStart, 0, 0);
        if (keyStart == keyEnd) {
          keyEnd = 0;
        }
      } else if ((seen & (Characters.DIGIT | Characters.MARK)) != 0) {
        segment(from, position, 0, 0);
      }
    }
  }

  /** Whether {@code ://} stands here, behind at least two characters. */
  private boolean isUrlMark(int from, int at) {
    return text[at] == ':'
        && at - from >= 2
        && at + 3 < length
        && text[at + 1] == '/'
        && text[at + 2] == '/';
  }

  private int endOfUrl(int from) {
    int i = from;
    while (i < length && !Characters.isSpace(text[i]) && "\"'<>()[]{}`|".indexOf(text[i]) < 0) {
      i++;
    }
    while (text[i - 1] == ',' || text[i - 1] == ';') {
      i--;
    }
    return i;
  }

  private static boolean isKeyCharacter(char c) {
    return Characters.isAlphanumeric(c) || c == '_' || c == '.' || c == '-';
  }

  /** The value of {@code key=value}; false when a bracket follows, whose content is read on. */
  private boolean value(int keyStart, int keyEnd) {
    char c = text[position];
    if (c == '"' || c == '\'') {
      int close = position + 1;
      while (close < length && text[close] != c) {
        close++;
      }
      if (close < length) {
        if (close > position + 1) {
          valueSpan(position + 1, close, true, keyStart, keyEnd);
        }
        position = close + 1;
        return true;
      }
    }
    if (c == '<') {
      int close = redacted(position);
      if (close > 0) {
        addSpan(position, close, VariableType.REDACTED, false, keyStart, keyEnd);
        position = close;
        return true;
      }
    }
    int from = position;
    while (position < length
        && ((Characters.kind(text[position]) & (Characters.SPACE | Characters.STRUCTURE)) == 0
            || (text[position] == '=' && position > from))) {
      position++;
    }
    if (position == from) {
      return false;
    }
    position = behindBrackets(position);
    valueSpan(from, position, false, keyStart, keyEnd);
    return true;
  }

  /** Index behind brackets that open at {@code open} and hold neither spaces nor pairs. */
  private int behindBrackets(int open) {
    int depth = 0;
    for (int i = open; i < length && !Characters.isSpace(text[i]) && text[i] != '='; i++) {
      char c = text[i];
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
    while (!quoted && stop > from + 1 && isSentenceEnd(text[stop - 1])) {
      stop--;
    }
    VariableType type = shapes.of(text, from, stop);
    if (type == null && (equal(from, stop, "true") || equal(from, stop, "false"))) {
      return;
    }
    addSpan(from, stop, type == null ? VariableType.TEXT : type, false, keyStart, keyEnd);
  }

  private boolean isJsonKey() {
    if (unclosed) {
      return false;
    }
    int close = closingQuote(position);
    unclosed = close < 0;
    return close > position + 1 && close + 1 < length && text[close + 1] == ':';
  }

  /** {@code "key": value} of a JSON object; the token ends behind it. */
  private void jsonEntry() {
    int keyStart = position + 1;
    int keyEnd = closingQuote(position);
    int i = keyEnd + 2;
    while (i < length && Characters.isSpace(text[i])) {
      i++;
    }
    if (i >= length) {
      position = length;
      return;
    }
    char c = text[i];
    if (c == '"') {
      int stop = closingQuote(i);
      if (stop < 0) {
        stop = length;
      }
      if (Vocabulary.isProseKey(text, keyStart, keyEnd)) {
        position = i + 1;
        return;
      }
      if (stop > i + 1) {
        VariableType type = shapes.of(text, i + 1, stop);
        addSpan(i + 1, stop, type == null ? VariableType.TEXT : type, false, keyStart, keyEnd);
      }
      position = Math.min(length, stop + 1);
    } else if (c == '[') {
      position = closingBracket(i);
      addSpan(i, position, VariableType.JSON, false, keyStart, keyEnd);
    } else if (c == '{') {
      position = i + 1;
      return;
    } else {
      int from = i;
      while (i < length && text[i] != ',' && text[i] != '}' && !Characters.isSpace(text[i])) {
        i++;
      }
      if (i > from) {
        VariableType type = shapes.of(text, from, i);
        addSpan(
            from,
            i,
            type != null ? type : isLiteral(from, i) ? VariableType.BOOLEAN : VariableType.TEXT,
            false,
            keyStart,
            keyEnd);
      }
      position = i;
    }
    while (position < length && (text[position] == ',' || text[position] == '}')) {
      position++;
      if (text[position - 1] == ',') {
        break;
      }
    }
  }

  private int closingQuote(int open) {
    for (int i = open + 1; i < length; i++) {
      if (text[i] == '\\') {
        i++;
      } else if (text[i] == '"') {
        return i;
      }
    }
    return -1;
  }

  private int closingBracket(int open) {
    int depth = 0;
    for (int i = open; i < length; i++) {
      char c = text[i];
      if (c == '"') {
        int close = closingQuote(i);
        if (close < 0) {
          return length;
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
    return length;
  }

  private boolean isLiteral(int from, int to) {
    return equal(from, to, "true") || equal(from, to, "false") || equal(from, to, "null");
  }

  private boolean equal(int from, int to, String word) {
    if (to - from != word.length()) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (text[i] != word.charAt(i - from)) {
        return false;
      }
    }
    return true;
  }

  /** Index behind a token such as {@code <EMAIL_REDACTED>} or {@code <*>}, otherwise 0. */
  private int redacted(int open) {
    int i = open + 1;
    while (i < length
        && (Characters.isUpper(text[i])
            || text[i] == '_'
            || text[i] == '*'
            || (i > open + 1 && Characters.isDigit(text[i])))) {
      i++;
    }
    return i > open + 1 && i < length && text[i] == '>' ? i + 1 : 0;
  }

  /** A stretch without brackets or separators: one variable, or a name with variables in it. */
  private void segment(int from, int to, int keyStart, int keyEnd) {
    int a = from;
    int b = to;
    while (b > a + 1 && isSentenceEnd(text[b - 1])) {
      b--;
    }
    if (b <= a) {
      return;
    }
    VariableType type = shapes.of(text, a, b);
    if (type != null) {
      addSpan(a, b, type, false, keyStart, keyEnd);
      return;
    }
    int before = spans;
    parts(a, b);
    if (spans - before >= MANY_PARTS && b - a >= LONG_NAME) {
      spans = before;
      addSpan(a, b, VariableType.ID, false, keyStart, keyEnd);
    }
  }

  private static boolean isSentenceEnd(char c) {
    return c == '.' || c == ':' || c == '!' || c == '?' || c == '*';
  }

  /** Marks the digits inside a name. */
  private void parts(int from, int to) {
    int i = from;
    while (i < to) {
      if (!Characters.isAlphanumeric(text[i])) {
        i++;
        continue;
      }
      int run = i;
      int seen = 0;
      while (i < to && Characters.isAlphanumeric(text[i])) {
        seen |= Characters.kind(text[i]);
        i++;
      }
      if ((seen & Characters.DIGIT) == 0) {
        continue;
      }
      if ((seen & Characters.OTHER_LETTER) == 0 && (seen == Characters.DIGIT || i - run >= 4)) {
        int start = withSign(run, from);
        if (seen == Characters.DIGIT) {
          while (i + 1 < to && text[i] == '.' && Characters.isDigit(text[i + 1])) {
            i++;
            while (i < to && Characters.isDigit(text[i])) {
              i++;
            }
          }
          addSpan(start, i, VariableType.NUMBER, false, 0, 0);
        } else {
          addSpan(start, i, VariableType.HEX, false, 0, 0);
        }
        continue;
      }
      VariableType whole = shapes.of(text, run, i);
      if (whole != null) {
        addSpan(run, i, whole, false, 0, 0);
      } else {
        digitsInName(run, i);
      }
    }
  }

  private int withSign(int run, int from) {
    boolean signed =
        run > from
            && text[run - 1] == '-'
            && (run - 1 == from || !Characters.isAlphanumeric(text[run - 2]));
    return signed ? run - 1 : run;
  }

  private void digitsInName(int from, int to) {
    int i = from;
    while (i < to) {
      if (!Characters.isDigit(text[i])) {
        i++;
        continue;
      }
      int run = i;
      while (i < to && Characters.isDigit(text[i])) {
        i++;
      }
      addSpan(
          run, i, VariableType.NUMBER, run > from && i - run <= 2 && i <= folded.namesEnd, 0, 0);
    }
  }

  private int endOfWord(int from) {
    int i = from;
    while (i < length && !Characters.isSpace(text[i])) {
      i++;
    }
    return i;
  }

  /** Weekdays and months beside a number or each other. */
  private boolean calendarWord(int wordEnd) {
    int bare = wordEnd;
    while (bare > position && (text[bare - 1] == ',' || text[bare - 1] == '.')) {
      bare--;
    }
    if (bare - position < 3 || bare - position > 9 || !Characters.isUpper(text[position])) {
      return false;
    }
    boolean month = Vocabulary.isMonth(text, position, bare);
    if (!month && !Vocabulary.isWeekday(text, position, bare)) {
      return false;
    }
    int next = wordEnd;
    while (next < length && Characters.isSpace(text[next])) {
      next++;
    }
    if (next < length && Characters.isDigit(text[next])) {
      return true;
    }
    if (month) {
      return size > 0 && hash[size - 1] == VARIABLE && Characters.isDigit(text[end[size - 1] - 1]);
    }
    return Vocabulary.isMonth(text, next, Math.min(endOfWord(next), next + 10));
  }

  private void addSpan(
      int from, int to, VariableType type, boolean isSoft, int keyStart, int keyEnd) {
    if (spans == spanStart.length) {
      int larger = spans * 2;
      spanStart = Arrays.copyOf(spanStart, larger);
      spanEnd = Arrays.copyOf(spanEnd, larger);
      nameStart = Arrays.copyOf(nameStart, larger);
      nameEnd = Arrays.copyOf(nameEnd, larger);
      spanType = Arrays.copyOf(spanType, larger);
      soft = Arrays.copyOf(soft, larger);
    }
    spanStart[spans] = from;
    spanEnd[spans] = to;
    nameStart[spans] = keyStart;
    nameEnd[spans] = Math.max(keyStart, keyEnd);
    spanType[spans] = type;
    soft[spans] = isSoft;
    spans++;
  }

  /** Ends the current token, joining it to the one before when both are variables. */
  private void append(int tokenEnd) {
    boolean variable = isVariable(tokenStart, tokenEnd, tokenSpan);
    if (!variable && size > 0 && hash[size - 1] == VARIABLE) {
      variable = unitOrZone(tokenEnd) || isEmptyPair(tokenStart, tokenEnd);
    }
    if (variable && size > 0) {
      int before = size - 1;
      if (hash[before] != VARIABLE
          && before > 0
          && hash[before - 1] == VARIABLE
          && isPunctuation(start[before], end[before])) {
        before--;
      }
      if (hash[before] == VARIABLE) {
        size = before + 1;
        end[before] = tokenEnd;
        shown[before] = render(start[before], tokenEnd, firstSpan[before], spans, false, null);
        firstSpan[size] = spans;
        return;
      }
    }
    if (size == hash.length) {
      int larger = Math.min(MAX_TOKENS, size * 2);
      hash = Arrays.copyOf(hash, larger);
      shown = Arrays.copyOf(shown, larger);
      start = Arrays.copyOf(start, larger);
      end = Arrays.copyOf(end, larger);
      firstSpan = Arrays.copyOf(firstSpan, larger + 1);
    }
    start[size] = tokenStart;
    end[size] = tokenEnd;
    firstSpan[size] = tokenSpan;
    long asShown = render(tokenStart, tokenEnd, tokenSpan, spans, false, null);
    shown[size] = asShown;
    hash[size] = variable ? VARIABLE : withKind(asMasked(asShown), tokenStart, tokenEnd, tokenSpan);
    size++;
    firstSpan[size] = spans;
    if (!variable) {
      foldRepeat();
    }
  }

  /** Takes back the last tokens when they repeat the ones before and have variables in them. */
  private void foldRepeat() {
    for (int period = 1; period <= 4 && period * 2 <= size; period++) {
      boolean same = true;
      boolean variable = false;
      for (int i = size - period; i < size && same; i++) {
        same = hash[i] == hash[i - period];
        variable |= hash[i] == VARIABLE || (hash[i] & 3) == SKELETON;
      }
      if (same && variable) {
        size -= period;
        firstSpan[size] = spans;
        return;
      }
    }
  }

  /** Brackets or quotes around nothing: a value that is missing this time. */
  private boolean isEmptyPair(int from, int to) {
    int stop = to;
    while (stop > from
        && (text[stop - 1] == ',' || text[stop - 1] == ';' || text[stop - 1] == ':')) {
      stop--;
    }
    if (stop - from != 2) {
      return false;
    }
    return switch (text[from]) {
      case '(' -> text[from + 1] == ')';
      case '[' -> text[from + 1] == ']';
      case '{' -> text[from + 1] == '}';
      case '"' -> text[from + 1] == '"';
      default -> false;
    };
  }

  private boolean unitOrZone(int tokenEnd) {
    int last = tokenSpan - 1;
    if (tokenEnd - tokenStart > 14 || last < 0) {
      return false;
    }
    VariableType before = spanType[last];
    int from = tokenStart;
    int to = tokenEnd;
    while (to > from
        && (Characters.kind(text[to - 1]) == Characters.STRUCTURE || isSentenceEnd(text[to - 1]))) {
      to--;
    }
    while (from < to && Characters.kind(text[from]) == Characters.STRUCTURE) {
      from++;
    }
    if (before == VariableType.NUMBER) {
      VariableType unit = Vocabulary.unit(text, from, to);
      if (unit != null && (to - from > 1 || tokenEnd - tokenStart > 1 || tokenEnd == length)) {
        spanType[last] = unit;
        addSpan(from, to, unit, true, 0, 0);
        return true;
      }
    } else if (before == VariableType.TIME && Vocabulary.followsTime(text, from, to)) {
      spanEnd[last] = to;
      return true;
    }
    return false;
  }

  /** Whether nothing but punctuation stands outside the spans, and there is a span. */
  private boolean isVariable(int from, int to, int span) {
    if (span == spans) {
      return false;
    }
    int i = from;
    for (int s = span; s < spans; s++) {
      if (soft[s] || !isPunctuation(i, spanStart[s])) {
        return false;
      }
      if (nameEnd[s] > nameStart[s]) {
        return false;
      }
      i = spanEnd[s];
    }
    return isPunctuation(i, to);
  }

  private boolean isPunctuation(int from, int to) {
    for (int i = from; i < to; i++) {
      if (Characters.isAlphanumeric(text[i])) {
        return false;
      }
    }
    return true;
  }

  private boolean isGlue(int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] == '=' || Characters.isAlphanumeric(text[i])) {
        return false;
      }
    }
    return true;
  }

  /** The text of a token with its variables masked; soft ones only if {@code all}. */
  String maskedText(int token, boolean all) {
    if (all && hash[token] == VARIABLE) {
      int last = end[token];
      while (last > start[token] && ",;:.".indexOf(text[last - 1]) >= 0) {
        last--;
      }
      return WILDCARD + new String(text, last, end[token] - last);
    }
    StringBuilder out = new StringBuilder();
    render(start[token], end[token], firstSpan[token], firstSpan[token + 1], all, out);
    return out.toString();
  }

  /** The spaces in front of a token, as one space or none. */
  String gap(int token) {
    return token == 0 || start[token] == end[token - 1] ? "" : " ";
  }

  /** Whether a span is digits rather than a unit. */
  boolean isNumber(int span) {
    return spanType[span] == VariableType.NUMBER;
  }

  /**
   * Writes the masked text to {@code out}, if given, and answers its hash. Variables with nothing
   * but punctuation between them are written as one.
   */
  private long render(
      int from, int to, int span, int spanLimit, boolean all, @Nullable StringBuilder out) {
    long h = Hashes.SEED;
    int i = from;
    int pending = -1;
    int limit = span;
    while (limit < spanLimit && spanStart[limit] < to) {
      limit++;
    }
    for (int s = span; s <= limit; s++) {
      if (s < limit && soft[s] && !all) {
        continue;
      }
      int stop = s < limit ? spanStart[s] : to;
      if (pending >= 0 && s < limit && isGlue(pending, stop)) {
        i = spanEnd[s];
        pending = i;
        continue;
      }
      for (int k = i; k < stop; k++) {
        h = Hashes.add(h, text[k]);
        if (out != null) {
          out.append(Characters.isSpace(text[k]) ? ' ' : text[k]);
        }
      }
      if (s < limit) {
        h = Hashes.add(h, VARIABLE_MARK);
        if (out != null) {
          out.append(WILDCARD);
        }
        i = spanEnd[s];
        pending = i;
      }
    }
    return Hashes.finish(h);
  }

  /** Capitals, or an English participle: what logs call states and actions. */
  private boolean isState(int from, int to) {
    if (to - from < 2) {
      return false;
    }
    boolean capitals = true;
    for (int i = from; i < to; i++) {
      capitals &= Characters.isUpper(text[i]) || !Characters.isLetter(text[i]);
    }
    return capitals
        || (to - from > 4
            && ((text[to - 2] == 'e' && text[to - 1] == 'd')
                || (text[to - 3] == 'i' && text[to - 2] == 'n' && text[to - 1] == 'g')));
  }

  private long asMasked(long asShown) {
    for (int s = tokenSpan; s < spans; s++) {
      if (soft[s]) {
        return render(tokenStart, position, tokenSpan, spans, true, null);
      }
    }
    return asShown;
  }

  private long withKind(long full, int from, int to, int span) {
    long kind;
    if (span < spans) {
      kind = SKELETON;
    } else {
      int a = from;
      int b = to;
      while (a < b && !Characters.isAlphanumeric(text[a])) {
        a++;
      }
      while (b > a && !Characters.isAlphanumeric(text[b - 1])) {
        b--;
      }
      kind = isState(a, b) ? STATE : WORD;
      for (int i = a; i < b; i++) {
        char c = text[i];
        if (!Characters.isAlphanumeric(c) && c != '-' && c != '_' && c != '\'') {
          kind = VALUE;
          break;
        }
      }
    }
    return (full & ~3L) | kind;
  }
}

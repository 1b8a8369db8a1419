package io.logsense.internal.parse;

import io.logsense.internal.text.Ascii;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Learns the header of a format that nobody described, from a sample of its lines.
 *
 * <p>All lines are walked in step. First to their <em>anchors</em>: timestamps, epoch numbers and a
 * severity, at the cursor or the same small number of tokens ahead in nearly every line; tokens on
 * the way to an anchor are header whatever they are. Behind the last anchor only what has the shape
 * of a header continues it: brackets, numbers, dotted names, a name and a colon, columns that are
 * padded or fenced by separators. Ordinary words end it.
 *
 * <p>The learned layout requires a line to have everything up to the first anchor; what follows is
 * taken as far as it goes. Cost: linear in the sample times the number of elements, which is at
 * most {@value #MOST_ELEMENTS}.
 */
final class HeaderInference {
  private static final int MOST_ELEMENTS = 24;
  private static final int FARTHEST_ANCHOR = 8;
  private static final double NEARLY_ALL = 0.93;
  private static final double ALL = 0.98;
  private static final double FIRST = 0.5;

  /** So many different names are few, however small the sample. */
  private static final int SMALL_SAMPLE = 10;

  private final Sample lines;
  private final int[] at;
  private final boolean[] active;
  private int activeCount;

  private final List<Element> elements = new ArrayList<>();
  private int required;
  private boolean timeSeen;
  private boolean levelSeen;
  private boolean loggerSeen;
  private boolean numberSeen;
  private boolean closed;
  private int brackets;
  private boolean pipes;

  private HeaderInference(Sample lines) {
    this.lines = lines;
    this.at = lines.starts.clone();
    this.active = new boolean[lines.size];
    for (int i = 0; i < lines.size; i++) {
      active[i] = true;
    }
    activeCount = lines.size;
  }

  /** The layout of the sample's lines, or null when they have no header in common. */
  static @Nullable Layout infer(Sample sample) {
    if (sample.size == 0) {
      return null;
    }
    HeaderInference inference = new HeaderInference(sample);
    inference.anchors();
    if (inference.required == 0) {
      return null;
    }
    inference.trailer();
    return new Layout(inference.elements, inference.required);
  }

  private void anchors() {
    while (elements.size() < MOST_ELEMENTS && (anchorHere() || separator("|,;") || anchorAhead())) {
      if (required == 0 && (timeSeen || levelSeen)) {
        required = elements.size();
        pipes = share(i -> skip(i) < lines.ends[i] && lines.bytes[skip(i)] == '|') >= NEARLY_ALL;
      }
    }
  }

  private boolean anchorHere() {
    for (Element anchor : anchorElements()) {
      if (shareOf(anchor) >= threshold()) {
        add(anchor);
        mark(anchor);
        return true;
      }
    }
    return false;
  }

  private List<Element> anchorElements() {
    List<Element> anchors = new ArrayList<>();
    if (!levelSeen) {
      anchors.add(Element.Time.ANY);
      anchors.add(new Element.Epoch());
      if (!timeSeen) {
        anchors.add(new Uptime());
      }
      if (timeSeen) {
        anchors.add(Element.Time.OR_DATE);
      }
      anchors.add(Element.Level.WORD);
      if (timeSeen) {
        anchors.add(new Element.Level(true, false));
      }
    } else if (!timeSeen) {
      anchors.add(Element.Time.ANY);
    }
    return anchors;
  }

  private void mark(Element anchor) {
    if (anchor instanceof Element.Level) {
      levelSeen = true;
      // Levels that nobody knows must not end the header of a line that has the rest of it.
      elements.set(elements.size() - 1, new Element.Level(true, true));
    } else {
      timeSeen = true;
    }
  }

  /** Looks for an anchor that is the same number of tokens ahead in nearly every line. */
  private boolean anchorAhead() {
    if (levelSeen && timeSeen) {
      return false;
    }
    for (int skipped = 1; skipped <= FARTHEST_ANCHOR; skipped++) {
      int tokens = skipped;
      for (Element anchor : anchorElements()) {
        boolean letter = anchor instanceof Element.Level level && level.letters();
        boolean furtherTime = timeSeen && !(anchor instanceof Element.Level);
        if ((letter && skipped > 3) || (furtherTime && skipped > 2)) {
          continue;
        }
        if (share(i -> matchesBehind(i, tokens, anchor)) >= threshold()) {
          for (int n = 0; n < tokens; n++) {
            addColumn();
          }
          add(anchor);
          mark(anchor);
          return true;
        }
      }
    }
    return false;
  }

  private boolean matchesBehind(int line, int tokens, Element anchor) {
    byte[] b = lines.bytes;
    int to = lines.ends[line];
    int p = at[line];
    for (int n = 0; n < tokens; n++) {
      int start = Ascii.skipBlanks(b, p, to);
      p = Element.Token.end(b, start, to, pipes);
      if (pipes && p < to && b[p] == '|') {
        p++;
      }
      boolean tag = p > start && b[p - 1] == ':';
      if (p == start || (tag && timeSeen && !(anchor instanceof Element.Level))) {
        return false;
      }
    }
    int end = anchor.match(b, p, to, null);
    return end >= 0 && !(anchor instanceof Element.Level && prose(end, line));
  }

  /** A lower-case level word well inside of a line is a word of its message. */
  private boolean prose(int end, int line) {
    boolean marked = end < lines.ends[line] && ":]|,".indexOf(lines.bytes[end]) >= 0;
    return levelLetterLower(end - 1, line) && !marked;
  }

  private boolean levelLetterLower(int last, int line) {
    int first = Ascii.skipBlanks(lines.bytes, at[line], lines.ends[line]);
    int p = last;
    while (p > first && Ascii.isLetter(lines.bytes[p])) {
      p--;
    }
    int begin = p + 1;
    return lines.bytes[last] >= 'a' && lines.bytes[begin] >= 'a';
  }

  /** Adds a column that is header because an anchor follows it. */
  private void addColumn() {
    if (share(this::wholeToken) >= ALL) {
      addNumber();
      return;
    }
    if (constantPunctuation()) {
      add(new Element.Token(Slot.NONE, pipes));
    } else if (share(i -> at(i, '[') || at(i, '(')) >= NEARLY_ALL) {
      add(new Element.Token(Slot.THREAD, pipes));
    } else if (timeSeen && !loggerSeen && share(this::nameHere) >= NEARLY_ALL) {
      loggerSeen = false;
      add(new Element.Token(dotted() ? Slot.LOGGER : Slot.attribute(columnName()), pipes));
    } else {
      add(new Element.Token(Slot.attribute(columnName()), pipes));
    }
    if (pipes) {
      separator("|");
    }
  }

  private boolean wholeToken(int line) {
    int p = skip(line);
    int end = Element.Token.end(lines.bytes, p, lines.ends[line], pipes);
    return Ascii.allDigits(lines.bytes, p < end && lines.bytes[p] == '-' ? p + 1 : p, end);
  }

  private String columnName() {
    return "column" + (elements.size() + 1);
  }

  private boolean dotted() {
    return share(this::dottedName) >= NEARLY_ALL;
  }

  private boolean constantPunctuation() {
    return share(
            i -> {
              int p = skip(i);
              int end = Ascii.tokenEnd(lines.bytes, p, lines.ends[i]);
              for (int q = p; q < end; q++) {
                if (Ascii.isLetter(lines.bytes[q]) || Ascii.isDigit(lines.bytes[q])) {
                  return false;
                }
              }
              return end > p;
            })
        >= ALL;
  }

  private void addNumber() {
    add(new Element.Whole(numberSeen || !timeSeen ? Slot.attribute(columnName()) : Slot.THREAD));
    numberSeen = timeSeen;
  }

  /** Continues behind the last anchor. */
  private void trailer() {
    while (elements.size() < MOST_ELEMENTS && !closed && next()) {}
  }

  private boolean next() {
    if (separator("|,;")) {
      return true;
    }
    if (pipes && fenced()) {
      return true;
    }
    return dash()
        || colon()
        || bracket()
        || caller()
        || number()
        || tag()
        || nameAndDash()
        || dottedColumn()
        || identifierColumn()
        || paddedColumn();
  }

  /** One of {@code wanted} directly at the cursor, blanks before it allowed. */
  private boolean separator(String wanted) {
    for (int w = 0; w < wanted.length(); w++) {
      char c = wanted.charAt(w);
      if (required > 0 && share(i -> at(i, c)) >= NEARLY_ALL) {
        add(new Separator(c));
        return true;
      }
    }
    return false;
  }

  /** A dash that stands alone; behind a logger it is where the message begins. */
  private boolean dash() {
    for (String dash : new String[] {"-", "--", "---", "=>", "*"}) {
      if (share(i -> tokenIs(i, dash)) >= NEARLY_ALL) {
        add(Element.Literal.behindBlanks(dash));
        closed = loggerSeen || brackets > 0;
        return true;
      }
    }
    if (!constantPunctuation()) {
      return false;
    }
    add(new Element.Token(Slot.NONE, false));
    return true;
  }

  private boolean colon() {
    if (share(i -> at(i, ':')) < NEARLY_ALL) {
      return false;
    }
    add(new Separator(':'));
    closed = loggerSeen || brackets > 0;
    return true;
  }

  private boolean bracket() {
    if (brackets >= 4 || share(this::headerBracket) < NEARLY_ALL) {
      return false;
    }
    add(new Element.Bracket(brackets == 0 && !loggerSeen ? Slot.THREAD : contextSlot()));
    brackets++;
    return true;
  }

  private Slot contextSlot() {
    return loggerSeen ? Slot.attribute("context") : Slot.attribute(columnName());
  }

  /** A bracket that does not read {@code [key: value]}: that is how messages begin. */
  private boolean headerBracket(int line) {
    int p = skip(line);
    byte[] b = lines.bytes;
    if (p >= lines.ends[line] || (b[p] != '[' && b[p] != '(' && b[p] != '<')) {
      return false;
    }
    int end = Ascii.bracketEnd(b, p, Math.min(lines.ends[line], p + 400));
    if (end < 0) {
      return false;
    }
    for (int q = p + 1; q + 2 < end; q++) {
      if (b[q] == ':' && b[q + 1] == ' ' && Ascii.isLetter(b[q - 1])) {
        return false;
      }
    }
    return end >= lines.ends[line] || Ascii.isBlank(b[end]) || "[(<:|-]".indexOf(b[end]) >= 0;
  }

  /** {@code file.go:12}, as loggers print where they were called. */
  private boolean caller() {
    if (share(this::callerHere) < NEARLY_ALL) {
      return false;
    }
    add(new Element.Token(Slot.attribute("caller"), false));
    if (share(i -> at(i, ']') || at(i, ':')) >= NEARLY_ALL) {
      add(new Separator(share(i -> at(i, ']')) >= NEARLY_ALL ? ']' : ':'));
    }
    loggerSeen = true;
    return true;
  }

  private boolean callerHere(int line) {
    int p = skip(line);
    int end = Ascii.tokenEnd(lines.bytes, p, lines.ends[line]);
    while (end > p && (lines.bytes[end - 1] == ':' || lines.bytes[end - 1] == ']')) {
      end--;
    }
    int digits = end;
    while (digits > p && Ascii.isDigit(lines.bytes[digits - 1])) {
      digits--;
    }
    int colon = digits - 1;
    if (digits == end || colon <= p || lines.bytes[colon] != ':') {
      return false;
    }
    int dot = colon;
    while (dot > p && Ascii.isLetter(lines.bytes[dot - 1])) {
      dot--;
    }
    return dot > p && colon - dot <= 5 && colon > dot && lines.bytes[dot - 1] == '.';
  }

  /** {@code name:} or {@code name[pid]:}, after a host column in formats without severities. */
  private boolean tag() {
    if (loggerSeen) {
      return false;
    }
    Element.Tag oneWord = new Element.Tag(1);
    if (shareOf(oneWord) >= NEARLY_ALL && distinctTags(0) <= mostDistinct()) {
      return closeWith(new Element.Tag(1));
    }
    for (int skipped = 1; skipped <= 2 && !levelSeen && brackets == 0; skipped++) {
      int tokens = skipped;
      if (share(i -> matchesBehind(i, tokens, oneWord)) >= 0.8
          && columnsRepeat(tokens)
          && distinctTags(tokens) <= mostDistinct()) {
        for (int n = 0; n < tokens; n++) {
          add(new Element.Token(Slot.attribute(n == 0 ? "host" : columnName()), false));
        }
        return closeWith(new Element.Tag(3));
      }
    }
    return false;
  }

  private boolean closeWith(Element element) {
    elements.add(element);
    loggerSeen = true;
    closed = true;
    return true;
  }

  private double mostDistinct() {
    return Math.max(SMALL_SAMPLE, activeCount * 0.6);
  }

  private int distinctTags(int skipped) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < lines.size; i++) {
      if (active[i]) {
        int p = behind(i, skipped);
        int end = p;
        while (end < lines.ends[i] && lines.bytes[end] != '[' && lines.bytes[end] != ':') {
          end++;
        }
        names.add(Ascii.text(lines.bytes, p, Math.min(end, p + 120)));
      }
    }
    return names.size();
  }

  private boolean columnsRepeat(int columns) {
    for (int n = 0; n < columns; n++) {
      if (distinct(n) > Math.max(SMALL_SAMPLE, activeCount * 0.5)) {
        return false;
      }
    }
    return true;
  }

  private int distinct(int skipped) {
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < lines.size; i++) {
      if (active[i]) {
        int p = behind(i, skipped);
        int end = Ascii.tokenEnd(lines.bytes, p, lines.ends[i]);
        counts.merge(Ascii.text(lines.bytes, p, Math.min(end, p + 120)), 1, Integer::sum);
      }
    }
    return counts.size();
  }

  private int behind(int line, int tokens) {
    int p = skip(line);
    for (int n = 0; n < tokens; n++) {
      p =
          Ascii.skipBlanks(
              lines.bytes, Ascii.tokenEnd(lines.bytes, p, lines.ends[line]), lines.ends[line]);
    }
    return p;
  }

  /** A short text and a dash in every line, few different texts: the text names a component. */
  private boolean nameAndDash() {
    if (loggerSeen || share(i -> dashAhead(i) > 0) < NEARLY_ALL) {
      return false;
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < lines.size; i++) {
      if (active[i] && dashAhead(i) > 0) {
        names.add(withoutDigits(Ascii.text(lines.bytes, skip(i), dashAhead(i))));
      }
    }
    if (names.size() > Math.max(SMALL_SAMPLE, activeCount * 0.3)) {
      return false;
    }
    Element.Literal dash = new Element.Literal(" - ");
    add(new Element.Until(Slot.LOGGER, dash, false));
    add(dash);
    loggerSeen = true;
    closed = true;
    return true;
  }

  private static String withoutDigits(String text) {
    StringBuilder letters = new StringBuilder();
    text.chars().filter(c -> !Ascii.isDigit(c)).forEach(c -> letters.append((char) c));
    return letters.toString();
  }

  private int dashAhead(int line) {
    int p = skip(line);
    for (int tokens = 0; tokens < 4; tokens++) {
      int end = Ascii.tokenEnd(lines.bytes, p, lines.ends[line]);
      int next = Ascii.skipBlanks(lines.bytes, end, lines.ends[line]);
      if (next + 1 < lines.ends[line] && lines.bytes[next] == '-' && lines.bytes[next + 1] == ' ') {
        return end > p && Ascii.indexOf(lines.bytes, skip(line), end, '[') < 0 ? end : -1;
      }
      p = next;
    }
    return -1;
  }

  private boolean number() {
    if (loggerSeen || shareOf(new Element.Whole(Slot.NONE)) < ALL) {
      return false;
    }
    addNumber();
    return true;
  }

  /** A column of names such as {@code nova.compute.manager}. */
  private boolean dottedColumn() {
    if (loggerSeen || !dotted() || distinct(0) > mostDistinct()) {
      return false;
    }
    add(new Element.Token(Slot.LOGGER, false));
    loggerSeen = true;
    return true;
  }

  private boolean dottedName(int line) {
    int p = skip(line);
    int end = Ascii.tokenEnd(lines.bytes, p, lines.ends[line]);
    boolean dot = false;
    for (int q = p; q < end; q++) {
      int c = lines.bytes[q];
      boolean separator = c == '.' || (c == ':' && q + 1 < end && lines.bytes[q + 1] == ':');
      if (separator) {
        dot = q + 1 < end && !Ascii.isDigit(lines.bytes[q + 1]);
        q += c == ':' ? 1 : 0;
      } else if (!Ascii.isLetter(c) && !Ascii.isDigit(c) && c != '_' && c != '$' && c != '-') {
        return false;
      }
    }
    return dot && end > p && Ascii.isLetter(lines.bytes[p]) && lines.bytes[end - 1] != '.';
  }

  private boolean nameHere(int line) {
    int p = skip(line);
    return p < lines.ends[line] && (Ascii.isLetter(lines.bytes[p]) || lines.bytes[p] == '_');
  }

  /** A UUID or another long hexadecimal id in every line. */
  private boolean identifierColumn() {
    if (share(this::identifierHere) < ALL) {
      return false;
    }
    add(new Element.Token(Slot.REQUEST_ID, false));
    return true;
  }

  private boolean identifierHere(int line) {
    int p = skip(line);
    int end = Ascii.tokenEnd(lines.bytes, p, lines.ends[line]);
    boolean digits = false;
    for (int q = p; q < end; q++) {
      digits |= Ascii.isDigit(lines.bytes[q]);
      if (!Ascii.isHexDigit(lines.bytes[q]) && lines.bytes[q] != '-') {
        return false;
      }
    }
    return digits && end - p >= 8;
  }

  /** A word behind which nearly every line is padded. */
  private boolean paddedColumn() {
    if (loggerSeen
        || activeCount < 3
        || share(this::padded) < NEARLY_ALL
        || distinct(0) > Math.max(2, activeCount * 0.2)) {
      return false;
    }
    add(new Element.Token(Slot.LOGGER, false));
    loggerSeen = true;
    return true;
  }

  private boolean padded(int line) {
    int p = skip(line);
    int end = Ascii.tokenEnd(lines.bytes, p, lines.ends[line]);
    return end > p
        && end + 1 < lines.ends[line]
        && (lines.bytes[end] == '\t' || (lines.bytes[end] == ' ' && lines.bytes[end + 1] == ' '));
  }

  /** A column up to the next {@code |}. */
  private boolean fenced() {
    if (share(i -> Ascii.indexOf(lines.bytes, at[i], lines.ends[i], '|') >= 0) < NEARLY_ALL) {
      return false;
    }
    Element.Literal pipe = new Element.Literal("|");
    if (shareOf(new Element.Whole(Slot.NONE)) >= ALL) {
      addNumber();
      return true;
    }
    if (!fencedTextIsShort()) {
      return false;
    }
    add(new Element.Until(loggerSeen ? Slot.attribute(columnName()) : Slot.LOGGER, pipe, false));
    loggerSeen = true;
    return true;
  }

  private boolean fencedTextIsShort() {
    Set<String> texts = new HashSet<>();
    int wordy = 0;
    for (int i = 0; i < lines.size; i++) {
      int pipe = active[i] ? Ascii.indexOf(lines.bytes, at[i], lines.ends[i], '|') : -1;
      if (pipe >= 0) {
        texts.add(Ascii.text(lines.bytes, at[i], Math.min(pipe, at[i] + 200)));
        int token = Ascii.tokenEnd(lines.bytes, skip(i), pipe);
        wordy += pipe - at[i] > 60 || Ascii.skipBlanks(lines.bytes, token, pipe) < pipe ? 1 : 0;
      }
    }
    return wordy < activeCount * 0.1 || texts.size() <= Math.max(2, activeCount * 0.1);
  }

  private void add(Element element) {
    elements.add(element);
    for (int i = 0; i < lines.size; i++) {
      if (active[i]) {
        int end = element.match(lines.bytes, at[i], lines.ends[i], null);
        if (end >= 0) {
          at[i] = end;
        } else {
          active[i] = false;
          activeCount--;
        }
      }
    }
  }

  private double threshold() {
    return required == 0 ? FIRST : NEARLY_ALL;
  }

  private double shareOf(Element element) {
    return share(i -> element.match(lines.bytes, at[i], lines.ends[i], null) >= 0);
  }

  private double share(IntPredicate holds) {
    int hits = 0;
    for (int i = 0; i < lines.size; i++) {
      if (active[i] && holds.test(i)) {
        hits++;
      }
    }
    return activeCount == 0 ? 0 : (double) hits / activeCount;
  }

  private int skip(int line) {
    return Ascii.skipBlanks(lines.bytes, at[line], lines.ends[line]);
  }

  private boolean at(int line, char c) {
    int p = skip(line);
    return p < lines.ends[line] && lines.bytes[p] == c;
  }

  private boolean tokenIs(int line, String token) {
    int p = skip(line);
    int end = Ascii.tokenEnd(lines.bytes, p, lines.ends[line]);
    return end - p == token.length() && Ascii.startsWith(lines.bytes, p, end, token);
  }

  /** The kernel's seconds since boot, {@code [ 12.345678]}; says nothing about the time. */
  private static final class Uptime implements Element {
    @Override
    public int match(byte[] b, int from, int to, @Nullable Draft draft) {
      if (from >= to || b[from] != '[') {
        return -1;
      }
      int whole = Ascii.skipBlanks(b, from + 1, to);
      int dot = Ascii.skipDigits(b, whole, to);
      int end = dot < to && b[dot] == '.' ? Ascii.skipDigits(b, dot + 1, to) : dot;
      end = end < to && b[end] == 's' ? end + 1 : end;
      return dot == whole || end - dot < 2 || end >= to || b[end] != ']' ? -1 : end + 1;
    }
  }

  /** A separator, blanks before it ignored. */
  private record Separator(char separator) implements Element {
    @Override
    public int match(byte[] b, int from, int to, @Nullable Draft draft) {
      int p = Ascii.skipBlanks(b, from, to);
      return p < to && b[p] == separator ? p + 1 : -1;
    }
  }
}

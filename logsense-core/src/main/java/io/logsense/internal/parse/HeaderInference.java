package io.logsense.internal.parse;

import io.logsense.internal.text.Ascii;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

  private final LinesInStep lines;

  private final List<Element> elements = new ArrayList<>();
  private int required;
  private boolean timeSeen;
  private boolean levelSeen;
  private boolean loggerSeen;
  private boolean numberSeen;
  private boolean closed;
  private int brackets;
  private boolean pipes;

  private HeaderInference(Sample sample) {
    lines = new LinesInStep(sample);
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
        pipes = lines.shareOf('|') >= NEARLY_ALL;
      }
    }
  }

  private boolean anchorHere() {
    for (Element anchor : anchorElements()) {
      if (lines.shareOf(anchor) >= threshold()) {
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
        if (lines.share(i -> matchesBehind(i, tokens, anchor)) >= threshold()) {
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
    byte[] b = lines.bytes();
    int to = lines.end(line);
    int p = lines.position(line);
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
    boolean marked = end < lines.end(line) && ":]|,".indexOf(lines.bytes()[end]) >= 0;
    return levelLetterLower(end - 1, line) && !marked;
  }

  private boolean levelLetterLower(int last, int line) {
    byte[] b = lines.bytes();
    int first = lines.start(line);
    int p = last;
    while (p > first && Ascii.isLetter(b[p])) {
      p--;
    }
    return b[last] >= 'a' && b[p + 1] >= 'a';
  }

  /** Adds a column that is header because an anchor follows it. */
  private void addColumn() {
    if (lines.shareOf(this::wholeToken) >= ALL) {
      addNumber();
      return;
    }
    if (constantPunctuation()) {
      add(new Element.Token(Slot.NONE, pipes));
    } else if (lines.share(i -> lines.at(i, '[') || lines.at(i, '(')) >= NEARLY_ALL) {
      add(new Element.Token(Slot.THREAD, pipes));
    } else if (timeSeen && !loggerSeen && lines.shareOf(ColumnShapes::name) >= NEARLY_ALL) {
      loggerSeen = false;
      add(new Element.Token(dotted() ? Slot.LOGGER : Slot.attribute(columnName()), pipes));
    } else {
      add(new Element.Token(Slot.attribute(columnName()), pipes));
    }
    if (pipes) {
      separator("|");
    }
  }

  private boolean wholeToken(byte[] b, int from, int to) {
    int end = Element.Token.end(b, from, to, pipes);
    return Ascii.allDigits(b, from < end && b[from] == '-' ? from + 1 : from, end);
  }

  private String columnName() {
    return "column" + (elements.size() + 1);
  }

  private boolean dotted() {
    return lines.shareOf(ColumnShapes::dottedName) >= NEARLY_ALL;
  }

  private boolean constantPunctuation() {
    return lines.shareOf(ColumnShapes::punctuation) >= ALL;
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
      if (required > 0 && lines.shareOf(c) >= NEARLY_ALL) {
        add(new Separator(c));
        return true;
      }
    }
    return false;
  }

  /** A dash that stands alone; behind a logger it is where the message begins. */
  private boolean dash() {
    for (String dash : new String[] {"-", "--", "---", "=>", "*"}) {
      if (lines.shareOf(dash) >= NEARLY_ALL) {
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
    if (lines.shareOf(':') < NEARLY_ALL) {
      return false;
    }
    add(new Separator(':'));
    closed = loggerSeen || brackets > 0;
    return true;
  }

  private boolean bracket() {
    if (brackets >= 4 || lines.shareOf(ColumnShapes::headerBracket) < NEARLY_ALL) {
      return false;
    }
    add(new Element.Bracket(brackets == 0 && !loggerSeen ? Slot.THREAD : contextSlot()));
    brackets++;
    return true;
  }

  private Slot contextSlot() {
    return loggerSeen ? Slot.attribute("context") : Slot.attribute(columnName());
  }

  /** {@code file.go:12}, as loggers print where they were called. */
  private boolean caller() {
    if (lines.shareOf(ColumnShapes::caller) < NEARLY_ALL) {
      return false;
    }
    add(new Element.Token(Slot.attribute("caller"), false));
    if (lines.share(i -> lines.at(i, ']') || lines.at(i, ':')) >= NEARLY_ALL) {
      add(new Separator(lines.shareOf(']') >= NEARLY_ALL ? ']' : ':'));
    }
    loggerSeen = true;
    return true;
  }

  /** {@code name:} or {@code name[pid]:}, after a host column in formats without severities. */
  private boolean tag() {
    if (loggerSeen) {
      return false;
    }
    Element.Tag oneWord = new Element.Tag(1);
    if (lines.shareOf(oneWord) >= NEARLY_ALL && distinctTags(0) <= mostDistinct()) {
      return closeWith(new Element.Tag(1));
    }
    for (int skipped = 1; skipped <= 2 && !levelSeen && brackets == 0; skipped++) {
      int tokens = skipped;
      if (lines.share(i -> matchesBehind(i, tokens, oneWord)) >= 0.8
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
    return Math.max(SMALL_SAMPLE, lines.count() * 0.6);
  }

  private int distinctTags(int skipped) {
    return lines
        .distinct(
            i -> {
              int p = lines.behind(i, skipped);
              int end = p;
              while (end < lines.end(i) && lines.bytes()[end] != '[' && lines.bytes()[end] != ':') {
                end++;
              }
              return Ascii.text(lines.bytes(), p, Math.min(end, p + 120));
            })
        .size();
  }

  private boolean columnsRepeat(int columns) {
    for (int n = 0; n < columns; n++) {
      if (distinct(n) > Math.max(SMALL_SAMPLE, lines.count() * 0.5)) {
        return false;
      }
    }
    return true;
  }

  private int distinct(int skipped) {
    return lines
        .distinct(
            i -> {
              int p = lines.behind(i, skipped);
              int end = Ascii.tokenEnd(lines.bytes(), p, lines.end(i));
              return Ascii.text(lines.bytes(), p, Math.min(end, p + 120));
            })
        .size();
  }

  /** A short text and a dash in every line, few different texts: the text names a component. */
  private boolean nameAndDash() {
    if (loggerSeen || lines.share(i -> dashAhead(i) > 0) < NEARLY_ALL) {
      return false;
    }
    Set<String> names =
        lines.distinct(
            i ->
                dashAhead(i) > 0
                    ? withoutDigits(Ascii.text(lines.bytes(), lines.start(i), dashAhead(i)))
                    : null);
    if (names.size() > Math.max(SMALL_SAMPLE, lines.count() * 0.3)) {
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
    return ColumnShapes.dashAhead(lines.bytes(), lines.start(line), lines.end(line));
  }

  private boolean number() {
    if (loggerSeen || lines.shareOf(new Element.Whole(Slot.NONE)) < ALL) {
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

  /** A UUID or another long hexadecimal id in every line. */
  private boolean identifierColumn() {
    if (lines.shareOf(ColumnShapes::identifier) < ALL) {
      return false;
    }
    add(new Element.Token(Slot.REQUEST_ID, false));
    return true;
  }

  /** A word behind which nearly every line is padded. */
  private boolean paddedColumn() {
    if (loggerSeen
        || lines.count() < 3
        || lines.shareOf(ColumnShapes::padded) < NEARLY_ALL
        || distinct(0) > Math.max(2, lines.count() * 0.2)) {
      return false;
    }
    add(new Element.Token(Slot.LOGGER, false));
    loggerSeen = true;
    return true;
  }

  /** A column up to the next {@code |}. */
  private boolean fenced() {
    if (lines.share(i -> pipe(i) >= 0) < NEARLY_ALL) {
      return false;
    }
    Element.Literal pipe = new Element.Literal("|");
    if (lines.shareOf(new Element.Whole(Slot.NONE)) >= ALL) {
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

  private int pipe(int line) {
    return Ascii.indexOf(lines.bytes(), lines.position(line), lines.end(line), '|');
  }

  private boolean fencedTextIsShort() {
    Set<String> texts =
        lines.distinct(
            i -> {
              int from = lines.position(i);
              int pipe = pipe(i);
              return pipe < 0 ? null : Ascii.text(lines.bytes(), from, Math.min(pipe, from + 200));
            });
    int wordy = lines.count(i -> pipe(i) >= 0 && wordy(i, pipe(i)));
    return wordy < lines.count() * 0.1 || texts.size() <= Math.max(2, lines.count() * 0.1);
  }

  private boolean wordy(int line, int pipe) {
    int token = Ascii.tokenEnd(lines.bytes(), lines.start(line), pipe);
    return pipe - lines.position(line) > 60 || Ascii.skipBlanks(lines.bytes(), token, pipe) < pipe;
  }

  private void add(Element element) {
    elements.add(element);
    lines.advance(element);
  }

  private double threshold() {
    return required == 0 ? FIRST : NEARLY_ALL;
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

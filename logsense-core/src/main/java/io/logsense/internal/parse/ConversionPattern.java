package io.logsense.internal.parse;

import io.logsense.api.LogSenseException;
import io.logsense.internal.text.Ascii;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Logback or Log4j 2 pattern, compiled to a {@link Layout}.
 *
 * <p>Understood: all conversions of both that print one field; colours, {@code %replace}, {@code
 * %style} and their like stand for what is inside them; stack traces and line ends end the layout.
 * Padding and truncation only mean that blanks may follow. Unknown conversions match any text up to
 * the next fixed text.
 */
final class ConversionPattern {
  private static final int DEEPEST = 16;

  private sealed interface Part {}

  private record Text(String text) implements Part {}

  private record Conversion(String word, String option, String secondOption, boolean padded)
      implements Part {}

  /** A part that prints all that is inside, or nothing. */
  private record Optional(List<Part> parts) implements Part {}

  private final String pattern;
  private List<Part> parts = new ArrayList<>();
  private int at;

  private ConversionPattern(String pattern) {
    this.pattern = pattern;
  }

  /** The layout of {@code pattern}, which must have a message. */
  static Layout compile(String pattern) {
    ConversionPattern compiler = new ConversionPattern(defaults(pattern));
    compiler.parse('\0', 0);
    return compiler.layout();
  }

  /** Replaces {@code ${NAME:-default}} by its default, as without configuration. */
  private static String defaults(String pattern) {
    String text = pattern;
    for (int rounds = 0; rounds < DEEPEST; rounds++) {
      int from = text.lastIndexOf("${");
      int to = from < 0 ? -1 : text.indexOf('}', from);
      if (to < 0) {
        return text;
      }
      int byDefault = text.indexOf(":-", from);
      String value = byDefault > 0 && byDefault < to ? text.substring(byDefault + 2, to) : "";
      text = text.substring(0, from) + value + text.substring(to + 1);
    }
    return text;
  }

  private void parse(char close, int depth) {
    StringBuilder text = new StringBuilder();
    while (at < pattern.length() && pattern.charAt(at) != close) {
      char c = pattern.charAt(at++);
      if (c == '\\' && at < pattern.length()) {
        char escaped = pattern.charAt(at++);
        text.append(escaped == 't' ? '\t' : escaped == 'n' || escaped == 'r' ? ' ' : escaped);
      } else if (c != '%') {
        text.append(c);
      } else if (at < pattern.length() && pattern.charAt(at) == '%') {
        text.append(pattern.charAt(at++));
      } else {
        flush(text);
        conversion(depth);
      }
    }
    flush(text);
  }

  private void flush(StringBuilder text) {
    if (!text.isEmpty()) {
      parts.add(new Text(text.toString()));
      text.setLength(0);
    }
  }

  private void conversion(int depth) {
    int from = at;
    while (at < pattern.length() && "-.0123456789".indexOf(pattern.charAt(at)) >= 0) {
      at++;
    }
    boolean padded = at > from;
    int wordFrom = at;
    while (at < pattern.length() && Ascii.isLetter(pattern.charAt(at))) {
      at++;
    }
    boolean group = at < pattern.length() && pattern.charAt(at) == '(';
    String letters = pattern.substring(wordFrom, at);
    String word = group ? letters : knownPrefix(letters);
    at = wordFrom + word.length();
    if (at < pattern.length() && pattern.charAt(at) == '(') {
      nested('(', ')', depth);
      skipOptions();
      return;
    }
    if (word.equals("notEmpty") && at < pattern.length() && pattern.charAt(at) == '{') {
      List<Part> outer = parts;
      parts = new ArrayList<>();
      nested('{', '}', depth);
      outer.add(new Optional(parts));
      parts = outer;
      return;
    }
    if (nests(word) && at < pattern.length() && pattern.charAt(at) == '{') {
      nested('{', '}', depth);
      skipOptions();
      return;
    }
    parts.add(new Conversion(word, option(), option(), padded));
    skipOptions();
  }

  private void nested(char open, char close, int depth) {
    if (depth >= DEEPEST) {
      throw new LogSenseException(
          LogSenseException.Category.USAGE,
          "pattern nests deeper than " + DEEPEST + " at index " + at + ": " + pattern);
    }
    at += open == pattern.charAt(at) ? 1 : 0;
    parse(close, depth + 1);
    at++;
  }

  private static boolean nests(String word) {
    return switch (word) {
      case "style",
          "highlight",
          "notEmpty",
          "varsNotEmpty",
          "variablesNotEmpty",
          "replace",
          "maxLen",
          "maxLength",
          "enc",
          "encode",
          "equals",
          "equalsIgnoreCase" ->
          true;
      default -> false;
    };
  }

  /** Letters may follow a short conversion directly ({@code %mfoo}); logger names do not. */
  private static String knownPrefix(String letters) {
    if (Conversions.known(letters) || nests(letters) || letters.isEmpty()) {
      return letters;
    }
    for (int length = letters.length() - 1; length > 0; length--) {
      if (Conversions.known(letters.substring(0, length))) {
        return letters.substring(0, length);
      }
    }
    return letters;
  }

  private String option() {
    if (at >= pattern.length() || pattern.charAt(at) != '{') {
      return "";
    }
    int depth = 0;
    for (int p = at; p < pattern.length(); p++) {
      char c = pattern.charAt(p);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (depth == 0) {
        String option = pattern.substring(at + 1, p);
        at = p + 1;
        return option;
      }
    }
    at = pattern.length();
    return "";
  }

  private void skipOptions() {
    while (at < pattern.length() && pattern.charAt(at) == '{') {
      option();
    }
  }

  private Layout layout() {
    List<Element> elements = new ArrayList<>();
    int required = -1;
    boolean trim = false;
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof Optional optional) {
        elements.add(optionally(optional));
        continue;
      }
      if (parts.get(i) instanceof Text text) {
        String literal = trim ? text.text.stripLeading() : text.text;
        trim = false;
        if (!literal.isEmpty()) {
          elements.add(new Element.Literal(literal));
        }
        continue;
      }
      Conversion conversion = (Conversion) parts.get(i);
      if (Conversions.isMessage(conversion.word)) {
        required = elements.size();
        Element.Literal suffix = suffix(i + 1);
        if (suffix == null) {
          break;
        }
        elements.add(new MessageBefore(suffix));
      } else if (!Conversions.isSilent(conversion.word)) {
        elements.add(element(conversion, i));
        if (conversion.padded) {
          elements.add(BLANKS);
          trim = true;
        }
      }
    }
    if (required < 0) {
      throw new LogSenseException(
          LogSenseException.Category.USAGE, "pattern without a message (%m, %msg): " + pattern);
    }
    return new Layout(elements, required);
  }

  private static Element optionally(Optional optional) {
    ConversionPattern inner = new ConversionPattern("");
    inner.parts = new ArrayList<>(optional.parts);
    inner.parts.add(new Conversion("m", "", "", false));
    Layout layout = inner.layout();
    return (b, from, to, draft) -> Math.max(from, layout.match(b, from, to, draft));
  }

  private static final Element BLANKS = (b, from, to, draft) -> Ascii.skipBlanks(b, from, to);

  private Element element(Conversion conversion, int i) {
    return switch (conversion.word) {
      case "d", "date" -> date(conversion);
      case "p", "le", "level" -> new Element.Level(true, true);
      case "pid", "processId", "tid", "T", "threadId" -> new Element.Token(Slot.THREAD, false);
      default -> text(conversion, i);
    };
  }

  private static Element date(Conversion conversion) {
    String option = conversion.option;
    int comma = option.lastIndexOf(',');
    String zone = comma < 0 ? "" : option.substring(comma + 1).strip();
    if (DatePattern.isZone(zone)) {
      return DatePattern.of(unquoted(option.substring(0, comma).strip()), zone);
    }
    return DatePattern.of(unquoted(option), conversion.secondOption);
  }

  private static String unquoted(String option) {
    return option.length() > 1 && option.startsWith("\"") && option.endsWith("\"")
        ? option.substring(1, option.length() - 1)
        : option;
  }

  private Element text(Conversion conversion, int i) {
    Slot slot = Conversions.slot(conversion.word, conversion.option);
    boolean oneWord = Conversions.isOneWord(conversion.word);
    for (int next = i + 1; next < parts.size(); next++) {
      Part part = parts.get(next);
      if (part instanceof Optional) {
        break;
      }
      if (part instanceof Text text) {
        return new Element.Until(slot, new Element.Literal(text.text), oneWord);
      }
      if (!Conversions.isSilent(((Conversion) part).word)) {
        break;
      }
    }
    return new Element.Token(slot, false);
  }

  /** The fixed text behind the message, or null when the message is the last. */
  private Element.@Nullable Literal suffix(int from) {
    for (int i = from; i < parts.size(); i++) {
      if (parts.get(i) instanceof Text text && !text.text.isBlank()) {
        return new Element.Literal(text.text);
      }
      if (parts.get(i) instanceof Conversion conversion && !Conversions.isSilent(conversion.word)) {
        return null;
      }
    }
    return null;
  }

  /** The message where something follows it: all text before the last occurrence of that. */
  private record MessageBefore(Element.Literal suffix) implements Element {
    @Override
    public int match(byte[] b, int from, int to, @Nullable Draft draft) {
      int p = to - 1;
      while (p >= from && !suffixAt(b, from, p, to)) {
        p--;
      }
      if (p < from) {
        return -1;
      }
      if (draft != null) {
        draft.takeMessage(b, from, p);
      }
      return p;
    }

    /** Only the first of a run of blanks is tried, or the time would grow with its square. */
    private boolean suffixAt(byte[] b, int from, int p, int to) {
      boolean insideBlanks = p > from && Ascii.isBlank(b[p]) && Ascii.isBlank(b[p - 1]);
      return !insideBlanks && suffix.endOf(b, p, to) >= 0;
    }
  }
}

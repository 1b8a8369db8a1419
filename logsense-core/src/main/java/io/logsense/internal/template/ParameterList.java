package io.logsense.internal.template;

import io.logsense.api.template.Parameter;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The variable parts of one message, found when somebody asks.
 *
 * <p>Holds the message and the words of its template as they were, so the answer is the same
 * whenever it is asked for. Safe for several threads: at worst two find the same list.
 */
final class ParameterList extends AbstractList<Parameter> {
  private final String message;
  private final @Nullable NamedMatches matches;
  private final boolean[] variable;
  private volatile @Nullable List<Parameter> found;

  /**
   * Parameters of {@code message}.
   *
   * @param matches those of the user's patterns in it, if there are any
   * @param variable whether the token at each position is shown as a variable
   */
  ParameterList(String message, @Nullable NamedMatches matches, boolean[] variable) {
    this.message = message;
    this.matches = matches;
    this.variable = variable;
  }

  @Override
  public Parameter get(int index) {
    return found().get(index);
  }

  @Override
  public int size() {
    return found().size();
  }

  private List<Parameter> found() {
    List<Parameter> known = found;
    if (known == null) {
      known = find();
      found = known;
    }
    return known;
  }

  private List<Parameter> find() {
    MaskedLine line = new MaskedLine();
    line.load(matches == null ? message : matches.text);
    line.mask();
    JsonPath names = new JsonPath(line.line);
    List<Parameter> all = new ArrayList<>();
    for (int token = 0; token < line.size; token++) {
      boolean wild = token < variable.length && variable[token];
      boolean none = true;
      for (int span = line.firstSpan[token]; span < line.firstSpan[token + 1]; span++) {
        if (line.spans.soft[span] && !(wild && line.spans.isNumber(span))) {
          continue;
        }
        none = false;
        if (!isMark(line, span)) {
          all.add(span(line, span, names));
        }
      }
      if (wild && none) {
        all.add(word(line, token));
      }
    }
    if (matches != null) {
      all.addAll(matches.parameters(line));
      all.sort(Comparator.comparingInt(Parameter::start));
    }
    return List.copyOf(all);
  }

  /** Whether a span is a match of a pattern, which is a parameter of its own. */
  private boolean isMark(MaskedLine line, int span) {
    int offset = line.line.offset;
    return matches != null
        && matches.isMark(offset + line.spans.start[span], offset + line.spans.end[span]);
  }

  private Parameter span(MaskedLine line, int span, JsonPath names) {
    Spans spans = line.spans;
    String name = names.name(spans.nameStart[span], spans.nameEnd[span]);
    return parameter(name, spans.type[span], line.line, spans.start[span], spans.end[span]);
  }

  /** A word where others stood too, without the punctuation around it. */
  private Parameter word(MaskedLine line, int token) {
    int from = line.start[token];
    int to = line.end[token];
    while (from < to - 1 && !Characters.isAlphanumeric(line.line.text[from])) {
      from++;
    }
    while (to > from + 1 && !Characters.isAlphanumeric(line.line.text[to - 1])) {
      to--;
    }
    return parameter("", VariableType.TEXT, line.line, from, to);
  }

  private Parameter parameter(String name, VariableType type, Line line, int from, int to) {
    int start = line.offset + from;
    int end = line.offset + to;
    if (matches != null) {
      start = matches.inMessage(start);
      end = matches.inMessage(end);
    }
    return new Parameter(name, message.substring(start, end), type.label(), start);
  }
}

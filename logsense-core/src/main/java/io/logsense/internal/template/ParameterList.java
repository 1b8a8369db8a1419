package io.logsense.internal.template;

import io.logsense.api.template.Parameter;
import java.util.AbstractList;
import java.util.ArrayList;
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
  private final boolean[] variable;
  private volatile @Nullable List<Parameter> found;

  /**
   * Parameters of {@code message}.
   *
   * @param variable whether the token at each position is shown as a variable
   */
  ParameterList(String message, boolean[] variable) {
    this.message = message;
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
    line.load(message);
    line.mask();
    List<Parameter> all = new ArrayList<>();
    for (int token = 0; token < line.size; token++) {
      boolean wild = token < variable.length && variable[token];
      int before = all.size();
      for (int span = line.firstSpan[token]; span < line.firstSpan[token + 1]; span++) {
        if (line.spans.soft[span] && !(wild && line.spans.isNumber(span))) {
          continue;
        }
        all.add(parameter(line, span));
      }
      if (wild && all.size() == before) {
        all.add(word(line, token));
      }
    }
    return List.copyOf(all);
  }

  private static Parameter parameter(MaskedLine line, int span) {
    int from = line.spans.start[span];
    String name =
        new String(
            line.line.text,
            line.spans.nameStart[span],
            line.spans.nameEnd[span] - line.spans.nameStart[span]);
    String value = new String(line.line.text, from, line.spans.end[span] - from);
    return new Parameter(name, value, line.spans.type[span].label(), line.line.offset + from);
  }

  /** A word where others stood too, without the punctuation around it. */
  private static Parameter word(MaskedLine line, int token) {
    int from = line.start[token];
    int to = line.end[token];
    while (from < to - 1 && !Characters.isAlphanumeric(line.line.text[from])) {
      from++;
    }
    while (to > from + 1 && !Characters.isAlphanumeric(line.line.text[to - 1])) {
      to--;
    }
    return new Parameter(
        "",
        new String(line.line.text, from, to - from),
        VariableType.TEXT.label(),
        line.line.offset + from);
  }
}

package io.logsense.code;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * The operands of a chain of {@code +}, in the order of the text.
 *
 * <p>Neighbouring literals are one text, as a compiler sees them; a parser may have joined them or
 * not.
 */
final class Joined<N> {
  /** Operands; those of two chains are no neighbours. */
  private final List<List<N>> chains = new ArrayList<>(List.of(new ArrayList<>()));

  void add(N operand) {
    chains.get(chains.size() - 1).add(operand);
  }

  /** Adds the right operand of an operator, which joins texts if it is {@code +}. */
  void add(N operand, boolean joins) {
    if (joins) {
      add(operand);
    } else {
      chains.add(new ArrayList<>(List.of(operand)));
      chains.add(new ArrayList<>());
    }
  }

  /**
   * Tells the collector the literals, and {@code visitor} everything else.
   *
   * @param literal the value of a literal; empty for what is none
   */
  void emit(
      Function<N, String> literal,
      ToIntFunction<N> start,
      Consumer<N> visitor,
      BlockCollector out) {
    for (List<N> chain : chains) {
      StringBuilder text = new StringBuilder();
      int at = 0;
      for (N operand : chain) {
        String value = literal.apply(operand);
        if (value.isEmpty()) {
          flush(text, at, out);
          visitor.accept(operand);
        } else {
          at = text.length() == 0 ? start.applyAsInt(operand) : at;
          text.append(value);
        }
      }
      flush(text, at, out);
    }
  }

  private static void flush(StringBuilder text, int at, BlockCollector out) {
    if (text.length() > 0) {
      out.literal(text.toString(), at);
      text.setLength(0);
    }
  }
}

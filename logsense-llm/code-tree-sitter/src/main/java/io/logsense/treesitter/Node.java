package io.logsense.treesitter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named node of a syntax tree, copied out of native memory.
 *
 * @param type what the grammar calls it
 * @param field its role in the parent, empty for none
 * @param start byte offset
 * @param end byte offset, exclusive
 * @param children in the order of the text
 */
record Node(String type, String field, int start, int end, List<Node> children) {
  boolean is(String oneType) {
    return type.equals(oneType);
  }

  /** The first child in a field. */
  @Nullable Node in(String wanted) {
    for (Node child : children) {
      if (child.field.equals(wanted)) {
        return child;
      }
    }
    return null;
  }

  /** The first child of a type. */
  @Nullable Node of(String wanted) {
    for (Node child : children) {
      if (child.type.equals(wanted)) {
        return child;
      }
    }
    return null;
  }
}

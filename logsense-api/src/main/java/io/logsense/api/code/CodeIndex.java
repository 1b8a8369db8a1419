package io.logsense.api.code;

import io.logsense.api.event.StackFrame;
import java.util.List;
import java.util.Optional;

/**
 * Blocks of one source tree, found by what an error tells. Users call it.
 *
 * <p>Immutable and safe for many threads. Lists are in the order of file and line.
 */
public interface CodeIndex {
  /** Which source code it describes. */
  CodeOrigin origin();

  /** Number of blocks. */
  int size();

  /**
   * The block that a frame was in: by file and line, and where the line says nothing, or belongs to
   * another block, by type and method. Empty for code that is not in the index.
   */
  Optional<CodeBlock> find(StackFrame frame);

  /** Blocks of this symbol; several when overloads share one. */
  List<CodeBlock> named(String symbol);

  /** Blocks of the file at this path. */
  List<CodeBlock> in(String file);

  /**
   * Blocks with a message literal that is a part of {@code text}, the longest literal first.
   *
   * @param text a message or a template as it was logged; {@code <*>} stands for anything
   */
  List<CodeBlock> saying(String text, int limit);
}

package io.logsense.api.code;

import java.util.List;

/**
 * What a parser made of one file.
 *
 * @param blocks blocks in the order of their first lines; those of the readable part when the file
 *     is broken
 * @param problem what could not be read, in one line; empty when everything was
 */
public record ParsedSource(List<CodeBlock> blocks, String problem) {
  /** Keeps a copy of the list. */
  public ParsedSource {
    blocks = List.copyOf(blocks);
  }
}

package io.logsense.api.code;

import java.util.List;

/**
 * Finds the blocks of source files of one language. Users implement it for a language of theirs,
 * and name it in {@code META-INF/services} to have it found.
 *
 * <p>One thread at a time uses a parser.
 */
public interface CodeParser {
  /** The language: {@code java}, {@code kotlin}; as in a stack trace where it can be there. */
  String language();

  /** Whether a file of this path is of the language, by its name alone. */
  boolean reads(String path);

  /**
   * The blocks of each file, in the order of the files. Broken, binary and hostile text gets an
   * answer, never an exception.
   */
  List<ParsedSource> parse(List<SourceFile> files);
}

package io.logsense.treesitter;

import org.jspecify.annotations.Nullable;

/**
 * Blocks of TypeScript source, named as those of {@link JavaScriptParser}.
 *
 * <p>Two grammars read it: one {@code .ts}, the other {@code .tsx}. Declarations without code,
 * {@code .d.ts}, are not read.
 */
public final class TypeScriptParser extends ScriptParser {
  /** A parser, which reads nothing while its grammars are missing. */
  public TypeScriptParser() {
    super("javascript");
  }

  @Override
  @Nullable Grammar grammar(String path) {
    if (path.endsWith(".tsx")) {
      return Grammar.TSX;
    }
    boolean isScript = path.endsWith(".ts") || path.endsWith(".mts") || path.endsWith(".cts");
    return isScript && !path.endsWith(".d.ts") ? Grammar.TYPESCRIPT : null;
  }
}

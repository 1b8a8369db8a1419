package io.logsense.treesitter;

import org.jspecify.annotations.Nullable;

/**
 * Blocks of JavaScript source, with JSX and without.
 *
 * <p>A block belongs to its class, {@code lib.cart.Cart}, or module; the name of a module is the
 * path from the root of the source tree. {@code constructor} is the constructor, what stands
 * outside of functions is {@code <module>} or, in a class, its initializer.
 */
public final class JavaScriptParser extends ScriptParser {
  /** A parser, which reads nothing while its grammar is missing. */
  public JavaScriptParser() {
    super("javascript");
  }

  @Override
  @Nullable Grammar grammar(String path) {
    boolean isScript =
        path.endsWith(".js")
            || path.endsWith(".mjs")
            || path.endsWith(".cjs")
            || path.endsWith(".jsx");
    return isScript && !path.endsWith(".min.js") ? Grammar.JAVASCRIPT : null;
  }
}

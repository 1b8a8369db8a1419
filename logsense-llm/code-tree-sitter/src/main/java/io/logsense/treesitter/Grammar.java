package io.logsense.treesitter;

import org.treesitter.TSLanguage;
import org.treesitter.TreeSitterGo;
import org.treesitter.TreeSitterJavascript;
import org.treesitter.TreeSitterKotlin;
import org.treesitter.TreeSitterPython;
import org.treesitter.TreeSitterTsx;
import org.treesitter.TreeSitterTypescript;

/** The grammars, each in a jar of its own that may be missing. */
enum Grammar {
  GO("Go"),
  JAVASCRIPT("Javascript"),
  KOTLIN("Kotlin"),
  PYTHON("Python"),
  TSX("Tsx"),
  TYPESCRIPT("Typescript");

  private final String resource;

  Grammar(String name) {
    resource = "org/treesitter/TreeSitter" + name + ".class";
  }

  /** Whether its jar is on the class path; its native code may be for other platforms still. */
  boolean isPresent() {
    return Grammar.class.getClassLoader().getResource(resource) != null;
  }

  /**
   * Loads the grammar, which is never unloaded.
   *
   * @throws LinkageError where there is no native code for this platform
   */
  TSLanguage load() {
    return switch (this) {
      case GO -> new TreeSitterGo();
      case JAVASCRIPT -> new TreeSitterJavascript();
      case KOTLIN -> new TreeSitterKotlin();
      case PYTHON -> new TreeSitterPython();
      case TSX -> new TreeSitterTsx();
      case TYPESCRIPT -> new TreeSitterTypescript();
    };
  }
}

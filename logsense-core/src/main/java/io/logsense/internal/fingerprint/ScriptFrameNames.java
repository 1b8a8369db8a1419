package io.logsense.internal.fingerprint;

import org.jspecify.annotations.Nullable;

/**
 * Frames of the languages whose traces name files: Python, JavaScript, Ruby and PHP.
 *
 * <p>A file counts as its last two path segments, so that the same code deployed elsewhere has the
 * same name.
 */
final class ScriptFrameNames implements FrameNames {
  private static final NormalFrame GLUE = NormalFrame.of("", "", FrameOrigin.GLUE);
  private static final int SEGMENTS = 2;

  private final String language;
  private final PrefixSet inApp;
  private final PrefixSet notInApp;

  ScriptFrameNames(String language, PrefixSet inApp, PrefixSet notInApp) {
    this.language = language;
    this.inApp = inApp;
    this.notInApp = notInApp;
  }

  @Override
  public NormalFrame frame(String className, String method, @Nullable String file) {
    String path = file == null ? "" : file.replace('\\', '/');
    String written = className.isEmpty() ? method : className + "." + method;
    String function =
        switch (language) {
          case "python" -> pythonFunction(written);
          case "javascript" -> javascriptFunction(written);
          case "ruby" -> rubyFunction(method);
          default -> phpFunction(written);
        };
    if (function.isEmpty() && path.isEmpty()) {
      return GLUE;
    }
    String module = path.isEmpty() ? "" : module(path);
    return NormalFrame.of(module, function, origin(className, module, path));
  }

  private static String module(String path) {
    if (path.startsWith("<")) {
      int dash = path.indexOf('-', path.startsWith("<ipython-input") ? 9 : path.length());
      return dash < 0 ? path : path.substring(0, dash);
    }
    String module = PathNames.module(path, SEGMENTS);
    return module.endsWith("/__init__") ? module.substring(0, module.length() - 9) : module;
  }

  private FrameOrigin origin(String className, String module, String path) {
    String dotted = module.replace('/', '.');
    if (notInApp.matches(className) || notInApp.matches(dotted) || notInApp.matches(path)) {
      return FrameOrigin.LIBRARY;
    }
    if (inApp.matches(className) || inApp.matches(dotted) || inApp.matches(path)) {
      return FrameOrigin.APPLICATION;
    }
    if (isLibrary(path)) {
      return FrameOrigin.LIBRARY;
    }
    if (isRuntime(path)) {
      return FrameOrigin.RUNTIME;
    }
    return inApp.isEmpty() ? FrameOrigin.APPLICATION : FrameOrigin.LIBRARY;
  }

  private boolean isLibrary(String path) {
    return switch (language) {
      case "python" -> path.contains("/site-packages/") || path.contains("/dist-packages/");
      case "javascript" -> path.contains("node_modules/") || path.contains("/bower_components/");
      case "ruby" -> path.contains("/gems/") || path.contains("/bundler/");
      default -> path.contains("/vendor/") || path.startsWith("phar://");
    };
  }

  private boolean isRuntime(String path) {
    return switch (language) {
      case "python" -> path.startsWith("<frozen") || path.contains("/lib/python");
      case "javascript" ->
          path.isEmpty()
              || path.startsWith("node:")
              || path.startsWith("internal/")
              || path.startsWith("native ")
              || path.equals("native")
              || path.equals("<anonymous>")
              || isNodeCore(path);
      case "ruby" -> path.startsWith("<internal:") || path.contains("/lib/ruby/");
      default -> path.isEmpty() || path.equals("[internal function]");
    };
  }

  /** Core modules of Node.js before they had the prefix {@code node:}. */
  private static boolean isNodeCore(String path) {
    return switch (path) {
      case "module.js",
          "events.js",
          "net.js",
          "fs.js",
          "timers.js",
          "stream.js",
          "util.js",
          "vm.js",
          "http.js",
          "_http_server.js",
          "_http_client.js",
          "_stream_readable.js",
          "_stream_writable.js",
          "bootstrap_node.js",
          "node.js",
          "domain.js",
          "child_process.js",
          "assert.js" ->
          true;
      default -> false;
    };
  }

  /** Comprehensions are frames before Python 3.12 and none since. */
  private static String pythonFunction(String name) {
    return name.endsWith("<listcomp>") || name.endsWith("<dictcomp>") || name.endsWith("<setcomp>")
        ? ""
        : name;
  }

  private static String javascriptFunction(String name) {
    String kept = name;
    if (kept.startsWith("async ")) {
      kept = kept.substring("async ".length());
    }
    int alias = kept.indexOf(" [as ");
    if (alias > 0) {
      kept = kept.substring(0, alias);
    }
    if (kept.isEmpty() || kept.endsWith("<anonymous>") || kept.equals("anonymous")) {
      return "<anonymous>";
    }
    return kept.endsWith("/<") ? kept.substring(0, kept.length() - 2) : kept;
  }

  /** {@code block (2 levels) in total}, {@code Cart#total} and {@code total} are one function. */
  private static String rubyFunction(String name) {
    int in = name.lastIndexOf(" in ");
    String kept = in < 0 ? name : name.substring(in + " in ".length());
    int owner = Math.max(kept.lastIndexOf('#'), kept.lastIndexOf('.'));
    return owner < 0 || kept.startsWith("<") ? kept : kept.substring(owner + 1);
  }

  private static String phpFunction(String name) {
    String kept = name;
    int closure = kept.indexOf("{closure");
    if (closure >= 0) {
      return kept.substring(0, closure) + "{closure}";
    }
    int anonymous = kept.indexOf("class@anonymous");
    if (anonymous >= 0) {
      int method = Math.max(kept.lastIndexOf("->"), kept.lastIndexOf('.'));
      return "class@anonymous" + (method > anonymous ? kept.substring(method) : "");
    }
    int arguments = kept.indexOf('(');
    kept = arguments > 0 ? kept.substring(0, arguments) : kept;
    return kept.replace("->", ".").replace("::", ".");
  }
}

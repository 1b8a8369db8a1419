package io.logsense.internal.fingerprint;

import org.jspecify.annotations.Nullable;

/** Frames of the compiled languages whose traces name types: Go, Rust and .NET. */
final class NativeFrameNames implements FrameNames {
  private static final NormalFrame GLUE = NormalFrame.of("", "", FrameOrigin.GLUE);
  private static final int LEGACY_RUST_HASH = 17;

  private final String language;
  private final PrefixSet inApp;
  private final PrefixSet notInApp;

  NativeFrameNames(String language, PrefixSet inApp, PrefixSet notInApp) {
    this.language = language;
    this.inApp = inApp;
    this.notInApp = notInApp;
  }

  @Override
  public NormalFrame frame(String className, String method, @Nullable String file) {
    String path = file == null ? "" : file.replace('\\', '/');
    String written =
        className.isEmpty() ? method : className + (language.equals("rust") ? "::" : ".") + method;
    String name =
        switch (language) {
          case "go" -> goFunction(written);
          case "rust" -> rustFunction(written);
          default -> dotnetFunction(written);
        };
    if (name.isEmpty()) {
      return GLUE;
    }
    return NormalFrame.of("", name, origin(name, path));
  }

  private FrameOrigin origin(String name, String path) {
    if (notInApp.matches(name)) {
      return FrameOrigin.LIBRARY;
    }
    if (inApp.matches(name)) {
      return FrameOrigin.APPLICATION;
    }
    FrameOrigin known =
        switch (language) {
          case "go" -> goOrigin(name, path);
          case "rust" -> rustOrigin(name, path);
          default -> dotnetOrigin(name);
        };
    return known == FrameOrigin.APPLICATION && !inApp.isEmpty() ? FrameOrigin.LIBRARY : known;
  }

  private static FrameOrigin goOrigin(String name, String path) {
    if (path.contains("/pkg/mod/") || path.contains("/vendor/") || name.contains("/vendor/")) {
      return FrameOrigin.LIBRARY;
    }
    if (name.equals("panic")
        || path.contains("/usr/local/go/src/")
        || path.contains("/libexec/src/")) {
      return FrameOrigin.RUNTIME;
    }
    for (String core : GO_CORE) {
      if (name.startsWith(core)) {
        return FrameOrigin.RUNTIME;
      }
    }
    return FrameOrigin.APPLICATION;
  }

  private static final String[] GO_CORE = {
    "runtime.", "runtime/", "testing.", "reflect.", "sync.", "net/", "net.", "syscall.", "os.",
    "os/", "io.", "internal/", "encoding/", "bufio.", "bytes.", "strings.", "fmt.", "time.",
    "context.", "database/sql.", "log.", "sort.", "strconv.", "crypto/", "errors.", "created by ",
  };

  private static FrameOrigin rustOrigin(String name, String path) {
    String bare = name.startsWith("<") ? name.substring(1) : name;
    for (String core : RUST_CORE) {
      if (bare.startsWith(core)) {
        return FrameOrigin.RUNTIME;
      }
    }
    if (path.startsWith("/rustc/") || path.contains("/rustlib/src/")) {
      return FrameOrigin.RUNTIME;
    }
    return path.contains("/.cargo/") || bare.startsWith("tokio::")
        ? FrameOrigin.LIBRARY
        : FrameOrigin.APPLICATION;
  }

  private static final String[] RUST_CORE = {
    "core::",
    "std::",
    "alloc::",
    "rust_",
    "__rust_",
    "_start",
    "__libc_",
    "start_thread",
    "clone",
    "test::",
    "backtrace::",
    "panic_unwind::",
    "main (",
    "_main",
    "__scrt",
    "BaseThreadInitThunk",
    "RtlUserThreadStart",
  };

  private static FrameOrigin dotnetOrigin(String name) {
    if (name.startsWith("System.") || name.startsWith("Interop.") || name.startsWith("Internal.")) {
      return FrameOrigin.RUNTIME;
    }
    return name.startsWith("Microsoft.")
            || name.startsWith("Newtonsoft.")
            || name.startsWith("Npgsql.")
        ? FrameOrigin.LIBRARY
        : FrameOrigin.APPLICATION;
  }

  /** {@code (*Cart).Total.func2.1} without arguments, type arguments and closure ordinals. */
  private static String goFunction(String written) {
    String name = balancedCut(written, '[', ']');
    StringBuilder kept = new StringBuilder();
    int from = name.lastIndexOf('/') + 1;
    kept.append(name, 0, from);
    boolean closure = false;
    int i = from;
    while (i < name.length()) {
      int dot = name.indexOf('.', i);
      int end = dot < 0 ? name.length() : dot;
      String part = name.substring(i, end);
      boolean ordinal = isOrdinal(part, "func") || isOrdinal(part, "gowrap") || isOrdinal(part, "");
      if (!ordinal) {
        if (kept.length() > from) {
          kept.append('.');
        }
        kept.append(part);
      } else if (!closure) {
        kept.append(".func#");
        closure = true;
      }
      i = end + 1;
    }
    return kept.toString();
  }

  private static boolean isOrdinal(String part, String prefix) {
    if (!part.startsWith(prefix) || part.length() == prefix.length()) {
      return false;
    }
    for (int i = prefix.length(); i < part.length(); i++) {
      if (!Character.isDigit(part.charAt(i)) && part.charAt(i) != '-') {
        return false;
      }
    }
    return true;
  }

  /** Without {@code ::h0123456789abcdef}, crate hashes, closures and type arguments. */
  private static String rustFunction(String written) {
    String name = written;
    int hash = name.lastIndexOf("::h");
    if (hash > 0
        && name.length() - hash - 2 == LEGACY_RUST_HASH
        && PathNames.isHex(name, hash + 3, name.length())) {
      name = name.substring(0, hash);
    }
    name = balancedCut(name, '[', ']');
    return name.replace("::{{closure}}", "").replace("::{closure#0}", "").replace("{closure}", "");
  }

  /** The method that the source has: state machines, lambdas and local functions are its own. */
  private static String dotnetFunction(String written) {
    int arguments = written.indexOf('(');
    String name = arguments > 0 ? written.substring(0, arguments) : written;
    name = withoutArity(balancedCut(name, '[', ']'));
    int open = name.lastIndexOf('<');
    int close = name.indexOf('>', open);
    if (open < 0 || close < 0) {
      return name;
    }
    if (close == open + 1) {
      open = name.lastIndexOf('<', open - 1);
      return open < 0 ? name : name.substring(0, open);
    }
    String method = name.substring(open + 1, close);
    int owner = name.indexOf("<");
    String type = name.substring(0, owner);
    while (type.endsWith(".") || type.endsWith("+")) {
      type = type.substring(0, type.length() - 1);
    }
    return type.isEmpty() ? method : type + "." + method;
  }

  private static String withoutArity(String name) {
    StringBuilder kept = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) != '`') {
        kept.append(name.charAt(i));
      } else {
        while (i + 1 < name.length() && Character.isDigit(name.charAt(i + 1))) {
          i++;
        }
      }
    }
    return kept.toString();
  }

  private static String balancedCut(String text, char open, char close) {
    if (text.indexOf(open) < 0) {
      return text;
    }
    StringBuilder kept = new StringBuilder(text.length());
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == open) {
        depth++;
      } else if (c == close && depth > 0) {
        depth--;
      } else if (depth == 0) {
        kept.append(c);
      }
    }
    return kept.toString();
  }
}

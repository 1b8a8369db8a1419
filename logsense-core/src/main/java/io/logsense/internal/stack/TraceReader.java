package io.logsense.internal.stack;

import io.logsense.api.event.ThrownError;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Parses the lines that {@link TraceScanner} found to be one stack trace. */
final class TraceReader {
  /**
   * A parsed trace.
   *
   * @param cut whether the text tells that frames are missing
   */
  record Reading(String language, ThrownError error, boolean cut) {}

  /** What Go prints in the place of the frames in the middle of a deep stack. */
  private static final String ELIDED = "...additional frames elided...";

  private TraceReader() {}

  /** Parses a trace. */
  static Reading read(TraceLines lines) {
    String language = language(lines);
    if (language.equals("java")) {
      return JvmTrace.read(lines);
    }
    List<String> text = lines.strings();
    boolean cut = language.equals("go") && text.contains(ELIDED);
    return new Reading(language, error(language, text), cut);
  }

  private static ThrownError error(String language, List<String> lines) {
    return switch (language) {
      case "python" -> PythonTrace.read(lines);
      case "go" -> GoTrace.read(lines);
      case "ruby" -> RubyTrace.read(lines);
      case "php" -> PhpTrace.read(lines);
      case "rust" -> RustTrace.read(lines);
      case "javascript" -> JavaScriptTrace.read(lines);
      case "dotnet" -> DotnetTrace.read(lines);
      default -> throw new IllegalArgumentException(language);
    };
  }

  private static String language(TraceLines lines) {
    boolean traceback = false;
    int jvm = 0;
    int script = 0;
    int dotnet = 0;
    for (int i = 0; i < lines.kept(); i++) {
      if (lines.frame(i) != null) {
        jvm++;
        continue;
      }
      switch (lines.kind(i)) {
        case TRACEBACK -> {
          traceback = true;
        }
        case PYTHON_FRAME, PYTHON_CHAIN, PYTHON_GROUP_RULE -> {
          return "python";
        }
        case GOROUTINE, GO_LOCATION -> {
          return "go";
        }
        case RUBY_FRAME, RUBY_HEADER -> {
          return "ruby";
        }
        case PHP_STACK_TRACE, PHP_FRAME, PHP_THROWN -> {
          return "php";
        }
        case RUST_PANIC, RUST_BACKTRACE -> {
          return "rust";
        }
        case GECKO_FRAME, JAVASCRIPT_PROPERTY, NODE_VERSION -> {
          return "javascript";
        }
        case MONO_REPEAT -> {
          return "dotnet";
        }
        case AT_FRAME -> {
          switch (lines.dialect(i)) {
            case JAVASCRIPT -> script++;
            case DOTNET -> dotnet++;
            default -> jvm++;
          }
        }
        default -> {}
      }
    }
    if (traceback) {
      return "python";
    }
    if (script > jvm && script >= dotnet) {
      return "javascript";
    }
    return dotnet > jvm ? "dotnet" : "java";
  }

  /** The line before the first frame that names the error best; 0 when none does. */
  static int headerLine(List<String> lines, int firstFrame) {
    int best = -1;
    int grade = HeaderFinder.NONE;
    for (int i = 0; i < firstFrame; i++) {
      byte[] b = lines.get(i).getBytes(StandardCharsets.UTF_8);
      int of = announcesOnly(lines.get(i)) ? HeaderFinder.NONE : HeaderFinder.grade(b, 0, b.length);
      if (of > grade) {
        grade = of;
        best = i;
      }
    }
    return Math.max(best, 0);
  }

  /** {@code Unhandled Exception:}, which Mono prints above the header. */
  private static boolean announcesOnly(String line) {
    return line.stripTrailing().endsWith("nhandled Exception:");
  }

  static int indent(String line) {
    int i = 0;
    while (i < line.length() && (line.charAt(i) == ' ' || line.charAt(i) == '\t')) {
      i++;
    }
    return i;
  }

  /** The number in {@code text[from, to)}, or -1. */
  static int number(String text, int from, int to) {
    if (from >= to || to - from > 9) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }

  /** The index before the digits that end at {@code to}. */
  static int beforeDigits(String text, int to) {
    int i = to;
    while (i > 0 && text.charAt(i - 1) >= '0' && text.charAt(i - 1) <= '9') {
      i--;
    }
    return i;
  }
}

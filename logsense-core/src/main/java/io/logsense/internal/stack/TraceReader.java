package io.logsense.internal.stack;

import io.logsense.api.event.ThrownError;
import io.logsense.internal.text.Ascii;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Parses the lines that {@link TraceScanner} found to be one stack trace. */
final class TraceReader {
  /** A parsed trace and its language. */
  record Reading(String language, ThrownError error) {}

  private TraceReader() {}

  /** Parses the trace in {@code text[from, to)}. */
  static Reading read(byte[] text, int from, int to) {
    String language = language(text, from, to);
    List<String> lines = lines(new String(text, from, to - from, StandardCharsets.UTF_8));
    switch (language) {
      case "python" -> {
        return new Reading(language, PythonTrace.read(lines));
      }
      case "go" -> {
        return new Reading(language, GoTrace.read(lines));
      }
      case "ruby" -> {
        return new Reading(language, RubyTrace.read(lines));
      }
      case "php" -> {
        return new Reading(language, PhpTrace.read(lines));
      }
      case "rust" -> {
        return new Reading(language, RustTrace.read(lines));
      }
      case "javascript" -> {
        return new Reading(language, JavaScriptTrace.read(lines));
      }
      case "dotnet" -> {
        return new Reading(language, DotnetTrace.read(lines));
      }
      default -> {
        return new Reading("java", JvmTrace.read(lines));
      }
    }
  }

  /** Whether the last line of a trace was cut before its end. */
  static boolean endsWithinLine(byte[] text, int from, int to) {
    int start = Ascii.lastIndexOf(text, from, to, '\n') + 1;
    start = Math.max(start, from);
    return LineClassifier.classify(text, start, to) == LineKind.AT_MAYBE;
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int i = 0;
    while (i <= text.length()) {
      int end = text.indexOf('\n', i);
      if (end < 0) {
        end = text.length();
      }
      int stop = end > i && text.charAt(end - 1) == '\r' ? end - 1 : end;
      lines.add(plain(text.substring(i, stop)));
      i = end + 1;
    }
    return lines;
  }

  /** Without colours, and with tabs where syslog wrote {@code #011}. */
  private static String plain(String line) {
    String text = line;
    if (text.indexOf("#011") >= 0) {
      text = text.replace("#011", "\t");
    }
    if (text.indexOf('\u001b') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\u001b' && i + 1 < text.length() && text.charAt(i + 1) == '[') {
        i += 2;
        while (i < text.length() && (Character.isDigit(text.charAt(i)) || text.charAt(i) == ';')) {
          i++;
        }
      } else {
        out.append(text.charAt(i));
      }
    }
    return out.toString();
  }

  private static String language(byte[] text, int from, int to) {
    boolean traceback = false;
    int jvm = 0;
    int script = 0;
    int dotnet = 0;
    int i = from;
    while (i < to) {
      int end = Ascii.indexOf(text, i, to, '\n');
      if (end < 0) {
        end = to;
      }
      switch (LineClassifier.classify(text, i, end)) {
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
          String frame = frameText(text, i, end);
          if (JavaScriptTrace.isFrame(frame)) {
            script++;
          } else if (DotnetTrace.isFrame(frame)) {
            dotnet++;
          } else {
            jvm++;
          }
        }
        default -> {}
      }
      i = end + 1;
    }
    if (traceback) {
      return "python";
    }
    if (script > jvm && script >= dotnet) {
      return "javascript";
    }
    return dotnet > jvm ? "dotnet" : "java";
  }

  private static String frameText(byte[] text, int from, int to) {
    int start = Indent.skip(text, from, to);
    return new String(text, start, to - start, StandardCharsets.UTF_8).stripTrailing();
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

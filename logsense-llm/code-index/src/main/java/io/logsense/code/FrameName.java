package io.logsense.code;

import io.logsense.api.code.CodeBlock;
import io.logsense.api.event.StackFrame;
import java.util.Set;

/**
 * A function as the index calls it.
 *
 * @param type the simple name of the type, empty when the frame has none
 * @param method the name, empty for a function without one
 */
record FrameName(String type, String method) {
  private static final Set<String> SCRIPT_OBJECTS =
      Set.of("Object", "Module", "Function", "Array", "exports", "module", "process", "global");

  boolean isAnybody() {
    return method.isEmpty();
  }

  static FrameName of(StackFrame frame, String extension) {
    return switch (extension) {
      case "py" -> python(frame.method());
      case "go" -> go(frame.method());
      default -> script(frame.className(), frame.method());
    };
  }

  private static FrameName python(String function) {
    int dot = function.lastIndexOf('.');
    String name = function.substring(dot + 1);
    if (name.equals("__init__")) {
      return new FrameName("", CodeBlock.CONSTRUCTOR);
    }
    boolean hasNone = name.startsWith("<") && !name.equals("<module>");
    return new FrameName("", hasNone ? "" : name);
  }

  /** {@code (*Cart[...]).Add.func1}: the function around the one without a name. */
  private static FrameName go(String function) {
    String name = withoutArguments(function);
    String type = "";
    int close = name.indexOf(").");
    if (name.startsWith("(") && close > 0) {
      type = name.substring(name.startsWith("(*") ? 2 : 1, close);
      name = name.substring(close + 2);
    }
    String[] parts = name.split("\\.", -1);
    int named = 1;
    if (type.isEmpty() && parts.length > 1 && !isGenerated(parts[1])) {
      type = parts[0];
      named = 2;
    }
    String method = parts[named - 1];
    int value = method.indexOf("-fm");
    method = value > 0 ? method.substring(0, value) : method;
    boolean initializes = type.isEmpty() && (method.equals("init") || method.equals("glob"));
    return new FrameName(type, initializes ? CodeBlock.STATIC_INITIALIZER : method);
  }

  private static String withoutArguments(String name) {
    StringBuilder out = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      depth += c == '[' ? 1 : 0;
      if (depth == 0) {
        out.append(c);
      }
      depth -= c == ']' && depth > 0 ? 1 : 0;
    }
    return out.toString();
  }

  /** {@code func1}, {@code gowrap2}, {@code 3}: what the compiler calls functions in functions. */
  private static boolean isGenerated(String part) {
    return part.isEmpty()
        || Character.isDigit(part.charAt(0))
        || (Character.isDigit(part.charAt(part.length() - 1))
            && (part.startsWith("func")
                || part.startsWith("gowrap")
                || part.startsWith("deferwrap")));
  }

  private static FrameName script(String object, String function) {
    if (function.startsWith("new ")) {
      return new FrameName(lastPart(function.substring(4)), CodeBlock.CONSTRUCTOR);
    }
    String type =
        object.endsWith(".prototype") ? object.substring(0, object.length() - 10) : object;
    int blank = function.lastIndexOf(' '); // get total, static make
    int inner = function.indexOf('/'); // add/<
    String name = function.substring(blank + 1, inner > blank ? inner : function.length());
    boolean hasNone = name.startsWith("<") || name.isEmpty();
    String owner = lastPart(type);
    return new FrameName(SCRIPT_OBJECTS.contains(owner) ? "" : owner, hasNone ? "" : name);
  }

  private static String lastPart(String name) {
    int blank = name.lastIndexOf(' ');
    return name.substring(Math.max(name.lastIndexOf('.'), blank) + 1);
  }
}

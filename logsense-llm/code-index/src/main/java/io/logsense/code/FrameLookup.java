package io.logsense.code;

import io.logsense.api.code.CodeBlock;
import io.logsense.api.event.StackFrame;
import java.util.Arrays;

/**
 * Finds the block of a frame: the innermost one around its line in its file, if that is the method
 * that the frame names; else the nearest block of that name in the type.
 *
 * <p>The numbers of anonymous types depend on the compiler, lambdas bear the name of the method
 * they stand in, proxies that of the type they stand for: the line decides, the name confirms.
 */
final class FrameLookup {
  private final TableIndex index;
  private final BlockTable table;
  private final PathFrameLookup paths;

  /** The hash of a file's name and the number of the file, ascending. */
  private final long[] filesByName;

  FrameLookup(TableIndex index) {
    this.index = index;
    this.table = index.table();
    this.paths = new PathFrameLookup(table);
    filesByName = new long[table.files()];
    for (int file = 0; file < filesByName.length; file++) {
      filesByName[file] = ((long) name(table.path(file)).hashCode() << 32) | file;
    }
    Arrays.sort(filesByName);
  }

  /** The block, -1 if it is not in the index or only glue that a compiler made. */
  int block(StackFrame frame) {
    if (frame.file() != null && PathFrameLookup.reads(frame)) {
      return paths.block(frame, frame.file());
    }
    String method = method(frame.method());
    if (method.isEmpty()) {
      return -1;
    }
    String type = type(frame.className());
    int function = functionOfLambda(type, frame);
    if (function > 0) {
      method = type.substring(function + 1, type.indexOf('$', function + 1));
      type = type.substring(0, function);
    }
    int found = -1;
    if (frame.line() > 0 && frame.file() != null) {
      for (int file : filesNamed(lastPart(frame.file()))) {
        if (isInPackage(file, type)) {
          found = better(found, inFile(file, type, method, frame.line()), type, method);
        }
      }
    }
    return found >= 0 && isNamed(found, method) ? found : byName(type, method, frame.line(), found);
  }

  private int[] filesNamed(String name) {
    long first = (long) name.hashCode() << 32;
    int from = Arrays.binarySearch(filesByName, first);
    int to = -1 - Arrays.binarySearch(filesByName, first | 0xFFFFFFFFL);
    return Arrays.stream(filesByName, from < 0 ? -1 - from : from, to)
        .mapToInt(entry -> (int) entry)
        .filter(file -> name(table.path(file)).equals(name))
        .toArray();
  }

  private int better(int a, int b, String type, String method) {
    if (a < 0 || b < 0) {
      return Math.max(a, b);
    }
    return !isOwned(a, type) && isOwned(b, type) && isNamed(b, method) ? b : a;
  }

  /** The innermost block around the line, but rather one of the method's name. */
  private int inFile(int file, String type, String method, int line) {
    int innermost = -1;
    int named = -1;
    for (int block = table.fileBlocks[file]; block < table.fileBlocks[file + 1]; block++) {
      if (table.contains(block, line)) {
        innermost = smaller(innermost, block);
        if (isNamed(block, method)) {
          named =
              named >= 0 && isOwned(named, type) && !isOwned(block, type)
                  ? named
                  : smaller(named, block);
        }
      }
    }
    return named >= 0 ? named : innermost;
  }

  private int smaller(int a, int b) {
    return a >= 0 && table.lines(a) < table.lines(b) ? a : b;
  }

  /** The block of the name in the type whose lines are nearest; the first if there is no line. */
  private int byName(String type, String method, int line, int otherwise) {
    int nearest = -1;
    for (int block : index.ofType(type)) {
      boolean isNearer = nearest < 0 || distance(block, line) < distance(nearest, line);
      if (isNamed(block, method) && isNearer) {
        nearest = block;
      }
    }
    return nearest >= 0 ? nearest : otherwise;
  }

  private int distance(int block, int line) {
    return line <= 0 || table.contains(block, line)
        ? 0
        : Math.min(Math.abs(table.start[block] - line), Math.abs(table.end[block] - line));
  }

  private boolean isNamed(int block, String method) {
    return table.texts.get(table.name[block]).equals(method);
  }

  private boolean isOwned(int block, String type) {
    return table.texts.get(table.owner[block]).equals(type);
  }

  /**
   * Where {@code $add} begins in {@code Cart$add$1}, which is the class of a lambda in Kotlin; -1
   * for other frames.
   */
  private static int functionOfLambda(String type, StackFrame frame) {
    boolean isCall = frame.method().equals("invoke") || frame.method().equals("invokeSuspend");
    boolean isKotlin = frame.file() == null || frame.file().endsWith(".kt");
    int end = type.length();
    int start = isCall && isKotlin ? type.lastIndexOf('$') : -1;
    while (start > 0 && end > start + 1 && Character.isDigit(type.charAt(start + 1))) {
      end = start;
      start = type.lastIndexOf('$', end - 1);
    }
    return end < type.length() ? start : -1;
  }

  /** Whether a file may have a type, by its folder; Kotlin's may stand anywhere. */
  private boolean isInPackage(int file, String type) {
    int first = table.fileBlocks[file];
    if (table.path(file).endsWith(".kt") && first < table.fileBlocks[file + 1]) {
      String owner = table.texts.get(table.owner[first]);
      return owner.lastIndexOf('.') == type.lastIndexOf('.')
          && owner.regionMatches(0, type, 0, type.lastIndexOf('.') + 1);
    }
    String folder = type.substring(0, type.lastIndexOf('.') + 1).replace('.', '/');
    String path = table.path(file);
    int name = path.lastIndexOf('/') + 1;
    return path.startsWith(folder, name - folder.length())
        && (name == folder.length()
            || folder.isEmpty()
            || path.charAt(name - folder.length() - 1) == '/');
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String lastPart(String file) {
    return file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  }

  /** A type without what proxies and hidden classes add to its name. */
  static String type(String className) {
    int hidden = className.indexOf('/');
    String name = hidden > 0 ? className.substring(0, hidden) : className;
    int generated = name.indexOf("$$", name.lastIndexOf('.') + 2);
    return generated > 0 ? name.substring(0, generated) : name;
  }

  /** The method as it is written in the source; empty for glue. */
  static String method(String method) {
    if (method.startsWith("access$") || method.startsWith("-$$Nest$")) {
      return "";
    }
    if (method.startsWith("lambda$")) {
      return lambda(method.substring("lambda$".length()));
    }
    if (method.contains("$lambda$")) {
      return upTo(method, '$');
    }
    if (method.startsWith("$anonfun$")) {
      return upTo(method.substring("$anonfun$".length()), '$');
    }
    for (String suffix : new String[] {"$default", "$suspendImpl", "$extension"}) {
      if (method.endsWith(suffix) && method.length() > suffix.length()) {
        return method.substring(0, method.length() - suffix.length());
      }
    }
    return method;
  }

  private static String lambda(String rest) {
    int end = rest.lastIndexOf('$');
    String name = end > 0 ? rest.substring(0, end) : rest;
    return name.equals("new")
        ? CodeBlock.CONSTRUCTOR
        : name.equals("static") ? CodeBlock.STATIC_INITIALIZER : name;
  }

  private static String upTo(String name, char end) {
    int at = name.indexOf(end, 1);
    return at > 0 ? name.substring(0, at) : name;
  }
}

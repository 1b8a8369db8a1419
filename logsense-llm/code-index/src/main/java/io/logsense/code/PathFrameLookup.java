package io.logsense.code;

import io.logsense.api.event.StackFrame;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds the block of a frame whose trace prints paths: those of Python, JavaScript and Go.
 *
 * <p>A trace has the paths of the machine where the program ran. Of the files of the same name, the
 * one that has the most folders in common from the end on is meant. The line decides, the name
 * confirms; where the lines are those of another version the name decides. A script that a build
 * wrote is looked for under the name of the script that it was made of, by its functions alone.
 */
final class PathFrameLookup {
  private static final Set<String> SCRIPTS =
      Set.of("js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx");

  /** Where package managers and languages keep what is not the user's. */
  private static final String[] VENDORS = {
    "/site-packages/",
    "/dist-packages/",
    "/lib/python2.",
    "/lib/python3.",
    "/node_modules/",
    "/pkg/mod/",
    "/go/src/runtime/",
    "node:",
    "<frozen"
  };

  private static final int FEWEST_COMMON = 2;

  private final BlockTable table;
  private final Map<String, Numbers> filesByStem = new HashMap<>();

  PathFrameLookup(BlockTable table) {
    this.table = table;
    for (int file = 0; file < table.files(); file++) {
      String path = table.path(file);
      if (isOurs(path)) {
        filesByStem.computeIfAbsent(stem(path), s -> new Numbers()).add(file);
      }
    }
  }

  /** Whether a frame's file is of one of these languages. */
  static boolean reads(StackFrame frame) {
    return frame.file() != null && isOurs(withoutQuery(frame.file()));
  }

  private static boolean isOurs(String path) {
    String extension = extension(path);
    return extension.equals("py") || extension.equals("go") || SCRIPTS.contains(extension);
  }

  /** The block, -1 if it is not in the index. */
  int block(StackFrame frame, String file) {
    String path = withoutQuery(file).replace('\\', '/');
    FrameName name = FrameName.of(frame, extension(path));
    Numbers files = filesByStem.get(stem(path));
    if (files == null || isVendor(path, frame)) {
      return -1;
    }
    int best = -1;
    int mostCommon = 0;
    boolean isBuilt = true;
    for (int candidate : files.toArray()) {
      boolean isSame = extension(table.path(candidate)).equals(extension(path));
      boolean mayBe = isSame || SCRIPTS.contains(extension(path));
      int common = mayBe ? common(table.path(candidate), path, isSame) : 0;
      if (common == 0 || (!isSame && !isBuilt)) {
        continue;
      }
      int found =
          isSame ? inFile(candidate, name, frame.line(), common, path) : named(candidate, name, 0);
      boolean isBetter = best < 0 || (isSame && isBuilt) || common > mostCommon;
      if (found >= 0 && isBetter) {
        best = found;
        mostCommon = common;
        isBuilt = !isSame;
      }
    }
    return best;
  }

  /** The innermost block around the line, or the nearest of the name; -1 for a chance likeness. */
  private int inFile(int file, FrameName name, int line, int common, String path) {
    int innermost = -1;
    for (int block = table.fileBlocks[file]; block < table.fileBlocks[file + 1]; block++) {
      boolean isInner = innermost < 0 || table.lines(block) <= table.lines(innermost);
      if (table.contains(block, line) && isInner) {
        innermost = block;
      }
    }
    boolean isNamed = innermost >= 0 && (name.isAnybody() || isNamed(innermost, name.method()));
    boolean isLikely =
        common >= FEWEST_COMMON || common == parts(table.path(file)) || common == parts(path);
    if (isNamed && (isLikely || !name.isAnybody())) {
      return innermost;
    }
    int nearest = named(file, name, line);
    return nearest >= 0 || common < FEWEST_COMMON ? nearest : innermost;
  }

  /** The block of the name nearest to a line, rather in the type that the frame names. */
  private int named(int file, FrameName name, int line) {
    int best = -1;
    boolean bestIsOwned = false;
    for (int block = table.fileBlocks[file]; block < table.fileBlocks[file + 1]; block++) {
      if (isNamed(block, name.method())) {
        boolean isOwned = isOwned(block, name.type());
        boolean isNearer = best < 0 || distance(block, line) < distance(best, line);
        if (isOwned == bestIsOwned ? isNearer : isOwned) {
          best = block;
          bestIsOwned = isOwned;
        }
      }
    }
    return best;
  }

  private boolean isNamed(int block, String method) {
    return table.texts.get(table.name[block]).equals(method);
  }

  private boolean isOwned(int block, String type) {
    String owner = table.texts.get(table.owner[block]);
    return !type.isEmpty()
        && owner.endsWith(type)
        && (owner.length() == type.length()
            || owner.charAt(owner.length() - type.length() - 1) == '.');
  }

  private int distance(int block, int line) {
    return table.contains(block, line)
        ? 0
        : Math.min(Math.abs(table.start[block] - line), Math.abs(table.end[block] - line));
  }

  private static boolean isVendor(String path, StackFrame frame) {
    for (String vendor : VENDORS) {
      if (path.contains(vendor)) {
        return true;
      }
    }
    return isGoStandard(path, frame.className());
  }

  /**
   * Go's own packages have no dot in their first folder, and stand in the folder of the release.
   */
  private static boolean isGoStandard(String path, String packagePath) {
    int slash = packagePath.indexOf('/');
    String first = slash < 0 ? packagePath : packagePath.substring(0, slash);
    int at = path.lastIndexOf("/src/" + packagePath + "/");
    return path.endsWith(".go")
        && first.indexOf('.') < 0
        && !first.equals("main")
        && at >= 0
        && path.substring(path.lastIndexOf('/', at - 1) + 1, at).startsWith("go");
  }

  /** How many parts two paths have in common from the end on; files may differ in extension. */
  private static int common(String ours, String theirs, boolean withExtension) {
    String a = withExtension ? ours : withoutExtension(ours);
    String b = withExtension ? theirs : withoutExtension(theirs);
    int common = 0;
    int i = a.length();
    int j = b.length();
    while (i > 0 && j > 0) {
      int aStart = a.lastIndexOf('/', i - 1) + 1;
      int bStart = b.lastIndexOf('/', j - 1) + 1;
      if (i - aStart != j - bStart || !a.regionMatches(aStart, b, bStart, i - aStart)) {
        break;
      }
      common++;
      i = aStart - 1;
      j = bStart - 1;
    }
    return common;
  }

  private static int parts(String path) {
    int parts = 1;
    for (int i = 1; i < path.length(); i++) {
      parts += path.charAt(i) == '/' ? 1 : 0;
    }
    return parts;
  }

  /** {@code cart.ts?t=17} is a file of a development server. */
  private static String withoutQuery(String file) {
    int query = file.indexOf('?');
    return query > 0 ? file.substring(0, query) : file;
  }

  private static String stem(String path) {
    return withoutExtension(path.substring(path.lastIndexOf('/') + 1));
  }

  private static String withoutExtension(String path) {
    int dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/') ? path.substring(0, dot) : path;
  }

  private static String extension(String path) {
    int dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/') ? path.substring(dot + 1).toLowerCase(Locale.ROOT) : "";
  }
}

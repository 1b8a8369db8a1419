package io.logsense.benchmarks.code;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A unified diff, applied exactly: files by their path after the change.
 *
 * <p>Texts are taken byte by byte as ISO 8859-1, so that any encoding comes out as it went in.
 */
final class Patch {
  private record Hunk(int start, List<String> before, List<String> after) {}

  private final Map<String, List<Hunk>> hunks = new LinkedHashMap<>();

  private Patch() {}

  static Patch parse(String text) {
    Patch patch = new Patch();
    List<Hunk> file = new ArrayList<>();
    Hunk hunk = null;
    for (String line : text.split("\n", -1)) {
      if (line.startsWith("+++ ")) {
        file = patch.hunks.computeIfAbsent(path(line.substring(4)), p -> new ArrayList<>());
        hunk = null;
      } else if (line.startsWith("--- ") || line.startsWith("diff ")) {
        hunk = null;
      } else if (line.startsWith("@@ ")) {
        int start = Integer.parseInt(line.substring(4).split("[, ]", 2)[0]);
        hunk = new Hunk(start, new ArrayList<>(), new ArrayList<>());
        file.add(hunk);
      } else if (hunk != null && !line.isEmpty()) {
        String content = line.substring(1);
        char kind = line.charAt(0);
        if (kind == ' ' || kind == '-') {
          hunk.before.add(content);
        }
        if (kind == ' ' || kind == '+') {
          hunk.after.add(content);
        }
      }
    }
    return patch;
  }

  /** Whether the file is changed. */
  boolean changes(String path) {
    return hunks.containsKey(path);
  }

  /** The changed text of a file. */
  String apply(String path, String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    int shift = 0;
    for (Hunk hunk : hunks.getOrDefault(path, List.of())) {
      int at = find(lines, hunk, hunk.start - 1 + shift);
      lines.subList(at, at + hunk.before.size()).clear();
      boolean dos = lines.stream().limit(3).allMatch(line -> line.endsWith("\r"));
      List<String> after =
          dos
              ? hunk.after.stream().map(line -> line.endsWith("\r") ? line : line + "\r").toList()
              : hunk.after;
      lines.addAll(at, after);
      shift += hunk.after.size() - hunk.before.size();
    }
    return String.join("\n", lines);
  }

  private static int find(List<String> lines, Hunk hunk, int expected) {
    for (int distance = 0; distance < lines.size(); distance++) {
      for (int at : new int[] {expected + distance, expected - distance}) {
        if (matches(lines, hunk.before, at)) {
          return at;
        }
      }
    }
    throw new IllegalArgumentException("a part of the patch does not fit, line " + hunk.start);
  }

  private static boolean matches(List<String> lines, List<String> before, int at) {
    if (at < 0 || at + before.size() > lines.size()) {
      return false;
    }
    for (int i = 0; i < before.size(); i++) {
      if (!lines.get(at + i).stripTrailing().equals(before.get(i).stripTrailing())) {
        return false;
      }
    }
    return true;
  }

  private static String path(String name) {
    String path = name.split("\t", 2)[0].strip();
    return path.startsWith("a/") || path.startsWith("b/") ? path.substring(2) : path;
  }
}

package io.logsense.internal.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The names that rotation gives to a log file: {@code app.log.1}, {@code app.log-20260131}, {@code
 * app-2026-01-31.1.log.gz}.
 *
 * <p>A rotated name is the name of the live file with a run of digits, dashes, dots, underscores
 * and the {@code T} of a time put behind it or in front of its extension, and perhaps the ending of
 * a compression.
 */
final class RotatedNames {
  private static final List<String> COMPRESSIONS = List.of(".gz", ".zst", ".bz2", ".xz", ".zip");

  private RotatedNames() {}

  /** The rotated files of {@code live} that are there. */
  static List<Path> of(Path live) throws IOException {
    Path directory = live.toAbsolutePath().getParent();
    Path name = live.getFileName();
    List<Path> rotated = new ArrayList<>();
    if (directory != null && name != null && Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        files
            .filter(file -> isRotationOf(name.toString(), nameOf(file)))
            .filter(Files::isRegularFile)
            .sorted()
            .forEach(rotated::add);
      }
    }
    return rotated;
  }

  /** Whether {@code name} is what rotation makes of {@code live}. */
  static boolean isRotationOf(String live, String name) {
    String plain = withoutCompression(name);
    if (plain.startsWith(live) && isCounter(plain, live.length(), plain.length())) {
      return true;
    }
    int dot = live.lastIndexOf('.');
    return dot > 0
        && plain.startsWith(live.substring(0, dot))
        && plain.endsWith(live.substring(dot))
        && isCounter(plain, dot, plain.length() - (live.length() - dot));
  }

  /** Whether {@code file} has the name of a rotated or compressed file, whatever the live one. */
  static boolean looksRotated(Path file) {
    String name = nameOf(file);
    String plain = withoutCompression(name);
    int end = plain.length();
    while (end > 0 && isCounterCharacter(plain.charAt(end - 1))) {
      end--;
    }
    return plain.length() < name.length() || isCounter(plain, end, plain.length());
  }

  /** Whether {@code a} was rotated after {@code b}, by their names alone. */
  static boolean isNewer(Path a, Path b) {
    String first = withoutCompression(nameOf(a));
    String second = withoutCompression(nameOf(b));
    int i = first.lastIndexOf('.');
    int j = second.lastIndexOf('.');
    if (i > 0
        && j > 0
        && first.substring(0, i).equals(second.substring(0, j))
        && isNumber(first, i + 1)
        && isNumber(second, j + 1)) {
      int byLength = Integer.compare(first.length(), second.length());
      return byLength == 0 ? first.compareTo(second) < 0 : byLength < 0;
    }
    return first.compareTo(second) > 0;
  }

  /** The name or path without the ending of a compression. */
  static String withoutCompression(String name) {
    for (String ending : COMPRESSIONS) {
      if (name.endsWith(ending)) {
        return name.substring(0, name.length() - ending.length());
      }
    }
    return name;
  }

  private static boolean isCounter(String name, int from, int to) {
    boolean digits = false;
    for (int i = from; i < to; i++) {
      if (!isCounterCharacter(name.charAt(i))) {
        return false;
      }
      digits |= name.charAt(i) >= '0' && name.charAt(i) <= '9';
    }
    return digits && "-._".indexOf(name.charAt(from)) >= 0;
  }

  private static boolean isNumber(String name, int from) {
    for (int i = from; i < name.length(); i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') {
        return false;
      }
    }
    return from < name.length();
  }

  private static boolean isCounterCharacter(char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == 'T';
  }

  private static String nameOf(Path file) {
    Path name = file.getFileName();
    return name == null ? "" : name.toString();
  }
}

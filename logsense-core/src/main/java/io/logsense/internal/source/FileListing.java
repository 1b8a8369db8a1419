package io.logsense.internal.source;

import io.logsense.api.LogSenseException;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;

/**
 * The files that a path or a pattern stands for, sorted by path.
 *
 * <p>Directories are entered, links to directories and names that begin with a dot are not. A file
 * that two names lead to is listed once. What cannot be entered is listed too, so that opening it
 * says why.
 */
final class FileListing {
  /** Most files of one directory or pattern. */
  static final int MOST_FILES = 100_000;

  private static final String PATTERN_CHARACTERS = "*?[{";

  private FileListing() {}

  /** The files below {@code directory} that are wanted. */
  static List<Path> below(Path directory, Predicate<Path> wanted) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(directory, new Collector(directory, wanted, found));
    found.sort(null);
    Set<Path> seen = new HashSet<>();
    List<Path> files = new ArrayList<>();
    for (Path file : found) {
      if (!Files.isReadable(file) || seen.add(file.toRealPath())) {
        files.add(file);
      }
    }
    return files;
  }

  /**
   * The files that match {@code pattern}, in the syntax of {@link
   * java.nio.file.FileSystem#getPathMatcher}; {@code **}{@code /} also stands for no directory.
   */
  static List<Path> matching(String pattern) throws IOException {
    int length = baseLength(pattern);
    Path base = Path.of(pattern.substring(0, length));
    if (!Files.isDirectory(base)) {
      throw new NoSuchFileException(pattern, null, "no such directory: '" + base + "'");
    }
    PathMatcher matcher = matcher(pattern.substring(length));
    List<Path> files = below(base, file -> matcher.matches(base.relativize(file)));
    if (files.isEmpty()) {
      throw new NoSuchFileException(pattern, null, "no file matches");
    }
    return files;
  }

  private static PathMatcher matcher(String pattern) {
    String anyDepth = pattern.indexOf('{') < 0 ? pattern.replace("**/", "{**/,}") : pattern;
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + anyDepth);
    } catch (PatternSyntaxException e) {
      throw new LogSenseException(
          LogSenseException.Category.USAGE,
          "not a file pattern: '" + pattern + "': " + e.getDescription(),
          e);
    }
  }

  static boolean isPattern(String text) {
    return text.chars().anyMatch(c -> PATTERN_CHARACTERS.indexOf(c) >= 0);
  }

  /** Length of the directories in front of the first one that is a pattern, with the separator. */
  private static int baseLength(String pattern) {
    int length = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (PATTERN_CHARACTERS.indexOf(c) >= 0) {
        break;
      }
      if (c == '/' || c == File.separatorChar) {
        length = i + 1;
      }
    }
    return length;
  }

  private static final class Collector extends SimpleFileVisitor<Path> {
    private final Path root;
    private final Predicate<Path> wanted;
    private final List<Path> found;

    Collector(Path root, Predicate<Path> wanted, List<Path> found) {
      this.root = root;
      this.wanted = wanted;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      return !directory.equals(root) && isHidden(directory)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (Files.isRegularFile(file) && !isHidden(file)) {
        add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException reason) {
      found.add(file);
      return FileVisitResult.CONTINUE;
    }

    private void add(Path file) {
      if (wanted.test(file)) {
        if (found.size() == MOST_FILES) {
          throw new LogSenseException(
              LogSenseException.Category.LIMIT,
              root + " holds more than " + MOST_FILES + " files; name a directory below it");
        }
        found.add(file);
      }
    }

    private static boolean isHidden(Path file) {
      Path name = file.getFileName();
      return name != null && name.toString().startsWith(".");
    }
  }
}

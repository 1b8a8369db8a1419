package io.logsense.code;

import io.logsense.api.code.CodeOrigin;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The files of folders in one. */
final class FolderTree implements SourceTree {
  /** What builds write and package managers fetch; the sources in it are not the user's. */
  private static final Set<String> NOT_SOURCE =
      Set.of("target", "build", "out", "bin", "dist", "node_modules", "__pycache__");

  private final Path root;
  private final List<Path> folders;

  FolderTree(Path root, List<Path> folders) {
    this.root = root;
    this.folders = folders;
  }

  @Override
  public CodeOrigin origin() {
    return new CodeOrigin(
        root.toAbsolutePath().normalize().getFileName() == null
            ? ""
            : String.valueOf(root.toAbsolutePath().normalize().getFileName()),
        "",
        "");
  }

  @Override
  public List<Entry> list(Predicate<String> wanted) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Path folder : folders) {
      walk(folder, wanted, entries);
    }
    return entries.stream().distinct().sorted(Comparator.comparing(Entry::path)).toList();
  }

  private void walk(Path from, Predicate<String> wanted, List<Entry> entries) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = String.valueOf(folder.getFileName());
            boolean isOurs =
                folder.equals(from) || !(name.startsWith(".") || isBuilt(folder, name));
            return isOurs ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String path = slashed(root.relativize(file));
            if (attributes.isRegularFile() && wanted.test(path)) {
              entries.add(new Entry(path, attributes.size(), ""));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE; // gone, or not ours to read
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    Path file;
    try {
      file = root.resolve(path).normalize();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
    boolean isInside = file.startsWith(root.normalize());
    if (!isInside
        || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        || Files.size(file) > MOST_FILE_BYTES) {
      return Optional.empty();
    }
    return Optional.of(Files.readAllBytes(file));
  }

  @Override
  public void close() {
    // A folder is not held open.
  }

  /** A package may be called like a build folder; a build folder stands beside sources. */
  private static boolean isBuilt(Path folder, String name) {
    return (NOT_SOURCE.contains(name) && !slashed(folder).contains("/src/"))
        || Files.exists(folder.resolve("pyvenv.cfg"))
        || (name.equals("vendor") && Files.exists(folder.resolve("modules.txt")));
  }

  private static String slashed(Path path) {
    return path.toString().replace('\\', '/');
  }
}

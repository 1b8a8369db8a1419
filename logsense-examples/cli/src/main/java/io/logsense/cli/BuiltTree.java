package io.logsense.cli;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.code.CodeIndex;
import io.logsense.api.code.CodeOrigin;
import io.logsense.code.CodeIndexFile;
import io.logsense.code.SourceTree;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Code as it was built: a jar, or a folder of a class path, that has an index of its source and not
 * the source itself. So nothing can be quoted from it.
 */
record BuiltTree(CodeIndex index) implements SourceTree {

  /**
   * What was built into a jar or folder. Empty for a folder without an index.
   *
   * @throws LogSenseException (usage) for a file that has none
   */
  static Optional<BuiltTree> of(Path place) throws IOException {
    if (!Files.isRegularFile(place)
        && !Files.isRegularFile(place.resolve(CodeIndexFile.RESOURCE))) {
      return Optional.empty();
    }
    try (URLClassLoader only = new URLClassLoader(new URL[] {place.toUri().toURL()}, null)) {
      CodeIndex index =
          CodeIndexFile.onClassPath(only)
              .orElseThrow(
                  () ->
                      new LogSenseException(
                          Category.USAGE,
                          place
                              + " has no "
                              + CodeIndexFile.RESOURCE
                              + "; build it with the Maven plugin, or name a folder of source"));
      return Optional.of(new BuiltTree(index));
    }
  }

  /** Whether it is of one of some commits and tags, or nothing is known that speaks against it. */
  boolean mayBe(List<String> revisions) {
    String commit = origin().commit();
    String version = origin().version();
    boolean isKnown =
        revisions.stream()
            .anyMatch(r -> r.startsWith("refs/") ? !version.isEmpty() : !commit.isEmpty());
    return !isKnown
        || revisions.stream()
            .anyMatch(r -> r.equals("refs/tags/" + version) || commit.startsWith(r));
  }

  @Override
  public CodeOrigin origin() {
    return index.origin();
  }

  @Override
  public List<Entry> list(Predicate<String> wanted) {
    return List.of();
  }

  @Override
  public Optional<byte[]> read(String path) {
    return Optional.empty();
  }

  @Override
  public void close() {
    // the index is in memory
  }
}

package io.logsense.cli;

import io.logsense.api.LogSenseException;
import io.logsense.api.code.CodeIndex;
import io.logsense.code.CodeIndexFile;
import io.logsense.code.CodeIndexer;
import io.logsense.code.SourceTree;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Indexes of source trees, kept in the home directory of the command, so that only files that
 * changed are read again.
 */
final class SourceIndexes {
  private static final String DIRECTORY = "code";
  private static final int MOST_PROBLEMS = 5;

  private final Console console;

  SourceIndexes(Console console) {
    this.console = console;
  }

  /** The source at a commit, the folder as it is, or what was indexed when a jar was built. */
  static SourceTree tree(Path source, @Nullable String commit) throws IOException {
    if (commit != null) {
      return SourceTree.git(source, commit);
    }
    Optional<BuiltTree> built = BuiltTree.of(source);
    return built.isPresent() ? built.get() : SourceTree.folder(source);
  }

  /** The index of a tree, brought up to date. */
  CodeIndex index(Path source, SourceTree tree) throws IOException {
    return tree instanceof BuiltTree built ? built.index() : of(source, tree).index();
  }

  /** The index of a tree of files, brought up to date, with what was read. */
  CodeIndexer.Result of(Path source, SourceTree tree) throws IOException {
    Path file = file(source);
    CodeIndex earlier = Files.isRegularFile(file) ? read(file) : null;
    CodeIndexer indexer = CodeIndexer.standard();
    CodeIndexer.Result result =
        earlier == null ? indexer.index(tree) : indexer.index(tree, earlier);
    result.problems().stream().limit(MOST_PROBLEMS).forEach(console::complain);
    if (result.problems().size() > MOST_PROBLEMS) {
      console.complain((result.problems().size() - MOST_PROBLEMS) + " more files have problems");
    }
    if (earlier == null || result.reused() < result.files()) {
      write(result.index(), file);
    }
    return result;
  }

  /** Writes an index beside the file, then in its place. */
  static void write(CodeIndex index, Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Path fresh = absolute.resolveSibling(absolute.getFileName() + ".new");
    try (OutputStream out = Files.newOutputStream(fresh)) {
      CodeIndexFile.write(index, out);
    }
    Files.move(fresh, absolute, StandardCopyOption.ATOMIC_MOVE);
  }

  private @Nullable CodeIndex read(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return CodeIndexFile.read(in, file.toString());
    } catch (LogSenseException e) {
      console.complain(String.valueOf(e.getMessage()));
      return null;
    }
  }

  private Path file(Path source) {
    byte[] name = source.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8);
    return console.home().resolve(DIRECTORY).resolve(UUID.nameUUIDFromBytes(name) + ".index");
  }
}

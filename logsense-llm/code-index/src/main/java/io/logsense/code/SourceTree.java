package io.logsense.code;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.code.CodeOrigin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The files of source code at one state: a folder as it is, or a commit of a git repository, which
 * need not be checked out and may be bare.
 *
 * <p>Users call it. For one thread at a time.
 */
public interface SourceTree extends AutoCloseable {
  /** Larger files than this are not source that somebody wrote. */
  int MOST_FILE_BYTES = 4 << 20;

  /**
   * One file.
   *
   * @param path path from the root, with slashes
   * @param size bytes
   * @param contentId what git calls its content; empty when it must be read to know
   */
  record Entry(String path, long size, String contentId) {}

  /** The files of a folder. Symbolic links are not followed, hidden and built folders not read. */
  static SourceTree folder(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new LogSenseException(
          Category.USAGE, folder + " is no directory; name the root of the source code");
    }
    return new FolderTree(folder, List.of(folder));
  }

  /**
   * The files of some folders in {@code root}, from which their paths are told; built folders too
   * when they are named.
   */
  static SourceTree folders(Path root, List<Path> folders) {
    for (Path folder : folders) {
      if (!Files.isDirectory(folder) || !folder.normalize().startsWith(root.normalize())) {
        throw new LogSenseException(Category.USAGE, folder + " is no directory in " + root);
      }
    }
    return new FolderTree(root, List.copyOf(folders));
  }

  /**
   * The files of a commit.
   *
   * @param repository a working tree, its {@code .git}, or a bare repository
   * @param revision commit, tag or branch, as git names them
   */
  static SourceTree git(Path repository, String revision) {
    return GitTree.open(repository, revision);
  }

  /**
   * The files of the first of some commits that the repository has; empty when it has none of them.
   *
   * @param repository a working tree, its {@code .git}, or a bare repository
   * @param revisions commits, tags or branches, as git names them
   */
  static Optional<SourceTree> firstOf(Path repository, Collection<String> revisions) {
    for (String revision : revisions) {
      try {
        return Optional.of(git(repository, revision));
      } catch (LogSenseException e) {
        if (e.category() != Category.USAGE) {
          throw e;
        }
      }
    }
    return Optional.empty();
  }

  /** Where the files come from. */
  CodeOrigin origin();

  /** Files whose path is {@code wanted}, by path. */
  List<Entry> list(Predicate<String> wanted) throws IOException;

  /** The content of a file; empty when there is none, or it is too large. */
  Optional<byte[]> read(String path) throws IOException;

  /** When lines of a file changed last, if this tree knows its past. */
  default Optional<History> history() {
    return Optional.empty();
  }

  @Override
  void close();

  /** The id that git gives a content: SHA-1 of its kind, length and bytes. */
  static String contentId(byte[] content) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(sha1.digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new LogSenseException(Category.DEFECT, "this JVM has no SHA-1", e);
    }
  }
}

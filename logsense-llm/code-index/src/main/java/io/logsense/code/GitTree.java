package io.logsense.code;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.code.CodeOrigin;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.blame.BlameResult;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** The files of a commit, read from the objects of the repository. */
final class GitTree implements SourceTree, History {
  /** A file whose past takes longer to read than this many lines is asked no more about. */
  private static final int MOST_BLAMED_BYTES = 1 << 20;

  private final Repository repository;
  private final String name;
  private final String revision;
  private final RevCommit commit;

  /** What was listed, so that a path need not be looked for from the root of the tree again. */
  private final Map<String, ObjectId> listed = new HashMap<>();

  private final Map<String, Optional<BlameResult>> blamed = new HashMap<>();

  private GitTree(Repository repository, String name, String revision, RevCommit commit) {
    this.repository = repository;
    this.name = name;
    this.revision = revision;
    this.commit = commit;
  }

  static GitTree open(Path path, String revision) {
    Repository repository = repository(path);
    try (RevWalk walk = new RevWalk(repository)) {
      ObjectId id = repository.resolve(revision + "^{commit}");
      if (id == null) {
        throw unknown(path, revision, null);
      }
      Path named = path.toAbsolutePath().normalize();
      return new GitTree(
          repository, String.valueOf(named.getFileName()), revision, walk.parseCommit(id));
    } catch (RevisionSyntaxException
        | MissingObjectException
        | AmbiguousObjectException
        | IncorrectObjectTypeException e) {
      repository.close();
      throw unknown(path, revision, e);
    } catch (IOException e) {
      repository.close();
      throw new LogSenseException(Category.EXTERNAL, path + ": " + e.getMessage(), e);
    } catch (LogSenseException e) {
      repository.close();
      throw e;
    }
  }

  static Repository repository(Path path) {
    File file = path.toFile();
    try {
      FileRepositoryBuilder builder = new FileRepositoryBuilder().setMustExist(true);
      boolean isBare = new File(file, "objects").isDirectory() && new File(file, "HEAD").isFile();
      if (isBare) {
        builder.setGitDir(file);
      } else if (builder.findGitDir(file.getAbsoluteFile()).getGitDir() == null) {
        throw new LogSenseException(
            Category.USAGE, path + " is no git repository, and none is around it");
      }
      return builder.build();
    } catch (IOException e) {
      throw new LogSenseException(
          Category.USAGE, path + " is no git repository: " + e.getMessage(), e);
    }
  }

  private static LogSenseException unknown(Path path, String revision, @Nullable Exception cause) {
    return new LogSenseException(
        Category.USAGE,
        path + " has no commit '" + revision + "'; a shallow clone may lack it",
        cause);
  }

  @Override
  public CodeOrigin origin() {
    String version = revision.equals(commit.name()) ? "" : revision;
    return new CodeOrigin(name, version, commit.name());
  }

  @Override
  public List<Entry> list(Predicate<String> wanted) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (TreeWalk walk = new TreeWalk(repository);
        ObjectReader reader = repository.newObjectReader()) {
      walk.addTree(commit.getTree());
      walk.setRecursive(true);
      while (walk.next()) {
        boolean isFile = (walk.getRawMode(0) & FileMode.TYPE_MASK) == FileMode.TYPE_FILE;
        if (isFile && wanted.test(walk.getPathString())) {
          ObjectId id = walk.getObjectId(0);
          listed.put(walk.getPathString(), id);
          entries.add(new Entry(walk.getPathString(), size(reader, id), id.name()));
        }
      }
    }
    entries.sort(Comparator.comparing(Entry::path));
    return entries;
  }

  /** What a partial clone lacks has no size. */
  private static long size(ObjectReader reader, ObjectId id) throws IOException {
    try {
      return reader.getObjectSize(id, ObjectReader.OBJ_ANY);
    } catch (MissingObjectException e) {
      return 0;
    }
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    try {
      ObjectId id = listed.containsKey(path) ? listed.get(path) : id(path);
      if (id == null) {
        return Optional.empty();
      }
      ObjectLoader blob = repository.open(id);
      return blob.getSize() > MOST_FILE_BYTES
          ? Optional.empty()
          : Optional.of(blob.getBytes(MOST_FILE_BYTES));
    } catch (MissingObjectException e) {
      return Optional.empty();
    }
  }

  private @Nullable ObjectId id(String path) throws IOException {
    try (TreeWalk walk = TreeWalk.forPath(repository, path, commit.getTree())) {
      boolean isFile =
          walk != null && (walk.getRawMode(0) & FileMode.TYPE_MASK) == FileMode.TYPE_FILE;
      return isFile ? walk.getObjectId(0) : null;
    }
  }

  @Override
  public Optional<History> history() {
    return Optional.of(this);
  }

  @Override
  public Optional<Instant> lastChange(String path, int start, int end) {
    Optional<BlameResult> blame = blamed.computeIfAbsent(path, this::blame);
    if (blame.isEmpty()) {
      return Optional.empty();
    }
    int lines = blame.get().getResultContents().size();
    int newest = 0;
    for (int line = Math.max(0, start - 1); line < Math.min(end, lines); line++) {
      RevCommit last = blame.get().getSourceCommit(line);
      newest = last == null ? newest : Math.max(newest, last.getCommitTime());
    }
    return newest == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(newest));
  }

  @Override
  public Instant newest() {
    return Instant.ofEpochSecond(commit.getCommitTime());
  }

  private Optional<BlameResult> blame(String path) {
    try {
      if (read(path).filter(content -> content.length <= MOST_BLAMED_BYTES).isEmpty()) {
        return Optional.empty();
      }
      return Optional.ofNullable(
          new Git(repository)
              .blame()
              .setFilePath(path)
              .setStartCommit(commit)
              .setTextComparator(RawTextComparator.WS_IGNORE_ALL)
              .call());
    } catch (GitAPIException | IOException | RuntimeException e) {
      return Optional.empty(); // the past is a hint; a shallow clone has none
    }
  }

  @Override
  public void close() {
    repository.close();
  }
}

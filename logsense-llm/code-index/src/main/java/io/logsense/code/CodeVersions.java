package io.logsense.code;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.code.CodeIndex;
import io.logsense.api.code.CodeOrigin;
import io.logsense.api.event.LogEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The code of a git repository as it was at several commits, so that an event finds the lines that
 * ran.
 *
 * <p>An index is made when it is first asked for, from commits that need not be checked out, and
 * only of files that differ from the one made before. The {@value #MOST_INDEXES} asked for last are
 * kept. Safe for many threads, of which one at a time is answered.
 */
public final class CodeVersions {
  private static final int MOST_INDEXES = 8;
  private static final int SHORTEST_COMMIT = 7;
  private static final int LONGEST_COMMIT = 64;
  private static final int LONGEST_VERSION = 200;

  private final Path repository;
  private final CodeIndexer indexer;

  /** By version and commit; asked for last comes last. */
  private final Map<CodeOrigin, CodeIndex> indexes = new LinkedHashMap<>(16, 0.75f, true);

  private @Nullable CodeIndex latest;

  private CodeVersions(Path repository, CodeIndexer indexer) {
    this.repository = repository;
    this.indexer = indexer;
  }

  /**
   * The versions of a repository: a working tree, its {@code .git}, or a bare one.
   *
   * @throws LogSenseException (usage) when there is no repository
   */
  public static CodeVersions of(Path repository, CodeIndexer indexer) {
    GitTree.repository(repository).close();
    return new CodeVersions(repository, indexer);
  }

  /**
   * The code at a commit, tag or branch, as git names them.
   *
   * @throws LogSenseException (usage) when the repository has no such commit
   */
  public synchronized CodeIndex at(String revision) throws IOException {
    try (SourceTree tree = SourceTree.git(repository, revision)) {
      return index(tree, tree.origin());
    }
  }

  /**
   * The code that an event came from, by the commit that it states, else by the tag that is called
   * like its version, with or without a {@code v} in front. Empty when it states neither, or the
   * repository has no such commit. For what was deployed when, ask for the commit {@link #at}.
   */
  public synchronized Optional<CodeIndex> of(LogEvent event) throws IOException {
    String version = event.version();
    for (String revision : revisions(event)) {
      try (SourceTree tree = SourceTree.git(repository, revision)) {
        CodeOrigin found = tree.origin();
        return Optional.of(
            index(tree, new CodeOrigin(found.repository(), version, found.commit())));
      } catch (LogSenseException e) {
        if (e.category() != Category.USAGE) {
          throw e;
        }
      }
    }
    return Optional.empty();
  }

  private CodeIndex index(SourceTree tree, CodeOrigin origin) throws IOException {
    CodeIndex known = indexes.get(origin);
    if (known != null) {
      return known;
    }
    CodeIndexer ours = indexer.of(origin);
    CodeIndex made = (latest == null ? ours.index(tree) : ours.index(tree, latest)).index();
    latest = made;
    indexes.put(origin, made);
    if (indexes.size() > MOST_INDEXES) {
      indexes.remove(indexes.keySet().iterator().next());
    }
    return made;
  }

  /** What an event says is no revision that git may search for, but the name of one. */
  private static List<String> revisions(LogEvent event) {
    List<String> revisions = new ArrayList<>();
    if (isCommit(event.commit())) {
      revisions.add(event.commit());
    }
    String version = event.version();
    if (!version.isEmpty() && version.length() <= LONGEST_VERSION && isTag(version)) {
      revisions.add("refs/tags/" + version);
      revisions.add("refs/tags/v" + version);
    }
    return revisions;
  }

  private static boolean isCommit(String text) {
    return text.length() >= SHORTEST_COMMIT
        && text.length() <= LONGEST_COMMIT
        && text.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
  }

  private static boolean isTag(String text) {
    return text.chars()
        .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "._-+".indexOf(c) >= 0));
  }
}

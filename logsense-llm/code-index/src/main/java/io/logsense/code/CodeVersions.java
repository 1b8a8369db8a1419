package io.logsense.code;

import io.logsense.api.LogSenseException;
import io.logsense.api.code.CodeIndex;
import io.logsense.api.code.CodeOrigin;
import io.logsense.api.event.LogEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
   * The code that an event came from: at the first of its {@link #revisions}. Empty when it states
   * none, or the repository has none of them. For what was deployed when, ask for the commit {@link
   * #at}.
   */
  public synchronized Optional<CodeIndex> of(LogEvent event) throws IOException {
    List<String> named = revisions(event.version(), event.commit());
    try (SourceTree tree = SourceTree.firstOf(repository, named).orElse(null)) {
      if (tree == null) {
        return Optional.empty();
      }
      CodeOrigin found = tree.origin();
      return Optional.of(
          index(tree, new CodeOrigin(found.repository(), event.version(), found.commit())));
    }
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

  /**
   * What a commit may be called in git, likeliest first: the commits that are stated, then the tag
   * that is called like the version, with or without a {@code v} in front. What is stated is taken
   * for the name of a commit or tag, and never for something that git may search for.
   *
   * @param version of the program; empty when unknown
   * @param commits that it may have been built from, such as that of an event and that of its
   *     deployment; what is no id of a commit does not count
   */
  public static List<String> revisions(String version, String... commits) {
    Set<String> revisions = new LinkedHashSet<>();
    for (String commit : commits) {
      if (isCommit(commit)) {
        revisions.add(commit);
      }
    }
    if (!version.isEmpty() && version.length() <= LONGEST_VERSION && isTag(version)) {
      revisions.add("refs/tags/" + version);
      revisions.add("refs/tags/v" + version);
    }
    return List.copyOf(revisions);
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

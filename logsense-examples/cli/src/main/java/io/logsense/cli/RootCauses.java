package io.logsense.cli;

import io.logsense.analysis.FeedbackBook;
import io.logsense.analysis.GroupFacts;
import io.logsense.analysis.ServiceCatalogue;
import io.logsense.api.analysis.Incident;
import io.logsense.api.analysis.RootCauseAnalyzer;
import io.logsense.api.analysis.RootCauseReport;
import io.logsense.api.code.Candidate;
import io.logsense.api.code.CodeIndex;
import io.logsense.api.group.Group;
import io.logsense.code.CandidateRanking;
import io.logsense.code.SourceTree;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds root causes in one source tree: its index, its history, and what people said of it. */
final class RootCauses implements Closeable {
  private final SourceTree tree;
  private final CodeIndex index;
  private final CandidateRanking ranking;

  private RootCauses(SourceTree tree, CodeIndex index, CandidateRanking ranking) {
    this.tree = tree;
    this.index = index;
    this.ranking = ranking;
  }

  /**
   * Those in a source tree, or in the code that a jar has an index of.
   *
   * @param commit what to look at; null for the first of {@code revisions} that a repository has,
   *     else the folder as it is
   */
  static RootCauses in(
      Console console, Path source, @Nullable String commit, List<String> revisions)
      throws IOException {
    SourceTree tree =
        commit == null ? tree(console, source, revisions) : SourceIndexes.tree(source, commit);
    try {
      CodeIndex index = new SourceIndexes(console).index(source, tree);
      CandidateRanking ranking =
          CandidateRanking.over(index)
              .trusting(FeedbackBook.open(DocumentFolder.in(console.home())).trust());
      return new RootCauses(tree, index, tree.history().map(ranking::with).orElse(ranking));
    } catch (IOException | RuntimeException e) {
      tree.close();
      throw e;
    }
  }

  private static SourceTree tree(Console console, Path source, List<String> revisions)
      throws IOException {
    boolean isRepository =
        Files.exists(source.resolve(".git"))
            || (Files.isDirectory(source.resolve("objects"))
                && Files.isRegularFile(source.resolve("HEAD")));
    if (isRepository && !revisions.isEmpty()) {
      Optional<SourceTree> there = SourceTree.firstOf(source, revisions);
      if (there.isPresent()) {
        return there.get();
      }
      console.complain(
          source
              + " has no "
              + String.join(", nor ", revisions)
              + ", where the event comes from: this is about the files as they are");
    }
    SourceTree tree = SourceIndexes.tree(source, null);
    if (tree instanceof BuiltTree built && !built.mayBe(revisions)) {
      console.complain(
          "%s was built from %s %s, and the event comes from %s: lines may differ"
              .formatted(
                  source,
                  built.origin().version(),
                  built.origin().commit(),
                  String.join(" or ", revisions)));
    }
    return tree;
  }

  SourceTree tree() {
    return tree;
  }

  CodeIndex index() {
    return index;
  }

  /**
   * What may be the cause of a group.
   *
   * @param candidates best first
   * @param incident the group with the code of the best of them
   * @param report what an analyzer says
   * @param service who stands behind its service; null when unknown
   */
  record Found(
      List<Candidate> candidates,
      Incident incident,
      RootCauseReport report,
      ServiceCatalogue.@Nullable Entry service) {
    /** What is known of the problem, in sentences. */
    List<String> facts() {
      List<String> facts = new ArrayList<>(GroupFacts.of(incident.group()));
      facts.addAll(incident.facts());
      return facts;
    }
  }

  Found find(Group group, int most, RootCauseAnalyzer analyzer, Surroundings around) {
    List<Candidate> candidates = ranking.rank(group.representative(), most);
    Incident.Builder incident = Incident.of(group).candidates(candidates, this::read);
    around.addTo(incident, group, index.origin().commit());
    Incident built = incident.build();
    try {
      return new Found(
          candidates, built, analyzer.analyze(built), around.service(group).orElse(null));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a model", e);
    }
  }

  private Optional<byte[]> read(String file) {
    try {
      return tree.read(file);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    tree.close();
  }
}

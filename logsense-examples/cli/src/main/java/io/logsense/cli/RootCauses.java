package io.logsense.cli;

import io.logsense.analysis.FeedbackBook;
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
import java.nio.file.Path;
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

  static RootCauses in(Console console, Path source, @Nullable String commit) throws IOException {
    SourceTree tree = SourceIndexes.tree(source, commit);
    try {
      CodeIndex index = new SourceIndexes(console).of(source, tree).index();
      CandidateRanking ranking =
          CandidateRanking.over(index)
              .trusting(FeedbackBook.open(DocumentFolder.in(console.home())).trust());
      return new RootCauses(tree, index, tree.history().map(ranking::with).orElse(ranking));
    } catch (IOException | RuntimeException e) {
      tree.close();
      throw e;
    }
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
   */
  record Found(List<Candidate> candidates, Incident incident, RootCauseReport report) {}

  Found find(Group group, int most, RootCauseAnalyzer analyzer) {
    List<Candidate> candidates = ranking.rank(group.representative(), most);
    Incident.Builder incident = Incident.of(group).candidates(candidates, this::read);
    String commit = index.origin().commit();
    if (!commit.isEmpty()) {
      incident.deployed(group.representative().version(), commit);
    }
    Incident built = incident.build();
    try {
      return new Found(candidates, built, analyzer.analyze(built));
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

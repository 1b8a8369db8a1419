package io.logsense.cli;

import io.logsense.Clusters;
import io.logsense.Triage;
import io.logsense.analysis.FeedbackBook;
import io.logsense.analysis.ReportCache;
import io.logsense.api.analysis.Feedback;
import io.logsense.api.analysis.Incident.Past;
import io.logsense.api.analysis.RootCauseReport.RootCause;
import io.logsense.api.cluster.Link;
import io.logsense.api.group.Group;
import io.logsense.api.store.DocumentStore;
import io.logsense.api.triage.GroupStatus;
import io.logsense.api.triage.StatusChange;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Earlier problems that mean much the same as one, and what became of them: what people decided and
 * said, and what models found. Alike are the groups of its cluster, and those whose merge is worth
 * a look.
 */
final class EarlierProblems {
  private static final int MOST = 5;

  private final Clusters clusters;
  private final Triage triage;
  private final List<FeedbackBook> books = new ArrayList<>();
  private final List<ReportCache> reports = new ArrayList<>();

  /**
   * Those of earlier runs.
   *
   * @param documents where feedback and reports are kept
   */
  EarlierProblems(Clusters clusters, Triage triage, List<DocumentStore> documents) {
    this.clusters = clusters;
    this.triage = triage;
    for (DocumentStore store : documents) {
      books.add(FeedbackBook.open(store));
      reports.add(new ReportCache(store));
    }
  }

  /** The problems most like {@code group}, but not itself. */
  List<Past> like(Group group) {
    if (clusters.group(group.id()).isEmpty()) {
      return List.of(); // a trace that no earlier run had
    }
    Set<String> ids = new LinkedHashSet<>(clusters.of(group.id()).groups());
    for (Link link : clusters.suggestions()) {
      if (link.a().equals(group.id()) || link.b().equals(group.id())) {
        ids.add(link.other(group.id()));
      }
    }
    ids.remove(group.id());
    return ids.stream()
        .flatMap(id -> clusters.group(id).stream())
        .filter(ProblemGroups::isProblem)
        .limit(MOST)
        .map(this::past)
        .toList();
  }

  /** What became of a problem; empty when nobody said, and nothing was found. */
  String outcome(String group) {
    List<String> known = new ArrayList<>();
    List<StatusChange> changes = triage.history(group);
    if (!changes.isEmpty()) {
      StatusChange last = changes.get(changes.size() - 1);
      if (last.status() != GroupStatus.NEW) {
        String why = last.why().isEmpty() ? "" : ": " + last.why();
        known.add(StatusText.words(last) + why);
      }
    }
    books.forEach(book -> book.about(group).forEach(said -> known.add(words(said))));
    reports.forEach(
        cache -> cache.about(group).forEach(found -> known.add(words(found.rootCause()))));
    known.removeIf(String::isEmpty);
    return String.join("; ", known);
  }

  private Past past(Group group) {
    return new Past(group.id(), group.title(), outcome(group.id()));
  }

  private static String words(Feedback said) {
    String verdict =
        switch (said.verdict()) {
          case ACCEPTED -> "the cause was ";
          case PARTIALLY_CORRECT -> "the cause was in part ";
          case REJECTED -> "the cause was not ";
        };
    return verdict + said.symbol() + (said.notes().isEmpty() ? "" : " (" + said.notes() + ")");
  }

  private static String words(@Nullable RootCause cause) {
    return cause == null ? "" : "a model named " + cause.symbol() + ": " + cause.reasoning();
  }
}

package io.logsense.qdrant;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.purge.Subject;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * Which points name a subject. All are read, a page at a time, since Qdrant has no search by
 * expression.
 */
final class Mentions {
  private static final int PAGE = 1_000;
  private static final int SHRINKING = 4;

  private final QdrantCalls calls;
  private final ScrollPoints.Builder question;

  Mentions(QdrantCalls calls, String collection) {
    this.calls = calls;
    question =
        ScrollPoints.newBuilder()
            .setCollectionName(collection)
            .setLimit(PAGE)
            .setWithPayload(WithPayloadSelectorFactory.enable(true));
  }

  List<PointId> of(Subject subject) {
    List<PointId> naming = new ArrayList<>();
    ScrollResponse page;
    do {
      page = page();
      for (RetrievedPoint point : page.getResultList()) {
        if (QdrantPoints.isNaming(subject, point)) {
          naming.add(point.getId());
        }
      }
      question.setOffset(page.getNextPageOffset());
    } while (page.hasNextPageOffset());
    return naming;
  }

  /** The next page, of fewer points where those are too large for an answer. */
  private ScrollResponse page() {
    while (true) {
      try {
        return calls.points(qdrant -> qdrant.scroll(question.build()));
      } catch (LogSenseException e) {
        if (e.category() != Category.LIMIT || question.getLimit() == 1) {
          throw e;
        }
        question.setLimit(Math.max(1, question.getLimit() / SHRINKING));
      }
    }
  }
}

package io.logsense.internal.cluster;

import io.logsense.api.cluster.Correction;
import io.logsense.internal.journal.ContentId;
import java.time.Instant;
import java.util.List;

/**
 * What is decided, before anybody did: a {@link Correction} without who, when and why.
 *
 * @param kind what to do
 * @param left the groups to merge, or one side of a split
 * @param right the other side of a split
 * @param undoes the decision to take back
 */
public record Decision(Correction.Kind kind, List<String> left, List<String> right, String undoes) {
  private static final String SCHEME = "co1:";

  /** The groups are one problem. */
  public static Decision merge(List<String> groups) {
    return new Decision(Correction.Kind.MERGE, groups, List.of(), "");
  }

  /** No group of one side is the same problem as any of the other. */
  public static Decision split(List<String> left, List<String> right) {
    return new Decision(Correction.Kind.SPLIT, left, right, "");
  }

  /** A decision does not hold any more. */
  public static Decision undo(String correction) {
    return new Decision(Correction.Kind.UNDO, List.of(), List.of(), correction);
  }

  /** The decision of a person, under an id that follows from all it says. */
  Correction by(String who, Instant when, String why) {
    String id =
        ContentId.of(
            SCHEME,
            kind.name(),
            String.join("\1", left),
            String.join("\1", right),
            undoes,
            who,
            when.toString(),
            why);
    return new Correction(id, kind, left, right, undoes, who, when, why);
  }
}

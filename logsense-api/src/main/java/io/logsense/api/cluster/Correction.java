package io.logsense.api.cluster;

import java.time.Instant;
import java.util.List;

/**
 * A decision of a person about groups. Decisions are kept for good; where two contradict each
 * other, the newer one holds.
 *
 * @param id derived from all the rest, such as {@code co1:8e1f…}
 * @param kind what was decided
 * @param left the groups that were merged, or one side of a split; empty for an undo
 * @param right the other side of a split; else empty
 * @param undoes id of the decision taken back; else empty
 * @param who decided, as the application names people
 * @param when it was decided
 * @param why in the words of the person; may be empty
 */
public record Correction(
    String id,
    Kind kind,
    List<String> left,
    List<String> right,
    String undoes,
    String who,
    Instant when,
    String why) {

  /** Copies the lists. */
  public Correction {
    left = List.copyOf(left);
    right = List.copyOf(right);
  }

  /** What can be decided. */
  public enum Kind {
    /** All of {@code left} are one problem (must-link). */
    MERGE,
    /**
     * No group of {@code left} is the same problem as any of {@code right} (cannot-link). The
     * strict fingerprint of a stack trace on either side leaves its group and is one of its own.
     */
    SPLIT,
    /** An earlier decision, an undo included, does not hold. */
    UNDO
  }
}

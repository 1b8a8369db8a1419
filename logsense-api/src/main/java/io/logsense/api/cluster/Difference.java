package io.logsense.api.cluster;

import java.util.List;

/**
 * Two lists side by side, by their longest common subsequence.
 *
 * @param parts every item once, in order
 */
public record Difference(List<Part> parts) {
  /** No items on either side. */
  public static final Difference NONE = new Difference(List.of());

  /** Copies the list. */
  public Difference {
    parts = List.copyOf(parts);
  }

  /** Whether both lists are the same. */
  public boolean isEqual() {
    return parts.stream().allMatch(part -> part.side() == Side.BOTH);
  }

  /**
   * An item.
   *
   * @param side where it is
   * @param text the item
   */
  public record Part(Side side, String text) {}

  /** Where an item is. */
  public enum Side {
    /** In both lists. */
    BOTH,
    /** In the first list only. */
    FIRST,
    /** In the second list only. */
    SECOND
  }
}

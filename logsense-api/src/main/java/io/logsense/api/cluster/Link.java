package io.logsense.api.cluster;

/**
 * Two groups whose texts are alike.
 *
 * @param a id of the one, smaller than {@code b}
 * @param b id of the other
 * @param score cosine of their vectors as a score in [0, 1], see {@code VectorStore}
 */
public record Link(String a, String b, double score) {
  /** Puts the smaller id first. */
  public Link {
    if (a.compareTo(b) > 0) {
      String swapped = a;
      a = b;
      b = swapped;
    }
  }

  /** The one of the two that is not {@code group}. */
  public String other(String group) {
    return a.equals(group) ? b : a;
  }
}
